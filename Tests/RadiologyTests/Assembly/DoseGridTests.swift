import Formats
import ImageCore
import Radiology
import TestSupport
import Testing

/// Planes of dose grids by Grid Frame Offset Vector, whose places are written out by hand from PS3.3 C.8.8.3.2.
struct DoseGridTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var cosines: [Double]
        var origin: SIMD3<Double>
        var offsets: [Double]
        /// Where the frames lie, in the order of the file.
        var places: [SIMD3<Double>]
        var isOdd = false

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "relative", cosines: [1, 0, 0, 0, 1, 0], origin: SIMD3(5, 6, -20), offsets: [0, 3, 6],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -17), SIMD3(5, 6, -14)]),
        Case(
            name: "relative, downwards", cosines: [1, 0, 0, 0, 1, 0], origin: SIMD3(5, 6, -20), offsets: [0, -3, -6],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -23), SIMD3(5, 6, -26)]),
        Case(
            name: "relative, rows turned: the normal points to the feet", cosines: [1, 0, 0, 0, -1, 0],
            origin: SIMD3(5, 6, -20), offsets: [0, 3, 6],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -23), SIMD3(5, 6, -26)]),
        Case(
            name: "relative, coronal", cosines: [1, 0, 0, 0, 0, -1], origin: SIMD3(5, 6, -20), offsets: [0, 3, 6],
            places: [SIMD3(5, 6, -20), SIMD3(5, 9, -20), SIMD3(5, 12, -20)]),
        Case(
            name: "absolute", cosines: [1, 0, 0, 0, 1, 0], origin: SIMD3(5, 6, -20), offsets: [-20, -17, -14],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -17), SIMD3(5, 6, -14)]),
        Case(
            name: "absolute, prone", cosines: [-1, 0, 0, 0, -1, 0], origin: SIMD3(5, 6, -20), offsets: [-20, -17, -14],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -17), SIMD3(5, 6, -14)], isOdd: true),
        Case(
            name: "absolute, rows turned: z counts, not the normal", cosines: [1, 0, 0, 0, -1, 0],
            origin: SIMD3(5, 6, -20), offsets: [-20, -17, -14],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -17), SIMD3(5, 6, -14)], isOdd: true),
        Case(
            name: "neither 0 nor z", cosines: [1, 0, 0, 0, 1, 0], origin: SIMD3(5, 6, -20), offsets: [7, 10, 13],
            places: [SIMD3(5, 6, -20), SIMD3(5, 6, -17), SIMD3(5, 6, -14)], isOdd: true),
        Case(
            name: "at z 0 both forms say the same", cosines: [1, 0, 0, 0, 1, 0], origin: SIMD3(5, 6, 0),
            offsets: [0, 3, 6], places: [SIMD3(5, 6, 0), SIMD3(5, 6, 3), SIMD3(5, 6, 6)]),
    ]

    @Test(arguments: cases)
    func `planes lie where the offsets put them`(_ example: Case) throws {
        let (x, y) = (example.cosines[..<3], example.cosines[3...])
        var slice = DICOMTestSlice(
            index: 0, instanceUID: "2.25.81", position: example.origin, rowDirection: SIMD3(x),
            columnDirection: SIMD3(y))
        let frames = (0..<3).map { frame in
            DICOMTestSlice(
                index: frame, instanceUID: "2.25.81", position: nil, rowDirection: .zero, columnDirection: .zero)
        }
        slice.extra = [
            0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.481.2"), 0x0008_0060: .text("CS", "RTDOSE"),
            0x0028_0008: .text("IS", "3"), 0x3004_0002: .text("CS", "GY"), 0x3004_000E: .decimals([0.5]),
            0x3004_000C: .decimals(example.offsets),
            0x7FE0_0010: .words(
                "OW", frames.flatMap { frame in (0..<120).map { UInt16(frame.stored(x: $0 % 12, y: $0 / 12)) } }),
        ]
        let folder = try ScratchFolder()
        let path = try folder.write(slice.file(series: "2.25.80"), to: "dose.dcm")
        let reader = try VolumeReader(paths: [path])
        let volume = try reader.volume()
        let values = volume.image.converted(to: Float.self).contiguous()
        let found = try volume.slices.map { try #require($0.positionMillimetres) }
        #expect(found.count == 3)
        for (frame, place) in zip(frames, example.places) {
            let z = try #require(found.firstIndex(of: place))
            #expect(
                (0..<120).map { values.samples[z * 120 + $0] }
                    == (0..<120).map { Float(frame.stored(x: $0 % 12, y: $0 / 12)) * 0.5 })
            // The affine agrees with the places of the slices.
            #expect(volume.geometry?.position(x: 0, y: 0, z: Double(z)) == place)
        }
        #expect(reader.series[0].instances[0].problems.isEmpty != example.isOdd)
    }
}
