import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

struct NIfTIWriterTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func roundTrip(
        _ image: AnyImage, _ encoder: NIfTIEncoder = NIfTIEncoder(), name: String = "a.nii.gz"
    ) throws -> AnyImage {
        try encoder.write(image, to: folder.path(name))
        return try FormatTable.standard.readImage(path: folder.path(name))
    }

    @Test(arguments: ScalarKind.allCases) func `every scalar is kept`(kind: ScalarKind) throws {
        let image = AnyImage.random(kind, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 1)
        let expected =
            kind == .bool ? image.converted(to: .uint8) : kind == .float16 ? image.converted(to: .float32) : image
        for version in [NIfTIEncoder.Version.nifti1, .nifti2] {
            for name in ["a.nii", "a.nii.gz"] {
                let read = try roundTrip(image, NIfTIEncoder(version: version), name: name)
                #expect(read.kind == expected.kind && read.rawBytes == expected.rawBytes)
                #expect(read.axes == image.axes && read.sizes == image.sizes)
            }
        }
    }

    @Test(arguments: [
        ([Axis.y, .x], [4, 5]), ([.z, .y, .x], [3, 4, 5]), ([.time, .z, .y, .x], [2, 3, 4, 5]),
        ([.channel, .time, .z, .y, .x], [3, 2, 3, 4, 5]), ([.channel, .z, .y, .x], [2, 3, 4, 5]),
        ([.other("dimension 6"), .channel, .z, .y, .x], [2, 3, 2, 2, 3]),
    ])
    func `every rank is kept`(axes: [Axis], sizes: [Int]) throws {
        let image = AnyImage.random(.int16, axes: axes, sizes: sizes, seed: 2)
        let read = try roundTrip(image)
        #expect(read.axes == axes && read.sizes == sizes && read.rawBytes == image.rawBytes)
    }

    @Test func `parts of a value are vectors, colors and labels are not`() throws {
        func intent(_ image: AnyImage) throws -> Int? {
            guard case .integer(let code)? = try roundTrip(image).metadata["nifti.intentCode"] else { return nil }
            return code
        }
        let sizes = [2, 3, 4, 3]
        let axes: [Axis] = [.z, .y, .x, .channel]
        #expect(try intent(.random(.float32, axes: axes, sizes: sizes, seed: 4)) == 1007)
        #expect(try intent(.random(.uint8, axes: axes, sizes: sizes, seed: 4, color: .unspecified)) == 1007)
        #expect(try intent(.random(.uint8, axes: axes, sizes: sizes, seed: 4, color: .rgb)) == nil)
        #expect(try intent(.random(.uint8, axes: axes, sizes: sizes, seed: 4, color: .labels)) == 1002)
        #expect(try intent(.random(.int16, axes: [.time, .z, .y, .x], sizes: sizes, seed: 4)) == nil)
    }

    @Test func `axes in another order, crops and flips are arranged`() throws {
        let whole = AnyImage.random(.uint16, axes: [.y, .x, .z], sizes: [6, 5, 4], seed: 3)
        let view = whole.cropped(.y, to: 1..<5).flipped(.x)
        let read = try roundTrip(view)
        #expect(read.axes == [.z, .y, .x])
        #expect(read.rawBytes == view.permuted(to: [.z, .y, .x]).rawBytes)
    }

    @Test func `colors become RGB24 and RGBA32`() throws {
        for (color, channels) in [(ColorModel.rgb, 3), (.rgba, 4), (.bgr, 3)] {
            let axes: [Axis] = [.z, .y, .x, .channel]
            let image = AnyImage.random(.uint8, axes: axes, sizes: [2, 3, 4, channels], seed: 4, color: color)
            let read = try roundTrip(image)
            #expect(read.axes == axes && read.color == (color == .rgba ? .rgba : .rgb))
            let expected = color == .bgr ? image.flipped(.channel).contiguous() : image
            #expect(read.rawBytes == expected.rawBytes)
        }
    }

    @Test func `an oblique geometry is kept`() throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 5)
        for mirrored in [false, true] {
            var geometry = obliqueGeometry
            if mirrored { geometry.direction.z *= -1 }
            image.geometry = geometry
            let read = try #require(try roundTrip(image).geometry)
            // Version 1 keeps 24 bits of numbers around 1000.
            #expect(distance(read, geometry) < 1e-3)
            let exact = try #require(try roundTrip(image, NIfTIEncoder(version: .nifti2)).geometry)
            #expect(distance(exact, geometry) < 1e-9)
        }
    }

    @Test func `the qform says what the sform says`() throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 5)
        for turn in 0..<4 {
            var geometry = obliqueGeometry
            // Directions that lead to each of the four ways to a quaternion.
            if turn & 1 == 1 {
                geometry.direction.x *= -1
                geometry.direction.y *= -1
            }
            if turn & 2 == 2 {
                geometry.direction.y *= -1
                geometry.direction.z *= -1
            }
            image.geometry = geometry
            let path = folder.path("q.nii")
            try NIfTIEncoder(version: .nifti2).write(image, to: path)
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            // Without the sform's code the qform counts.
            bytes = replacing(bytes, at: 348, with: [0, 0, 0, 0])
            let read = try NIfTIReader(ByteSource(bytes: bytes)).frames[0]
            #expect(read.metadata["nifti.affineSource"] == "qform")
            #expect(distance(try #require(read.geometry), geometry) < 1e-9)
        }
    }

    @Test func `a sheared map is kept in the sform and said to be sheared`() throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 6)
        image.geometry = obliqueGeometry
        let map = NIfTIAffine(
            i: SIMD3(-0.5, 0, 0), j: SIMD3(0, -0.5, 0), k: SIMD3(0, 0.375, 2), translation: SIMD3(10, 20, 30))
        let read = try roundTrip(image, NIfTIEncoder(affine: map))
        #expect(read.metadata["nifti.affine"] == .numbers(map.matrix))
        #expect(read.metadata["nifti.qformCode"] == .integer(0) && read.metadata["nifti.sheared"] != nil)
        let place = try #require(read.geometry).position(x: 1, y: 2, z: 3)
        // LPS: x and y with the other sign.
        let expected = SIMD3<Double>(-9.5, -20.125, 36)
        let difference = place - expected
        #expect((difference * difference).sum() < 1e-18)
    }

    @Test func `slope, texts, time and labels are kept`() throws {
        var image = AnyImage.random(.int16, axes: [.time, .z, .y, .x], sizes: [2, 2, 2, 2], seed: 7)
        image.domain = .labels
        let text = "é" + String(repeating: "x", count: 100)
        let encoder = NIfTIEncoder(
            scaling: .init(slope: 0.5, intercept: -3), description: text, timeStepSeconds: 2.5)
        let read = try roundTrip(image, encoder)
        #expect(read.numbers == image.numbers.map { $0 * 0.5 - 3 } && read.kind == .float32)
        #expect(read.metadata["nifti.description"] == .text(String(text.prefix(78))))
        #expect(read.metadata["nifti.timeStepSeconds"] == .number(2.5))
        #expect(read.domain == .labels)
    }

    @Test func `sizes beyond version 1 are written as version 2`() throws {
        let image = AnyImage.random(.uint8, axes: [.z, .y, .x], sizes: [1, 1, 40_000], seed: 8)
        let read = try roundTrip(image)
        #expect(read.metadata["nifti.version"] == .integer(2) && read.rawBytes == image.rawBytes)
        #expect(throws: FormatError.self) { try roundTrip(image, NIfTIEncoder(version: .nifti1)) }
    }

    @Test func `the bytes do not depend on the number of threads, and gzip reads them`() throws {
        let image = AnyImage.random(.int32, axes: [.z, .y, .x], sizes: [9, 300, 301], seed: 9)
        var files: [Data] = []
        for workers in [1, 2, 5] {
            try NIfTIEncoder(workers: workers).write(image, to: folder.path("a\(workers).nii.gz"))
            files.append(try Data(contentsOf: URL(filePath: folder.path("a\(workers).nii.gz"))))
        }
        #expect(files[0] == files[1] && files[1] == files[2])
        try NIfTIEncoder().write(image, to: folder.path("plain.nii"))
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = ["--decompress", "--force", folder.path("a5.nii.gz")]
        try gzip.run()
        gzip.waitUntilExit()
        let expanded = try Data(contentsOf: URL(filePath: folder.path("a5.nii")))
        #expect(try expanded == Data(contentsOf: URL(filePath: folder.path("plain.nii"))) ? true : false)
        let read = try FormatTable.standard.readImage(path: folder.path("a1.nii.gz"))
        #expect(read.rawBytes == image.rawBytes ? true : false)
    }

    @Test func `what cannot be written is an error`() throws {
        let empty = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [0, 4, 5], seed: 1)
        #expect(throws: FormatError.self) { try roundTrip(empty) }
        let axes: [Axis] = [.other("a"), .other("b"), .other("c"), .channel, .time, .z, .y, .x]
        let many = AnyImage.random(.int16, axes: axes, sizes: axes.map { _ in 1 }, seed: 1)
        #expect(throws: FormatError.self) { try roundTrip(many) }
        let image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [1, 4, 5], seed: 1)
        #expect(throws: FormatError.self) { try NIfTIEncoder().write(image, to: "/nowhere/at/all.nii") }
        let odd = NIfTIEncoder(scaling: NIfTIEncoder.Scaling(slope: .infinity, intercept: 1))
        let scaled = #expect(throws: FormatError.self) { try roundTrip(image, odd) }
        #expect(scaled?.found == "inf and 1.0")
        #expect(FileManager.default.fileExists(atPath: folder.path("a.nii.gz")) == false)
    }
}
