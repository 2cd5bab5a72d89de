import Foundation

/// Six slices that turn around the patient's long axis, 30 degrees between neighbors: they have places, but make no grid.
public struct RotatingSlices: Sendable {
    /// The slices, by their numbers.
    public let slices: [DICOMTestSlice]

    /// The series.
    public init() {
        slices = TortureSeries().slices.prefix(6).map { slice in
            var slice = slice
            let angle = Double(slice.index) * .pi / 6
            // A file has at most 16 characters for a number.
            let (cosine, sine) = ((cos(angle) * 1e6).rounded() / 1e6, (sin(angle) * 1e6).rounded() / 1e6)
            slice.rowDirection = SIMD3(cosine, sine, 0)
            slice.columnDirection = SIMD3(0, 0, 1)
            slice.position = SIMD3(100 * cosine, 100 * sine, 40)
            return slice
        }
    }

    /// Writes the files; their names run against the numbers.
    public func write(to folder: ScratchFolder) throws {
        for slice in slices { _ = try folder.write(slice.file(series: "2.25.9"), to: "\(9 - slice.index).dcm") }
    }
}
