package import Formats
import ImageCore

/// What the label volumes of an object depend on beside the options, in a few words that do not depend on where files lie.
package struct RegionIdentity: CustomStringConvertible {
    /// `1 file, 1024 bytes, digest 0123456789abcdef; grid of 10 x 8 x 6 voxels, digest 0123456789abcdef`.
    package let description: String

    /// - Parameters:
    ///   - files: The object, and the segmentations that it refers to.
    ///   - grid: The slices that it is painted on.
    /// - Throws: ``FormatError`` of reading.
    package init(files: [String], grid: SliceGrid) throws(FormatError) {
        var digest = FNV1a()
        for number in [grid.columns, grid.rows, grid.slices.count] { digest.add(UInt64(number)) }
        digest.add(grid.frameOfReferenceUID ?? "")
        digest.add(grid.orientation?.x)
        digest.add(grid.orientation?.y)
        digest.add(grid.spacing.map { SIMD3($0.xMillimetres, $0.yMillimetres, grid.thicknessMillimetres ?? 0) })
        for slice in grid.slices {
            digest.add(slice.originMillimetres)
            digest.add(slice.sopInstanceUID)
            digest.add(UInt64(bitPattern: Int64(slice.frame)))
        }
        let geometry = grid.geometry ?? grid.nominalGeometry
        digest.add(geometry?.originMillimetres)
        digest.add(geometry?.spacingMillimetres)
        let contents = try ContentIdentity(files: files)
        description =
            "\(contents); grid of \(grid.columns) x \(grid.rows) x \(grid.slices.count) voxels, digest \(digest.hex)"
    }
}

extension FNV1a {
    /// Adds a point, or that there is none.
    fileprivate mutating func add(_ point: SIMD3<Double>?) {
        guard let point else { return add(0) }
        for axis in 0..<3 { add(point[axis].bitPattern) }
    }

    /// Adds a text and its end.
    fileprivate mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte: byte) }
        add(byte: 0)
    }
}
