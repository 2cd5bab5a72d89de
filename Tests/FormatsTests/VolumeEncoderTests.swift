import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// What NRRD and MetaImage have in common: attached and detached, raw and compressed.
struct VolumeEncoderTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: VolumeEncoder.allCases, ScalarKind.allCases)
    func `every scalar is kept`(encoder: VolumeEncoder, kind: ScalarKind) throws {
        let image = AnyImage.random(kind, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 1)
        let expected =
            kind == .bool ? image.converted(to: .uint8) : kind == .float16 ? image.converted(to: .float32) : image
        let read = try encoder.roundTrip(image, in: folder).image
        #expect(read.kind == expected.kind && read.rawBytes == expected.rawBytes)
        #expect(read.axes == image.axes && read.sizes == image.sizes)
    }

    @Test(arguments: VolumeEncoder.allCases) func `every rank is kept, with and without channels`(
        encoder: VolumeEncoder
    ) throws {
        let shapes: [([Axis], [Int])] = [
            ([.y, .x], [4, 5]), ([.z, .y, .x], [3, 4, 5]), ([.time, .z, .y, .x], [2, 3, 4, 5]),
            ([.y, .x, .channel], [4, 5, 2]), ([.z, .y, .x, .channel], [3, 4, 5, 6]),
            ([.time, .z, .y, .x, .channel], [2, 3, 4, 5, 3]),
        ]
        for (axes, sizes) in shapes {
            var image = AnyImage.random(.int16, axes: axes, sizes: sizes, seed: 2, color: .unspecified)
            for geometry in [nil, Geometry(spacingMillimetres: SIMD3(0.5, 0.75, 1))] {
                image.geometry = geometry
                let read = try encoder.roundTrip(image, in: folder).image
                #expect(read.axes == axes && read.sizes == sizes && read.rawBytes == image.rawBytes)
                if let geometry { #expect(read.geometry == geometry) }
            }
        }
    }

    @Test(arguments: VolumeEncoder.allCases) func `colors keep their model`(encoder: VolumeEncoder) throws {
        for (color, channels) in [(ColorModel.rgb, 3), (.rgba, 4), (.bgr, 3)] {
            let axes: [Axis] = [.z, .y, .x, .channel]
            let image = AnyImage.random(.uint8, axes: axes, sizes: [2, 3, 4, channels], seed: 4, color: color)
            let read = try encoder.roundTrip(image, in: folder).image
            #expect(read.axes == axes && read.color == (color == .rgba ? .rgba : .rgb))
            let expected = color == .bgr ? image.flipped(.channel).contiguous() : image
            #expect(read.rawBytes == expected.rawBytes)
        }
    }

    @Test(arguments: VolumeEncoder.allCases)
    func `axes in another order, crops and flips are arranged`(encoder: VolumeEncoder) throws {
        let whole = AnyImage.random(
            .uint16, axes: [.channel, .y, .x, .z], sizes: [2, 6, 5, 4], seed: 3, color: .unspecified)
        let view = whole.cropped(.y, to: 1..<5).flipped(.x)
        let read = try encoder.roundTrip(view, in: folder).image
        #expect(read.axes == [.z, .y, .x, .channel])
        #expect(read.rawBytes == view.permuted(to: [.z, .y, .x, .channel]).rawBytes)
    }

    @Test(arguments: VolumeEncoder.allCases)
    func `oblique, mirrored and sheared geometries are kept`(encoder: VolumeEncoder) throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 5)
        var geometries = [obliqueGeometry, obliqueGeometry, obliqueGeometry]
        geometries[1].direction.z *= -1
        let leaning = geometries[2].direction.z + geometries[2].direction.y * 0.25
        geometries[2].direction.z = leaning / (leaning * leaning).sum().squareRoot()
        for geometry in geometries {
            image.geometry = geometry
            let read = try #require(try encoder.roundTrip(image, in: folder).image.geometry)
            #expect(distance(read, geometry) < 1e-9)
        }
    }

    @Test(arguments: VolumeEncoder.allCases)
    func `a picture in space becomes a volume of one slice`(encoder: VolumeEncoder) throws {
        var image = AnyImage.random(.int16, axes: [.y, .x], sizes: [4, 5], seed: 6)
        image.geometry = obliqueGeometry
        let read = try encoder.roundTrip(image, in: folder).image
        #expect(read.sizes == [1, 4, 5] && read.rawBytes == image.rawBytes)
        #expect(distance(try #require(read.geometry), obliqueGeometry) < 1e-9)
    }

    @Test(arguments: VolumeEncoder.allCases)
    func `the distance of time points is kept`(encoder: VolumeEncoder) throws {
        var image = AnyImage.random(.int16, axes: [.time, .y, .x], sizes: [3, 4, 5], seed: 6)
        for geometry in [nil, obliqueGeometry] {
            image.geometry = geometry
            image.metadata["nifti.timeStepSeconds"] = .number(2.5)
            let read = try encoder.roundTrip(image, in: folder).image
            #expect(read.metadata[encoder.isNRRD ? "nrrd.timeStep" : "metaimage.timeStep"] == .number(2.5))
            try NIfTIEncoder().write(read, to: folder.path("a.nii"))
            let again = try FormatTable.standard.readImage(path: folder.path("a.nii"))
            #expect(again.metadata["nifti.timeStepSeconds"] == .number(2.5) && again.rawBytes == image.rawBytes)
        }
    }

    @Test(arguments: VolumeEncoder.allCases)
    func `the bytes do not depend on the number of threads`(encoder: VolumeEncoder) throws {
        // Three pieces.
        let image = AnyImage.random(.int32, axes: [.z, .y, .x], sizes: [9, 300, 301], seed: 9)
        var files: [Data] = []
        for workers in [1, 2, 5] {
            try encoder.write(image, to: folder.path("a.\(encoder.ending)"), workers: workers)
            files.append(
                try Data(contentsOf: URL(filePath: folder.path("a.\(encoder.samplesEnding ?? encoder.ending)"))))
        }
        #expect(files[0] == files[1] && files[1] == files[2])
        let read = try FormatTable.standard.readImage(path: folder.path("a.\(encoder.ending)"))
        #expect(read.rawBytes == image.rawBytes ? true : false)
        if encoder == .nhdr { try expectGzipReads(image) }
    }

    /// gzip stops behind the first member: the samples must be one.
    private func expectGzipReads(_ image: AnyImage) throws {
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = ["--decompress", "--force", folder.path("a.nhdr.raw.gz")]
        try gzip.run()
        gzip.waitUntilExit()
        #expect(gzip.terminationStatus == 0)
        let expanded = try Data(contentsOf: URL(filePath: folder.path("a.nhdr.raw")))
        #expect([UInt8](expanded) == image.rawBytes ? true : false)
    }

    @Test(arguments: VolumeEncoder.allCases) func `a file cut anywhere is an error`(encoder: VolumeEncoder) throws {
        let image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 40, 50], seed: 1)
        try encoder.write(image, to: folder.path("a.\(encoder.ending)"))
        let name = "a.\(encoder.samplesEnding ?? encoder.ending)"
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path(name))))
        for i in 0..<50 {
            _ = try folder.write(bytes[..<(bytes.count * i / 50)], to: name)
            #expect(throws: FormatError.self, "\(i)") {
                try FormatTable.standard.readImage(path: folder.path("a.\(encoder.ending)"))
            }
        }
    }

    @Test(arguments: VolumeEncoder.allCases) func `what cannot be written is an error`(encoder: VolumeEncoder) throws {
        let empty = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [0, 4, 5], seed: 1)
        #expect(throws: FormatError.self) { try encoder.roundTrip(empty, in: folder) }
        let axes: [Axis] = (0..<15).map { .other("\($0)") } + [.y, .x]
        let many = AnyImage.random(.int16, axes: axes, sizes: axes.map { _ in 1 }, seed: 1)
        #expect(throws: FormatError.self) { try encoder.roundTrip(many, in: folder) }
        var flat = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [1, 4, 5], seed: 1)
        #expect(throws: FormatError.self) { try encoder.write(flat, to: "/nowhere/at/all.\(encoder.ending)") }
        if encoder.samplesEnding != nil {
            #expect(throws: FormatError.self) { try encoder.write(flat, to: folder.path("a\nb.\(encoder.ending)")) }
            #expect(throws: FormatError.self) { try encoder.write(flat, to: folder.path("a%d.\(encoder.ending)")) }
        }
        flat.geometry = Geometry(spacingMillimetres: SIMD3(1, 0, 1))
        #expect(throws: FormatError.self) { try encoder.roundTrip(flat, in: folder) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
