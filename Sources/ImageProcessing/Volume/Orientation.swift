import ImageCore

/// Along which directions of the body the indices of a volume grow.
///
/// A code of three letters names, for x, y and z in this order, the direction in which the index **grows**: with `LPS` the
/// first column is the right-most one of the patient, as axial slices of DICOM are stored. This is the meaning of
/// nibabel's `aff2axcodes` and of SimpleITK's `DICOMOrient`; older names of ITK (`RAI`) say where the axes come **from** and
/// are the opposite.
public struct Orientation: Sendable, Hashable {
    /// Where x (columns) leads.
    public let x: AnatomicalDirection
    /// Where y (rows) leads.
    public let y: AnatomicalDirection
    /// Where z (slices) leads.
    public let z: AnatomicalDirection

    /// An orientation by its directions; `nil` when two of them run along the same line.
    public init?(x: AnatomicalDirection, y: AnatomicalDirection, z: AnatomicalDirection) {
        guard Set([x.axis, y.axis, z.axis]).count == 3 else { return nil }
        self.init(unchecked: x, y, z)
    }

    private init(unchecked x: AnatomicalDirection, _ y: AnatomicalDirection, _ z: AnatomicalDirection) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// An orientation by its code, in either case; `nil` for other than three letters that span space.
    public init?(_ code: String) {
        let letters = code.uppercased().map { AnatomicalDirection(rawValue: $0) }
        guard letters.count == 3, let x = letters[0], let y = letters[1], let z = letters[2] else { return nil }
        self.init(x: x, y: y, z: z)
    }

    /// Columns lead to the left, rows to the back, slices to the head: DICOM's patient space.
    public static let lps = Orientation(unchecked: .left, .posterior, .superior)
    /// Columns lead to the right, rows to the front, slices to the head: NIfTI's space.
    public static let ras = Orientation(unchecked: .right, .anterior, .superior)

    /// All 48 orientations, in the order of their letters in ``AnatomicalDirection``.
    public static var all: [Orientation] {
        let letters = AnatomicalDirection.allCases
        return letters.flatMap { x in letters.flatMap { y in letters.compactMap { Orientation(x: x, y: y, z: $0) } } }
    }

    /// The three letters.
    public var code: String { String([x.rawValue, y.rawValue, z.rawValue]) }

    /// The directions in the order x, y, z.
    public var directions: [AnatomicalDirection] { [x, y, z] }
}

extension Orientation: CustomStringConvertible {
    /// The three letters.
    public var description: String { code }
}
