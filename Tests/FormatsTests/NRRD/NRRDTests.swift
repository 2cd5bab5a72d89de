import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

struct NRRDTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// pynrrd 1.1: a ramp from -50 in steps of 7, index x slowest, in RAS; gzip.
    private static let made =
        "TlJSRDAwMDUKIyBUaGlzIE5SUkQgZmlsZSB3YXMgZ2VuZXJhdGVkIGJ5IHB5bnJyZAojIG9uIDIwMjYtMTEtMjYgMTU6MDA6MjcoR01UKS4KIyBDb21wbGV0ZSBOUlJEIGZpbGUgZm9ybWF0IHNwZWNpZmljYXRpb24gYXQ6CiMgaHR0cDovL3RlZW0uc291cmNlZm9yZ2UubmV0L25ycmQvZm9ybWF0Lmh0bWwKdHlwZTogaW50MTYKZGltZW5zaW9uOiAzCnNwYWNlOiByaWdodC1hbnRlcmlvci1zdXBlcmlvcgpzaXplczogNCAzIDIKc3BhY2UgZGlyZWN0aW9uczogKDAsMiwwKSAoLTEuNSwwLDApICgwLjI1LDAsMykKa2luZHM6IGRvbWFpbiBkb21haW4gZG9tYWluCmVuZGlhbjogbGl0dGxlCmVuY29kaW5nOiBnemlwCnNwYWNlIG9yaWdpbjogKDEwLC0yMCwzMC41KQoKH4sIAAAAAAACAwEwAM//zv/4/yIATADc/wYAMABaAOr/FAA+AGgA1f///ykAUwDj/w0ANwBhAPH/GwBFAG8Adx5OZDAAAAA="

    @Test func `a file of pynrrd has its samples and its place`() throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: Self.made)))
        let reader = try FormatTable.standard.open(ByteSource(bytes: bytes))
        let image = try reader.readFrame()
        #expect(reader.formatName == "NRRD" && image.kind == .int16 && image.sizes == [2, 3, 4])
        let expected = (0..<2).flatMap { z in (0..<3).flatMap { y in (0..<4).map { x in 6 * x + 2 * y + z } } }
        #expect(image.numbers == expected.map { Double($0 * 7 - 50) })
        let geometry = try #require(image.geometry)
        #expect(geometry.position(x: 1, y: 2, z: 1) == SIMD3(-7.25, 18, 33.5))
    }

    @Test func `a vector image of ITK has channels`() throws {
        let header = """
            NRRD0004
            # Complete NRRD file format specification at:
            # http://teem.sourceforge.net/nrrd/format.html
            type: unsigned char
            dimension: 4
            space: left-posterior-superior
            sizes: 2 2 3 2
            space directions: none (1,0,0) (0,1,0) (0,0,1)
            kinds: vector domain domain domain
            encoding: raw
            space origin: (0,0,0)


            """
        let image = try FormatTable.standard.open(ByteSource(bytes: Array(header.utf8) + Array(0..<24))).readFrame()
        #expect(image.axes == [.z, .y, .x, .channel] && image.sizes == [2, 3, 2, 2])
        #expect(image.numbers == (0..<24).map(Double.init))
    }

    @Test func `a header says what the format asks for`() throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [2, 3, 4], seed: 1)
        image.geometry = Geometry(
            spacingMillimetres: SIMD3(0.75, 1.5, 2), originMillimetres: SIMD3(-10, 0.1, 1e-7),
            direction: Direction(x: SIMD3(0, 1, 0), y: SIMD3(-1, 0, 0), z: SIMD3(0, 0.6, 0.8)))
        try NRRDEncoder(level: nil).write(image, to: folder.path("ct.nhdr"))
        #expect(
            try String(contentsOfFile: folder.path("ct.nhdr"), encoding: .utf8) == """
                NRRD0004
                # Complete NRRD file format specification at:
                # http://teem.sourceforge.net/nrrd/format.html
                type: short
                dimension: 3
                space: left-posterior-superior
                sizes: 4 3 2
                space directions: (0,0.75,0) (-1.5,0,0) (0,1.2,1.6)
                kinds: domain domain domain
                endian: little
                encoding: raw
                space origin: (-10,0.1,1e-07)
                data file: ct.nhdr.raw


                """)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: folder.path("ct.nhdr.raw")))) == image.rawBytes)
    }

    @Test func `time and colors have a space and kinds of their own`() throws {
        let axes: [Axis] = [.time, .z, .y, .x, .channel]
        var image = AnyImage.random(.uint8, axes: axes, sizes: [5, 2, 3, 4, 3], seed: 1, color: .rgb)
        image.geometry = Geometry(spacingMillimetres: SIMD3(1, 2, 3))
        try NRRDEncoder(timeStepSeconds: 0.5).write(image, to: folder.path("a.nrrd"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: folder.path("a.nrrd"))), as: UTF8.self)
        for line in [
            "type: unsigned char", "dimension: 5", "space: left-posterior-superior-time", "sizes: 3 4 3 2 5",
            "space directions: none (1,0,0,0) (0,2,0,0) (0,0,3,0) (0,0,0,0.5)",
            "kinds: RGB-color domain domain domain time", "encoding: gzip", "space origin: (0,0,0,0)",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
        #expect(!text.contains("endian"))
    }

    @Test func `a volume that is nowhere is refused with its numbers`() throws {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [1, 4, 5], seed: 1)
        image.geometry = Geometry(spacingMillimetres: SIMD3(1, 3, 2), originMillimetres: SIMD3(.nan, 4.5, 0))
        let error = #expect(throws: FormatError.self) { try NRRDEncoder().write(image, to: folder.path("a.nrrd")) }
        #expect(
            error?.found == "spacing (1.0, 3.0, 2.0) mm, origin (nan, 4.5, 0.0) mm, "
                + "directions (1.0, 0.0, 0.0), (0.0, 1.0, 0.0) and (0.0, 0.0, 1.0)")
    }
}
