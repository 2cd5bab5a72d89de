import Foundation
import TestSupport

/// What the command `regions` is run on.
enum RegionsInput {
    /// Writes a series of 6 slices, or some of them, in `ct`, and a structure set of it with two overlapping boxes.
    static func write(
        _ scratch: ScratchFolder, to folder: String = "", slices: [Int] = Array(0..<6)
    ) throws {
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: folder + "ct"), withIntermediateDirectories: true)
        for index in slices {
            let slice = DICOMTestSlice(
                index: index, instanceUID: "2.25.20\(index)", position: SIMD3(0, 0, Double(index) * 2),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
            _ = try scratch.write(slice.file(series: "2.25.2000"), to: "\(folder)ct/\(index).dcm")
        }
        _ = try scratch.write(DICOMTestFile(set()).bytes, to: folder + "rt.dcm")
    }

    /// A box on a slice, in columns and rows.
    static func box(_ low: Double, _ high: Double, z: Double, image: String?) -> DICOMTestDataSet {
        // Columns are 2 mm, rows 4 mm apart.
        let corners = [(low, low), (high, low), (high, high), (low, high)]
        let numbers = corners.flatMap { [$0.0 * 2, $0.1 * 4, z] }.map { String($0) }.joined(separator: "\\")
        return DICOMTestRegions.contour(numbers, points: 4, image: image)
    }

    /// The structure set.
    static func set() -> DICOMTestDataSet {
        DICOMTestRegions.structureSet([
            .init(number: 3, name: "first", contours: [box(0.5, 4.5, z: 4, image: "2.25.202")]),
            .init(number: 8, name: "second", contours: [box(2.5, 6.5, z: 4, image: nil)]),
            .init(number: 9, name: "empty", contours: []),
        ])
    }
}
