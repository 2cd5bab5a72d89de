public import ImageCore

/// The neighborhood of a gray-value morphological operation: any set of places around an anchor, in the plane or in space.
public struct FlatElement: Sendable, Hashable {
    /// One place of the element, counted from its anchor.
    struct Offset: Hashable {
        let x: Int
        let y: Int
        let z: Int
    }

    /// The places that belong to the element.
    let offsets: [Offset]

    /// An element by its rows.
    ///
    /// - Parameters:
    ///   - rows: Whether each place belongs to the element; every row as long as the first.
    ///   - anchor: Column and row of the place on the pixel itself; it need not belong to the element. `nil` takes the middle,
    ///     of an even number the later of the two.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for rows of unequal length, an element without a place, or an anchor outside.
    public init(_ rows: [[Bool]], anchor: (x: Int, y: Int)? = nil) throws(ImageError) {
        try self.init(slices: [rows], anchor: anchor.map { ($0.x, $0.y, 0) })
    }

    /// An element in space by its slices of rows; see ``init(_:anchor:)``.
    public init(slices: [[[Bool]]], anchor: (x: Int, y: Int, z: Int)? = nil) throws(ImageError) {
        let (depth, height) = (slices.count, slices.first?.count ?? 0)
        let width = slices.first?.first?.count ?? 0
        guard slices.allSatisfy({ $0.count == height && $0.allSatisfy { $0.count == width } }) else {
            throw .invalidArgument("expected rows and slices of equal size")
        }
        let anchor = anchor ?? (width / 2, height / 2, depth / 2)
        guard (0..<width).contains(anchor.x), (0..<height).contains(anchor.y), (0..<depth).contains(anchor.z) else {
            throw .invalidArgument(
                "expected an anchor within \(width) x \(height) x \(depth), found (\(anchor.x), \(anchor.y), \(anchor.z))"
            )
        }
        var offsets: [Offset] = []
        for (z, rows) in slices.enumerated() {
            for (y, row) in rows.enumerated() {
                for (x, belongs) in row.enumerated() where belongs {
                    offsets.append(Offset(x: x - anchor.x, y: y - anchor.y, z: z - anchor.z))
                }
            }
        }
        try self.init(offsets)
    }

    private init(_ offsets: [Offset]) throws(ImageError) {
        guard !offsets.isEmpty else { throw .invalidArgument("expected an element with a place") }
        self.offsets = offsets
    }

    /// All places of a rectangle around its middle, of an even size the later of the two.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a size below 1 or above 4,096.
    public static func rectangle(width: Int, height: Int) throws(ImageError) -> FlatElement {
        try box(width: width, height: height, depth: 1)
    }

    /// All places of a box around its middle; see ``rectangle(width:height:)``.
    public static func box(width: Int, height: Int, depth: Int) throws(ImageError) -> FlatElement {
        guard [width, height, depth].allSatisfy({ (1...4096).contains($0) }), width * height * depth <= 1 << 24 else {
            throw .invalidArgument("expected sizes from 1 to 4096, found \(width) x \(height) x \(depth)")
        }
        let row = [Bool](repeating: true, count: width)
        return try FlatElement(slices: .init(repeating: .init(repeating: row, count: height), count: depth))
    }

    /// The places of a cross: those at most a radius away along one axis.
    public static func cross(radius: Int) throws(ImageError) -> FlatElement {
        try within(radius, depth: 0) { $0 == 0 || $1 == 0 }
    }

    /// The places with dx² + dy² ≤ radius².
    public static func disc(radius: Int) throws(ImageError) -> FlatElement {
        try within(radius, depth: 0) { x, y in x * x + y * y <= radius * radius }
    }

    private static func within(
        _ radius: Int, depth: Int, _ test: (Int, Int) -> Bool
    ) throws(ImageError) -> FlatElement {
        guard (0...2048).contains(radius) else {
            throw .invalidArgument("expected a radius from 0 to 2048, found \(radius)")
        }
        return try FlatElement((-radius...radius).map { y in (-radius...radius).map { test($0, y) } })
    }

    /// The element turned about its anchor by half a turn.
    var reflected: FlatElement {
        get throws(ImageError) { try FlatElement(offsets.map { Offset(x: -$0.x, y: -$0.y, z: -$0.z) }) }
    }

    /// The samples that the element reaches beyond the edges.
    var padding: Padding {
        func reach(_ values: [Int]) -> (Int, Int) { (max(0, -(values.min() ?? 0)), max(0, values.max() ?? 0)) }
        let (x, y, z) = (reach(offsets.map(\.x)), reach(offsets.map(\.y)), reach(offsets.map(\.z)))
        return Padding(left: x.0, right: x.1, top: y.0, bottom: y.1, sliceBefore: z.0, sliceAfter: z.1)
    }
}
