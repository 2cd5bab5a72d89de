import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Numbers of the header that are not finite.
struct NIfTIFiniteTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// The fields of version 1 by their offsets in nifti1.h.
    private static let places: [(String, Int)] = [
        ("pixdim[0]", 76), ("pixdim[1]", 80), ("pixdim[2]", 84), ("pixdim[3]", 88), ("pixdim[4]", 92),
        ("quatern_b", 256), ("quatern_c", 260), ("quatern_d", 264), ("qoffset_x", 268), ("qoffset_y", 272),
        ("qoffset_z", 276), ("srow_x[0]", 280), ("srow_x[3]", 292), ("srow_y[1]", 300), ("srow_z[2]", 320),
        ("srow_z[3]", 324),
    ]

    private func file(_ scaling: NIfTIEncoder.Scaling? = nil) throws -> [UInt8] {
        var image = AnyImage.random(.int16, axes: [.time, .z, .y, .x], sizes: [2, 3, 4, 5], seed: 1)
        image.geometry = obliqueGeometry
        try NIfTIEncoder(version: .nifti1, scaling: scaling).write(image, to: folder.path("a.nii"))
        return [UInt8](try Data(contentsOf: URL(filePath: folder.path("a.nii"))))
    }

    private func bytes(_ number: Float) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) }
    }

    @Test func `the place is refused by its field`() throws {
        let plain = try file()
        for (field, offset) in Self.places {
            for number in [Float.nan, .infinity, -.infinity] {
                let damaged = replacing(plain, at: offset, with: bytes(number))
                let error = #expect(throws: FormatError.self) { try NIfTIReader(ByteSource(bytes: damaged)) }
                #expect(error?.code == .corrupt && error?.place == field, "\(error?.description ?? "none")")
            }
        }
    }

    @Test func `an sform that does not span space is refused, but for a qform in its place`() throws {
        // The qform's code at 252, the sform's at 254; the second row is 0.
        let flat = replacing(try file(), at: 296, with: [UInt8](repeating: 0, count: 16))
        // As ITK does.
        let reader = try NIfTIReader(ByteSource(bytes: flat))
        #expect(reader.frames[0].metadata["nifti.affineSource"] == "qform")
        let placed = try #require(reader.frames[0].geometry)
        #expect(distance(placed, obliqueGeometry) < 1e-3)
        let alone = replacing(flat, at: 252, with: [0, 0])
        let error = #expect(throws: FormatError.self) { try NIfTIReader(ByteSource(bytes: alone)) }
        #expect(error?.code == .corrupt && error?.place == "srow_x, srow_y, srow_z")
        // Without a code it has no meaning.
        let unsaid = try NIfTIReader(ByteSource(bytes: replacing(flat, at: 252, with: [0, 0, 0, 0])))
        #expect(unsaid.frames[0].metadata["nifti.affineSource"] == "pixdim")
    }

    @Test(arguments: 1...3)
    func `a distance below 0 is refused beside a qform, of which nibabel and ITK make different places`(i: Int) throws {
        let negative = replacing(try file(), at: 76 + 4 * i, with: bytes(-2))
        // Both take the sform where there is one.
        #expect(try NIfTIReader(ByteSource(bytes: negative)).frames[0].metadata["nifti.affineSource"] == "sform")
        let alone = replacing(negative, at: 254, with: [0, 0])
        let error = #expect(throws: FormatError.self) { try NIfTIReader(ByteSource(bytes: alone)) }
        #expect(error?.code == .corrupt && error?.place == "pixdim[\(i)]")
        // Without a form it is a length: 2 for both.
        let bare = try NIfTIReader(ByteSource(bytes: replacing(negative, at: 252, with: [0, 0, 0, 0])))
        #expect(bare.frames[0].geometry?.spacingMillimetres[i - 1] == 2)
    }

    @Test func `fields without a meaning may hold anything`() throws {
        // No sform, no qform: short codes at 252 and 254.
        var plain = replacing(try file(), at: 252, with: [0, 0, 0, 0])
        for (_, offset) in Self.places where offset >= 256 { plain = replacing(plain, at: offset, with: bytes(.nan)) }
        // pixdim[5] of a file with four dimensions.
        plain = replacing(plain, at: 96, with: bytes(.nan))
        let reader = try NIfTIReader(ByteSource(bytes: plain))
        #expect(reader.frames[0].metadata["nifti.affineSource"] == "pixdim")
    }

    @Test func `a slope or an intercept is refused by its field, a pair of NaN is none`() throws {
        let plain = try file(.init(slope: 2, intercept: 3))
        func open(_ slope: Float, _ intercept: Float) throws -> NIfTIReader {
            try NIfTIReader(ByteSource(bytes: replacing(plain, at: 112, with: bytes(slope) + bytes(intercept))))
        }
        for (slope, intercept, field) in [
            (Float.nan, Float(0), "scl_slope"), (.infinity, 0, "scl_slope"), (-.infinity, .nan, "scl_slope"),
            (.nan, .infinity, "scl_slope"), (2, .nan, "scl_inter"), (1, .infinity, "scl_inter"),
        ] {
            let error = #expect(throws: FormatError.self) { try open(slope, intercept) }
            #expect(error?.code == .corrupt && error?.place == field, "\(slope) \(intercept)")
        }
        for (slope, intercept) in [(Float.nan, Float.nan), (0, 5), (0, .nan), (1, 0)] {
            let reader = try open(slope, intercept)
            #expect(reader.slope == 1 && reader.intercept == 0 && reader.frames[0].kind == .int16)
        }
        #expect(try open(2, 3).slope == 2)
    }

    @Test func `what is not finite is not written`() throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 1)
        for scaling in [NIfTIEncoder.Scaling(slope: .nan), .init(slope: 1, intercept: .infinity)] {
            #expect(throws: FormatError.self) {
                try NIfTIEncoder(scaling: scaling).write(image, to: folder.path("b.nii"))
            }
        }
        for place in [SIMD3<Double>(.nan, 0, 0), SIMD3(0, .infinity, 0)] {
            image.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1), originMillimetres: place)
            for name in ["b.nii", "b.nrrd", "b.nhdr", "b.mha", "b.mhd"] {
                #expect(throws: FormatError.self, "\(name)") {
                    switch name.suffix(3) {
                    case "nii": try NIfTIEncoder().write(image, to: folder.path(name))
                    case "mha", "mhd": try MetaImageEncoder().write(image, to: folder.path(name))
                    default: try NRRDEncoder().write(image, to: folder.path(name))
                    }
                }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
