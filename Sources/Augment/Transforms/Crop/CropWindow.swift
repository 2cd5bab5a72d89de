import ImageCore
import ImageProcessing

/// A box of whole pixels that is cut out; it may reach beyond the image.
struct CropWindow: Hashable {
    /// The first pixel along x, y (and z).
    var start: [Int]
    /// Number of pixels along x, y (and z).
    var size: [Int]

    /// The lengths that may be asked for along an axis.
    private static let longest = 1.0...100_000
    /// The most pixels that a result may have.
    static let mostPixels = 1 << 31

    /// Whole numbers along x, y (and z) that parameters give, or one for all axes.
    static func numbers(
        _ wanted: [Double], named parameter: String, _ name: String, in scene: Scene
    ) throws(AugmentError) -> [Int] {
        let axes = scene.dimensions
        guard wanted.count == 1 || wanted.count == axes else {
            throw .transform(path: name, "\(parameter): expected one number or \(axes), found \(wanted.count)")
        }
        return (0..<axes).map { Int(wanted[wanted.count == 1 ? 0 : $0]) }
    }

    /// The size that parameters ask for.
    static func size(_ wanted: [Double], _ name: String, in scene: Scene) throws(AugmentError) -> [Int] {
        let size = try numbers(wanted, named: "size", name, in: scene)
        try limit(size, name)
        return size
    }

    /// The size of a record, within the limits that hold for parameters.
    static func recordedSize(
        _ parameter: String, _ values: DrawnValues, _ name: String, in scene: Scene
    ) throws(AugmentError) -> [Int] {
        let size = try values.list(parameter, count: scene.dimensions, in: longest, of: name).map(\.whole)
        try limit(size, name)
        return size
    }

    /// Refuses sizes that no memory holds.
    static func limit(_ size: [Int], _ name: String) throws(AugmentError) {
        guard size.reduce(1.0, { $0 * Double($1) }) > Double(mostPixels) else { return }
        throw .transform(path: name, "size: expected at most \(mostPixels) pixels, found \(size.sizeText)")
    }

    /// Checks that a size fits into the image, unless it may be padded.
    static func check(_ size: [Int], pad: Bool, _ name: String, in scene: Scene) throws(AugmentError) {
        for axis in size.indices where !pad && size[axis] > scene.extent(axis) {
            throw .transform(
                path: name,
                "expected at least \(size.sizeText) pixels, found \(scene.size); pad: true fills the rest")
        }
    }

    /// The window in the middle; of two middles the one nearer to the first pixel.
    static func centered(_ size: [Int], in scene: Scene) -> CropWindow {
        let start = size.indices.map { Int((Double(scene.extent($0) - size[$0]) / 2).rounded(.down)) }
        return CropWindow(start: start, size: size)
    }

    /// A window anywhere inside, each place as likely; in the middle along axes where it does not fit.
    static func random(_ size: [Int], _ draws: Draws, in scene: Scene) -> CropWindow {
        var window = centered(size, in: scene)
        for axis in size.indices where scene.extent(axis) >= size[axis] {
            let places = scene.extent(axis) - size[axis] + 1
            window.start[axis] = draws.integer(below: places, named: "start", index: axis)
        }
        return window
    }

    /// The window around a pixel, moved inside where it can be.
    static func around(_ pixel: [Int], _ size: [Int], in scene: Scene) -> CropWindow {
        var window = centered(size, in: scene)
        for axis in size.indices where scene.extent(axis) >= size[axis] {
            window.start[axis] = min(max(pixel[axis] - size[axis] / 2, 0), scene.extent(axis) - size[axis])
        }
        return window
    }

    /// A window that holds a pixel, each place inside the image as likely.
    static func holding(_ pixel: [Int], _ size: [Int], _ draws: Draws, in scene: Scene) -> CropWindow {
        var window = centered(size, in: scene)
        for axis in size.indices where scene.extent(axis) >= size[axis] {
            let first = max(0, pixel[axis] - size[axis] + 1)
            let last = min(pixel[axis], scene.extent(axis) - size[axis])
            window.start[axis] = first + draws.integer(below: last - first + 1, named: "start", index: axis)
        }
        return window
    }

    /// The window as a record has it.
    var values: DrawnValues { DrawnValues(["start": start.map(Double.init), "size": size.map(Double.init)]) }

    /// The window of a record.
    init(_ values: DrawnValues, _ name: String, in scene: Scene) throws(AugmentError) {
        let start = try values.list("start", count: scene.dimensions, in: -1e6...1e6, of: name)
        let size = try values.list("size", count: scene.dimensions, in: 1...1e6, of: name).map(\.whole)
        try Self.limit(size, name)
        self.init(start: start.map(\.whole), size: size)
    }

    init(start: [Int], size: [Int]) {
        self.start = start
        self.size = size
    }

    /// Whether all of it is inside.
    func isInside(_ scene: Scene) -> Bool {
        size.indices.allSatisfy { start[$0] >= 0 && start[$0] + size[$0] <= scene.extent($0) }
    }

    /// The map of the window; nothing where it is the whole image.
    func operations(_ reading: Reading, in scene: Scene) -> [Operation] {
        let isWhole = size.indices.allSatisfy { start[$0] == 0 && size[$0] == scene.extent($0) }
        guard !isWhole else { return [] }
        var shift = SIMD3<Double>.zero
        for axis in start.indices { shift[axis] = Double(start[axis]) }
        let output = SpatialSize(x: size[0], y: size[1], z: size.count > 2 ? size[2] : scene.size.z)
        let map = SpatialMap(outputSize: output, pulling: .translation(shift))
        guard !isInside(scene) else { return [.geometry(map, .crop)] }
        var sampling = reading.sampling(in: scene)
        sampling.isCrop = true
        return [.geometry(map, sampling)]
    }

    /// The declaration of a size in pixels.
    static func sizeParameter<Owner>(
        _ path: any WritableKeyPath<Owner, [Double]> & Sendable
    ) -> Parameter<Owner> {
        .numbers(
            "size", path, unit: .pixels, in: longest, count: 1...3, areWhole: true,
            "Size of the result along x, y (and z), or one number for all.")
    }
}
