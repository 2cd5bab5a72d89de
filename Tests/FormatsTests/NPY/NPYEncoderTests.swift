import Formats
import ImageCore
import TestSupport
import Testing

@Suite struct NPYEncoderTests {
    @Test(arguments: [[], [7], [3, 4], [2, 3, 4, 5], [0, 4], [1_000_000, 1_000_000]])
    func `the header follows the rules of version 1`(sizes: [Int]) throws {
        let header = NPYEncoder.header(.int16, sizes: sizes)
        #expect(Array(header.prefix(8)) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
        #expect(header.count % 64 == 0)
        #expect(10 + Int(header[8]) + Int(header[9]) << 8 == header.count)
        #expect(header.last == 0x0A)
        let text = String(decoding: header.dropFirst(10), as: UTF8.self)
        let list = sizes.map { "\($0)" }.joined(separator: ", ") + (sizes.count == 1 ? "," : "")
        let dictionary = "{'descr': '<i2', 'fortran_order': False, 'shape': (\(list)), }"
        #expect(text == dictionary + String(repeating: " ", count: text.utf8.count - 1 - dictionary.utf8.count) + "\n")
    }

    @Test func `each scalar has NumPy's name`() {
        let expected: [ScalarKind: String] = [
            .bool: "|b1", .int8: "|i1", .uint8: "|u1", .int16: "<i2", .uint16: "<u2", .int32: "<i4", .uint32: "<u4",
            .int64: "<i8", .uint64: "<u8", .float16: "<f2", .float32: "<f4", .float64: "<f8",
        ]
        for kind in ScalarKind.allCases {
            let text = String(decoding: NPYEncoder.header(kind, sizes: [1]).dropFirst(10), as: UTF8.self)
            #expect(text.hasPrefix("{'descr': '\(expected[kind] ?? "")',"))
        }
    }

    @Test func `a file is the one that NumPy saves`() {
        // NumPy 2: numpy.save of int16 [[1, -2], [300, 4]].
        var image = Image<Int16>(axes: [.y, .x], sizes: [2, 2])
        (image[0, 0], image[0, 1], image[1, 0], image[1, 1]) = (1, -2, 300, 4)
        let file = NPYEncoder.encode(image)
        #expect(Array(file.suffix(8)) == [1, 0, 0xFE, 0xFF, 0x2C, 1, 4, 0])
        #expect(file.count == 128 + 8)
        #expect(NPYEncoder.encode(image.permuted(to: [.x, .y])).suffix(8) == [1, 0, 0x2C, 1, 0xFE, 0xFF, 4, 0])
        let mask = image.mask { $0 > 1 }
        #expect(NPYEncoder.encode(mask).suffix(4) == [0, 0, 1, 1])
    }

    @Test func `files appear whole`() throws {
        let folder = try ScratchFolder()
        let image = Image<Float>(axes: [.y, .x], sizes: [3, 5], repeating: 1.5)
        try NPYEncoder.write(image, to: folder.path("a.npy"))
        #expect(try ByteSource(path: folder.path("a.npy")).all() == NPYEncoder.encode(image))
        #expect(throws: FormatError.self) { try NPYEncoder.write(image, to: folder.path("none/a.npy")) }
    }
}
