import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// `tessera convert` from a file with a volume to another.
struct ConvertFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let endings = ["nii", "nii.gz", "nrrd", "nhdr", "mha", "mhd"]

    private let geometry = Geometry(
        spacingMillimetres: SIMD3(0.75, 1.5, 2.25), originMillimetres: SIMD3(-120.5, 33.25, 801.125),
        direction: Direction(x: SIMD3(0, 1, 0), y: SIMD3(-1, 0, 0), z: SIMD3(0, 0.6, 0.8)))

    private func image<Scalar: NumericScalar>(_ type: Scalar.Type) -> AnyImage {
        var image = Image<Scalar>(axes: [.z, .y, .x], sizes: [3, 4, 5], color: .gray) { samples in
            for i in 0..<samples.count { samples[i] = Scalar(saturating: Double(i * 1021 - 20000)) }
        }
        image.geometry = geometry
        return AnyImage(image)
    }

    @Test(arguments: endings, endings) func `values and places pass from format to format`(
        from: String, to: String
    ) throws {
        for original in [image(Int16.self), image(UInt32.self), image(Float.self), image(Int64.self)] {
            switch from.prefix(2) {
            case "ni": try NIfTIEncoder(version: .nifti2).write(original, to: folder.path("in.\(from)"))
            case "nr", "nh": try NRRDEncoder().write(original, to: folder.path("in.\(from)"))
            default: try MetaImageEncoder().write(original, to: folder.path("in.\(from)"))
            }
            let outcome = try Tessera.run("convert", folder.path("in.\(from)"), folder.path("out.\(to)"), "--overwrite")
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            let read = try FormatTable.standard.readImage(path: folder.path("out.\(to)"))
            #expect(read.kind == original.kind && read.withoutPlace == original.withoutPlace)
            let (found, expected) = (
                read.geometry?.position(x: 4, y: 3, z: 2), geometry.position(x: 4, y: 3, z: 2)
            )
            let difference = try #require(found) - expected
            // NIfTI-1 keeps 24 bits of numbers around 1000.
            #expect((difference * difference).sum() < (to.hasPrefix("nii") ? 1e-6 : 1e-18))
        }
    }

    @Test func `a pair is read by either of its files`() throws {
        let original = image(Int16.self)
        try NIfTIEncoder(scaling: .init(slope: 0.5, intercept: -3)).write(original, to: folder.path("in.nii"))
        var bytes = try ByteSource(path: folder.path("in.nii")).all()
        _ = try folder.write(bytes[352...], to: "pair.img")
        bytes.replaceSubrange(108..<112, with: [0, 0, 0, 0])
        bytes.replaceSubrange(344..<348, with: Array("ni1\0".utf8))
        _ = try folder.write(bytes[..<348], to: "pair.hdr")
        let whole = try FormatTable.standard.readImage(path: folder.path("in.nii"))
        for (name, ending) in [("pair.hdr", "nii"), ("pair.img", "nii"), ("pair.img", "nrrd")] {
            let outcome = try Tessera.run("convert", folder.path(name), folder.path("out.\(ending)"), "--overwrite")
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
            let read = try FormatTable.standard.readImage(path: folder.path("out.\(ending)"))
            #expect(read.withoutPlace == whole.withoutPlace)
        }
    }

    @Test func `NIfTI keeps what is stored and its scaling, others get the values`() throws {
        let original = image(Int16.self)
        try NIfTIEncoder(scaling: .init(slope: 0.5, intercept: -3)).write(original, to: folder.path("in.nii"))
        #expect(try Tessera.run("convert", folder.path("in.nii"), folder.path("out.nii.gz"), "--overwrite").status == 0)
        let stored = try NIfTIReader(ByteSource(path: folder.path("out.nii.gz")), values: .stored)
        #expect(stored.slope == 0.5 && stored.intercept == -3)
        #expect(try stored.readFrame().withoutPlace == original.withoutPlace)
        #expect(try Tessera.run("convert", folder.path("in.nii"), folder.path("out.nrrd"), "--overwrite").status == 0)
        let scaled = try FormatTable.standard.readImage(path: folder.path("out.nrrd")).converted(to: Double.self)
        #expect(scaled[1, 1, 1] == Double(26 * 1021 - 20000) * 0.5 - 3)
    }

    @Test func `sizes beyond version 1 become NIfTI-2, and samples are raw on request`() throws {
        let long = AnyImage(
            Image<UInt8>(axes: [.y, .x], sizes: [1, 40_000], color: .gray) { samples in
                for i in 0..<samples.count { samples[i] = UInt8(truncatingIfNeeded: i * 7) }
            })
        try NRRDEncoder().write(long, to: folder.path("in.nrrd"))
        #expect(
            try Tessera.run("convert", folder.path("in.nrrd"), folder.path("out.nii.gz"), "--overwrite").status == 0)
        let read = try FormatTable.standard.readImage(path: folder.path("out.nii.gz"))
        #expect(read.metadata["nifti.version"] == .integer(2) && read.withoutPlace == long.withoutPlace)
        #expect(
            try Tessera.run("convert", folder.path("in.nrrd"), folder.path("out.mhd"), "--raw", "--overwrite").status
                == 0)
        #expect(try Data(contentsOf: URL(filePath: folder.path("out.raw"))).count == 40_000)
    }

    @Test(arguments: endings) func `a file without a place stays without one, and is cut as it is stored`(
        ending: String
    ) throws {
        try NIfTIEncoder(affineCode: 0).write(image(Int16.self), to: folder.path("in.nii"))
        let outcome = try Tessera.run("convert", folder.path("in.nii"), folder.path("out.\(ending)"))
        #expect(outcome.status == 0 && outcome.errorLines.count == 1, "\(outcome)")
        #expect(outcome.errors.contains("in.nii: says no place in space"))
        let read = try FormatTable.standard.readImage(path: folder.path("out.\(ending)"))
        #expect(read.geometry?.isPlaced == false && read.geometry?.spacingMillimetres == SIMD3(0.75, 1.5, 2.25))
        let cut = try Tessera.run(
            "slices", folder.path("out.\(ending)"), "--output", folder.path("cut"), "--window", "none", "--format",
            "npy", "--orientation", "RAS")
        #expect(cut.status == 0, "\(cut)")
        // The last 20 samples of 16 bits, in the file's order.
        let slice = try ByteSource(path: folder.path("cut/out/out/whole/0001.npy")).all().suffix(40)
        func sample(_ place: Int) -> Double {
            let bits = UInt16(slice[place]) | UInt16(slice[place + 1]) << 8
            return Double(Int16(bitPattern: bits))
        }
        let samples: [Double] = stride(from: slice.startIndex, to: slice.endIndex, by: 2).map { sample($0) }
        let expected = Array(image(Int16.self).withoutPlace[20..<40])
        #expect(samples == expected)
        let record = try ByteSource(path: folder.path("cut/out/patient.json")).all()
        #expect(String(decoding: record, as: UTF8.self).contains("no place in space is known"))
        // No side of a patient is known.
        let mask = try Tessera.run(
            "slices", folder.path("out.\(ending)"), "--output", folder.path("m"), "--mask", "lung")
        #expect(mask.status == 1 && mask.errors.contains("without a place in space"), "\(mask)")
    }

    @Test func `a code of a form is kept, and two forms that differ are told`() throws {
        var upright = image(Int16.self)
        // Not sheared, so that there is a qform.
        upright.geometry?.direction = .identity
        try NIfTIEncoder(affineCode: 4).write(upright, to: folder.path("in.nii"))
        #expect(try Tessera.run("convert", folder.path("in.nii"), folder.path("out.nii")).errors.isEmpty)
        let header = try ByteSource(path: folder.path("out.nii")).prefix(348)
        #expect(Array(header[252..<256]) == [4, 0, 4, 0])
        var bytes = try ByteSource(path: folder.path("in.nii")).all()
        // The first row of the sform moves by its last number.
        bytes.replaceSubrange(292..<296, with: [0, 0, 0, 0])
        let path = try folder.write(bytes, to: "two.nii")
        let outcome = try Tessera.run("convert", path, folder.path("two.nrrd"))
        #expect(outcome.status == 0 && outcome.errorLines.count == 1, "\(outcome)")
        #expect(outcome.errors.contains("warning: \(path): sform (code 4) and qform (code 4)"), "\(outcome)")
        #expect(try Tessera.run("info", path).output.contains("the qform has steps"))
    }

    @Test func `endings count in either case`() throws {
        try NRRDEncoder().write(image(Int16.self), to: folder.path("in.nrrd"))
        for name in ["out.NII.GZ", "out.NRRD", "out.Nhdr", "out.MHA", "out.MHD"] {
            #expect(try Tessera.run("convert", folder.path("in.nrrd"), folder.path(name)).status == 0, "\(name)")
            let read = try FormatTable.standard.readImage(path: folder.path(name))
            #expect(read.withoutPlace == image(Int16.self).withoutPlace, "\(name)")
        }
        // The magic number of gzip.
        #expect(try ByteSource(path: folder.path("out.NII.GZ")).prefix(2) == [0x1F, 0x8B])
        let raw = try Tessera.run("convert", folder.path("in.nrrd"), folder.path("raw.nii"), "--raw")
        #expect(raw.status == 64 && raw.errors.contains("--raw: expected an NRRD or MetaImage file"), "\(raw)")
    }

    @Test func `a volume beside a series is no input`() throws {
        try NIfTIEncoder().write(image(Int16.self), to: folder.path("in.nii"))
        let slice = TortureSeries().slices[0]
        try FileManager.default.createDirectory(atPath: folder.path("scan"), withIntermediateDirectories: true)
        _ = try folder.write(slice.file(series: "2.25.7"), to: "scan/0.dcm")
        for inputs in [["in.nii", "scan"], ["scan", "in.nii"], ["in.nii", "in.nii"]] {
            let outcome = try Tessera.run(
                ["convert"] + inputs.map { folder.path($0) } + [folder.path("out.nii")])
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.errors.contains("in.nii: expected DICOM, or one volume alone"), "\(outcome)")
            #expect(!FileManager.default.fileExists(atPath: folder.path("out.nii")))
        }
    }

    @Test func `a broken file, and what a file does not have, are one line`() throws {
        try NRRDEncoder().write(image(Int16.self), to: folder.path("in.nrrd"))
        for options in [["--series", "2.25"], ["--stack", "1"], ["--policy", "strict"], ["--suv"], ["--json"]] {
            let outcome = try Tessera.run(["convert", folder.path("in.nrrd"), folder.path("out.nii")] + options)
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.errors.contains(options[0]))
        }
        let bytes = try Data(contentsOf: URL(filePath: folder.path("in.nrrd")))
        for count in [0, 5, 100, bytes.count - 20] {
            let path = try folder.write(bytes.prefix(count), to: "cut.nrrd")
            let outcome = try Tessera.run("convert", path, folder.path("out.nii"))
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(count): \(outcome)")
            #expect(!FileManager.default.fileExists(atPath: folder.path("out.nii")))
        }
    }
}

extension AnyImage {
    /// The samples alone, for comparisons.
    fileprivate var withoutPlace: [Double] {
        let image = converted(to: Double.self).contiguous()
        return (0..<image.layout.count).map { image.samples[$0] }
    }
}
