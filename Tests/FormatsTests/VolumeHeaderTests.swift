import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Headers of NRRD and MetaImage that say what cannot be.
struct VolumeHeaderTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func nrrd(_ lines: [String], encoding: String = "raw", sizes: String = "2 2 2") -> ByteSource {
        let header = ["NRRD0004", "type: uchar", "dimension: 3", "sizes: \(sizes)", "encoding: \(encoding)"] + lines
        return ByteSource(bytes: Array((header.joined(separator: "\n") + "\n\n").utf8) + Array(0..<8))
    }

    private func metaImage(_ lines: [String], sizes: String = "2 2 2") -> ByteSource {
        let header = ["ObjectType = Image", "NDims = 3", "DimSize = \(sizes)", "ElementType = MET_UCHAR"] + lines
        let text = (header + ["ElementDataFile = LOCAL"]).joined(separator: "\n") + "\n"
        return ByteSource(bytes: Array(text.utf8) + Array(0..<8))
    }

    private func failure(_ source: ByteSource) -> FormatError? {
        do throws(FormatError) {
            _ = try FormatTable.standard.open(source).readFrame()
            return nil
        } catch { return error }
    }

    @Test(arguments: ["nan", "NaN", "inf", "-inf", "1e999", "one"]) func `numbers of the place are finite`(word: String)
    {
        let nrrds = [
            ("space directions", "space directions: (1,0,0) (0,\(word),0) (0,0,1)"),
            ("space origin", "space origin: (0,0,\(word))"),
        ]
        for (field, line) in nrrds {
            let error = failure(nrrd(["space: left-posterior-superior", line]))
            #expect(error?.code == .corrupt && error?.place == field, "\(line): \(error?.description ?? "none")")
        }
        for (key, rest) in [
            ("ElementSpacing", "1 1"), ("Offset", "0 0"), ("TransformMatrix", "0 0 0 1 0 0 0 1"), ("Position", "1 2"),
        ] {
            let error = failure(metaImage(["\(key) = \(word) \(rest)"]))
            #expect(error?.code == .corrupt && error?.place == key, "\(key): \(error?.description ?? "none")")
        }
    }

    @Test func `a spacing of NaN is not known, an infinite one an error`() throws {
        #expect(failure(nrrd(["spacings: nan 2 3"])) == nil)
        let frame = try FormatTable.standard.open(nrrd(["spacings: nan 2 3"])).frames[0]
        #expect(frame.geometry?.spacingMillimetres == SIMD3(1, 2, 3))
        #expect(failure(nrrd(["spacings: inf 2 3"]))?.place == "spacings")
        #expect(failure(nrrd(["space directions: none (1,0,0) (0,1,0)", "space dimension: 3"])) == nil)
    }

    private func geometry(_ source: ByteSource) throws -> Geometry {
        try #require(FormatTable.standard.open(source).frames[0].geometry)
    }

    @Test(arguments: [
        ("TransformMatrix = 0 1 0 -1 0 0 0 0 1\nElementSpacing = -0.5 2 3", SIMD3(0.5, 2, 3), SIMD3(0.0, -1, 0)),
        ("ElementSpacing = -0.5 2 3", SIMD3(0.5, 2, 3), SIMD3(-1.0, 0, 0)),
        ("ElementSize = -0.5 2 3\nTransformMatrix = 1 0 0 0 1 0 0 0 1 7", SIMD3(0.5, 2, 3), SIMD3(-1.0, 0, 0)),
        // ITK's direction is (0, 2, 0), which makes the step from sample to sample twice as long.
        ("TransformMatrix = 0 2 0 -1 0 0 0 0 1\nElementSpacing = 0.5 2 3", SIMD3(1, 2, 3), SIMD3(0.0, 1, 0)),
        (
            "TransformMatrix = 0.99999999 0 0 0 1 0 0 0 1\nElementSpacing = 0.5 2 3", SIMD3(0.5, 2, 3),
            SIMD3(1.0, 0, 0)
        ),
    ])
    func `a MetaImage lies where SimpleITK puts it`(lines: String, spacing: SIMD3<Double>, x: SIMD3<Double>) throws {
        let geometry = try geometry(metaImage(["Offset = 1 2 3"] + lines.split(separator: "\n").map(String.init)))
        #expect(geometry.spacingMillimetres == spacing && geometry.direction.x == x)
        #expect(geometry.originMillimetres == SIMD3(1, 2, 3))
    }

    @Test(arguments: [
        ("ElementSpacing = 0 2 3", "ElementSpacing"), ("ElementSize = 1 0 3", "ElementSize"),
        ("TransformMatrix = 1 0 0 1 0 0 0 0 1", "TransformMatrix"),
        ("Orientation = 0 0 0 0 0 0 0 0 0", "Orientation"), ("TransformMatrix = 1 0 0 1", "TransformMatrix"),
        ("ElementSpacing = 0.5 2", "ElementSpacing"), ("Offset = 1 2", "Offset"),
    ])
    func `a MetaImage that has no place is refused`(line: String, key: String) {
        let error = failure(metaImage([line]))
        #expect(error?.code == .corrupt && error?.place == key, "\(error?.description ?? "none")")
    }

    @Test(
        arguments: [
            (["axis mins: 1 2 3"], SIMD3(0.5, 2, 3), SIMD3(1.25, 3, 4.5)),
            (["axis mins: 1 2 3", "centers: cell cell cell"], SIMD3(0.5, 2, 3), SIMD3(1.25, 3, 4.5)),
            (["axis mins: 1 2 3", "centers: node node node"], SIMD3(0.5, 2, 3), SIMD3(1, 2, 3)),
            (["axis mins: 1 2 3", "centers: cell none node"], SIMD3(0.5, 2, 3), SIMD3(1.25, 3, 3)),
            (
                ["axis mins: 0 0 0", "axis maxs: 1 4 6", "centers: cell cell cell"], SIMD3(0.5, 2, 3),
                SIMD3(0.25, 1, 1.5)
            ),
            (["centers: cell cell cell"], SIMD3(0.5, 2, 3), SIMD3(0, 0, 0)),
        ] as [([String], SIMD3<Double>, SIMD3<Double>)])
    func `an NRRD without a space lies where SimpleITK puts it`(
        lines: [String], spacing: SIMD3<Double>, origin: SIMD3<Double>
    ) throws {
        let plain = try geometry(nrrd(["spacings: 0.5 2 3"] + lines))
        #expect(plain.spacingMillimetres == spacing && plain.originMillimetres == origin)
        #expect(plain.direction == Direction.identity)
    }

    @Test(
        arguments: [
            (["axis mins: 10 20 30", "axis maxs: 14 26 34"], SIMD3(11, 21.5, 31)),
            (["axis mins: 10 20 30", "axis maxs: 14 26 34", "centers: cell cell cell"], SIMD3(11, 21.5, 31)),
            (["axis mins: 10 20 30", "axis maxs: 12 23 32", "centers: node node node"], SIMD3(10, 20, 30)),
            (["spacings: 2 3 2", "axis mins: 10 20 30", "axis maxs: 99 99 99"], SIMD3(11, 21.5, 31)),
        ] as [([String], SIMD3<Double>)])
    func `an NRRD begins where SimpleITK puts it by the ends of its axes`(
        lines: [String], origin: SIMD3<Double>
    ) throws {
        // SimpleITK 2.5.7 has these origins, although its distances are 1 where no spacings are given.
        let plain = try geometry(nrrd(lines))
        #expect(plain.originMillimetres == origin)
        #expect(plain.spacingMillimetres == SIMD3(2, 3, 2))
    }

    @Test func `a distance below 0 turns an axis of an NRRD round`() throws {
        let turned = try geometry(nrrd(["spacings: -0.5 2 3", "axis mins: 1 2 3"]))
        #expect(turned.spacingMillimetres == SIMD3(0.5, 2, 3) && turned.originMillimetres == SIMD3(0.75, 3, 4.5))
        #expect(turned.direction.x == SIMD3(-1, 0, 0))
    }

    @Test(arguments: [
        ("space: LPS\nspace directions: (1,0,0) (1,0,0) (0,0,1)", "space directions"),
        ("space: LPS\nspace directions: (0,0,0) (1,0,0) (0,0,1)", "space directions"),
        ("space: LPS\nspace directions: (1,0,0) (0,1,0)", "space directions"),
        ("space: LPS\nspace directions: (1,0) (0,1) (0,0)", "space directions"),
        ("space: LPS\nspace directions: (1) (1,0,0) (0,0,1)", "space directions"),
        ("space: LPS\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (1,2)", "space origin"),
        ("space: LPS\nspacings: 1 1 1", "spacings"), ("spacings: 0 2 3", "spacings"), ("spacings: 1 2", "spacings"),
        ("spacings: 1 2 3\naxis mins: 1 nan 3", "axis mins"), ("spacings: 1 2 3\naxis mins: 1 2", "axis mins"),
    ])
    func `an NRRD that has no place is refused`(lines: String, field: String) {
        let error = failure(nrrd(lines.split(separator: "\n").map(String.init)))
        #expect(error?.code == .corrupt && error?.place == field, "\(error?.description ?? "none")")
    }

    @Test(
        arguments: ["raw", "gzip", "text", "hex"],
        [
            Int.max, Int.max - 1, 1 << 62, (1 << 62) - 1, 1 << 61, 1 << 40, 9, -2, .min,
        ])
    func `bytes to skip that are not there are an error`(encoding: String, skip: Int) {
        let error = failure(nrrd(["byte skip: \(skip)"], encoding: encoding))
        #expect(error?.code == .truncated || error?.code == .corrupt, "\(error?.description ?? "none")")
        #expect(failure(nrrd(["line skip: \(skip)"], encoding: encoding)) != nil)
    }

    @Test(arguments: [Int.max, 1 << 62, 1 << 40, 9, -2, .min]) func `a header size that is not there is an error`(
        size: Int
    ) {
        for more in [[], ["CompressedData = True"], ["BinaryData = False"]] {
            #expect(failure(metaImage(["HeaderSize = \(size)"] + more)) != nil, "\(more)")
        }
    }

    @Test func `sizes beyond the limits are an error before memory is taken`() {
        for sizes in ["65535 65535 1000000", "9223372036854775807 2 2", "16777217 1 1"] {
            #expect(failure(nrrd([], sizes: sizes))?.code == .limitExceeded)
            #expect(failure(metaImage([], sizes: sizes))?.code == .limitExceeded)
        }
    }

    @Test func `a header that names itself is an error`() throws {
        let nrrd = "NRRD0004\ntype: uchar\ndimension: 1\nsizes: 8\nencoding: raw\ndata file: "
        let meta = "ObjectType = Image\nNDims = 1\nDimSize = 8\nElementType = MET_UCHAR\nElementDataFile = "
        for (header, ending) in [(nrrd, "nhdr"), (meta, "mhd")] {
            let path = folder.path("a.\(ending)")
            for name in ["a.\(ending)", "./a.\(ending)", "link", "LIST\na.\(ending)"] {
                try? FileManager.default.removeItem(atPath: folder.path("link"))
                _ = try folder.write(Array((header + name + "\n").utf8), to: "a.\(ending)")
                try FileManager.default.linkItem(atPath: path, toPath: folder.path("link"))
                let error = #expect(throws: FormatError.self) { try FormatTable.standard.readImage(path: path) }
                #expect(error?.code == .corrupt && error?.found == "the header itself", "\(name)")
            }
        }
    }

    @Test func `headers of one name keep samples of their own`() throws {
        let images = (1...4).map { AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: $0) }
        for level in [Int?.none, 1] {
            let writes: [(String, AnyImage)] = [("x.nhdr", images[0]), ("x.mhd", images[1])]
            try NRRDEncoder(level: level).write(writes[0].1, to: folder.path("x.nhdr"))
            try MetaImageEncoder(level: level).write(writes[1].1, to: folder.path("x.mhd"))
            for (name, image) in writes {
                #expect(try FormatTable.standard.readImage(path: folder.path(name)).rawBytes == image.rawBytes)
            }
        }
    }
}
