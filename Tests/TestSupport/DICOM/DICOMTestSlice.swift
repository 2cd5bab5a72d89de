/// One slice of a generated series, before it becomes a file.
public struct DICOMTestSlice: Sendable {
    /// Position in the series as it was made, 0 at the start, whatever happened to the slice afterwards.
    public var index: Int
    /// Phase, 0 or 1.
    public var phase = 0
    /// SOP Instance UID.
    public var instanceUID: String
    /// Instance Number.
    public var instanceNumber: Int
    /// Image Position (Patient), `nil` for a file without one.
    public var position: SIMD3<Double>?
    /// Direction in which the columns follow each other.
    public var rowDirection: SIMD3<Double>
    /// Direction in which the rows follow each other.
    public var columnDirection: SIMD3<Double>
    /// Number of rows.
    public var rows = 10
    /// Number of columns.
    public var columns = 12
    /// Rescale Slope.
    public var slope = 1.0
    /// Rescale Intercept.
    public var intercept = -1024.0
    /// Image Type.
    public var imageType = "ORIGINAL\\PRIMARY\\AXIAL"
    /// Temporal Position Identifier.
    public var temporalPosition: Int?
    /// Changes the stored values, so that two slices at one place differ.
    public var variant = 0
    /// Elements that replace or extend those of the slice.
    public var extra: [UInt32: DICOMTestDataSet.Value] = [:]

    /// Distance of neighboring columns in millimetres.
    public static let columnSpacing = 2.0
    /// Distance of neighboring rows in millimetres.
    public static let rowSpacing = 4.0

    /// A slice by its place.
    public init(
        index: Int, instanceUID: String, position: SIMD3<Double>?, rowDirection: SIMD3<Double>,
        columnDirection: SIMD3<Double>
    ) {
        self.index = index
        self.instanceUID = instanceUID
        instanceNumber = index + 1
        self.position = position
        self.rowDirection = rowDirection
        self.columnDirection = columnDirection
    }

    /// The stored value of a pixel: every slice and every pixel of it has another one.
    public func stored(x: Int, y: Int) -> Int {
        (index * 37 + phase * 411 + variant * 733 + x * 11 + y * 17 + x * y * 3) % 1900
    }

    /// The value after slope and intercept.
    public func value(x: Int, y: Int) -> Double { Double(stored(x: x, y: y)) * slope + intercept }

    /// All values after slope and intercept, row by row.
    public var values: [Double] { (0..<rows).flatMap { y in (0..<columns).map { value(x: $0, y: y) } } }

    /// The slice as a file of a series.
    public func file(series: String, study: String = "2.25.1000", frameOfReference: String = "2.25.1001") -> [UInt8] {
        var set = DICOMTestDataSet()
        set[0x0008_0008] = .text("CS", imageType)
        set[0x0008_0016] = .text("UI", "1.2.840.10008.5.1.4.1.1.2")
        set[0x0008_0018] = .text("UI", instanceUID)
        set[0x0008_0060] = .text("CS", "CT")
        set[0x0010_0010] = .text("PN", "Test^Torture")
        set[0x0010_0020] = .text("LO", "T1")
        set[0x0020_000D] = .text("UI", study)
        set[0x0020_000E] = .text("UI", series)
        set[0x0020_0011] = .text("IS", "1")
        set[0x0020_0013] = .text("IS", String(instanceNumber))
        set[0x0020_0052] = .text("UI", frameOfReference)
        if let position { set[0x0020_0032] = .decimals([position.x, position.y, position.z]) }
        let (row, column) = (rowDirection, columnDirection)
        set[0x0020_0037] = .decimals([row.x, row.y, row.z, column.x, column.y, column.z])
        set[0x0020_0100] = temporalPosition.map { .text("IS", String($0)) }
        addPixels(to: &set)
        for (tag, value) in extra { set[tag] = value }
        return DICOMTestFile(set).bytes
    }

    private func addPixels(to set: inout DICOMTestDataSet) {
        set[0x0028_0002] = .words("US", [1])
        set[0x0028_0004] = .text("CS", "MONOCHROME2")
        set[0x0028_0010] = .words("US", [UInt16(rows)])
        set[0x0028_0011] = .words("US", [UInt16(columns)])
        set[0x0028_0030] = .decimals([Self.rowSpacing, Self.columnSpacing])
        set[0x0028_0100] = .words("US", [16])
        set[0x0028_0101] = .words("US", [16])
        set[0x0028_0102] = .words("US", [15])
        set[0x0028_0103] = .words("US", [1])
        set[0x0028_1052] = .decimals([intercept])
        set[0x0028_1053] = .decimals([slope])
        set[0x0028_1054] = .text("LO", "HU")
        let pixels = (0..<rows).flatMap { y in (0..<columns).map { x in UInt16(stored(x: x, y: y)) } }
        set[0x7FE0_0010] = .words("OW", pixels)
    }
}
