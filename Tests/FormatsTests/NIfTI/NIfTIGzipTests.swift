import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Compressed volumes as other programs write them: members of any number, whole, damaged and cut.
struct NIfTIGzipTests {
    private let folder: ScratchFolder
    private let image: AnyImage
    /// The file without compression.
    private let plain: [UInt8]

    init() throws {
        folder = try ScratchFolder()
        image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [10, 20, 30], seed: 1)
        try NIfTIEncoder().write(image, to: folder.path("plain.nii"))
        plain = [UInt8](try Data(contentsOf: URL(filePath: folder.path("plain.nii"))))
    }

    private func read(_ bytes: [UInt8]) throws -> AnyImage {
        try FormatTable.standard.open(ByteSource(bytes: bytes)).readFrame()
    }

    private func code(_ bytes: [UInt8]) -> FormatError.Code? {
        do {
            _ = try read(bytes)
            return nil
        } catch { return (error as? FormatError)?.code }
    }

    /// The file as members that end at some places.
    private func members(_ ends: [Int]) -> [UInt8] {
        zip([0] + ends, ends + [plain.count]).flatMap { GzipMember(content: Array(plain[$0..<$1])).bytes }
    }

    @Test func `members may end anywhere, in the header and the samples, and hold nothing`() throws {
        for ends in [[], [1], [348], [352], [353], [100, 351, 352, 6000], [352, 352, 352, 10_001, 10_001]] {
            #expect(try read(members(ends)).rawBytes == image.rawBytes ? true : false, "\(ends)")
        }
    }

    @Test func `names, comments, extra fields and checksums of headers are passed over`() throws {
        for flags in 0..<32 {
            var first = GzipMember(content: Array(plain[..<1000]), flags: UInt8(flags))
            let rest = GzipMember(content: Array(plain[1000...]), flags: UInt8(31 - flags))
            #expect(try read(first.bytes + rest.bytes).rawBytes == image.rawBytes ? true : false, "\(flags)")
            first.content = plain
            #expect(try read(first.bytes).rawBytes == image.rawBytes ? true : false, "\(flags)")
        }
    }

    @Test func `a wrong checksum or length of any member is an error`() {
        let (first, second) = (Array(plain[..<7000]), Array(plain[7000...]))
        for (damage, length) in [(UInt32(1), UInt32(0)), (0, 1), (1 << 31, 0), (0, 1 << 31)] {
            let damaged = GzipMember(content: first, checksumDamage: damage, lengthDamage: length).bytes
            #expect(code(damaged + GzipMember(content: second).bytes) == .corrupt)
            let last = GzipMember(content: second, checksumDamage: damage, lengthDamage: length).bytes
            #expect(code(GzipMember(content: first).bytes + last) == .corrupt)
            // Also where the header of the file is a member of its own.
            let head = GzipMember(
                content: Array(plain[..<352]), checksumDamage: damage, lengthDamage: length)
            #expect(code(head.bytes + GzipMember(content: Array(plain[352...])).bytes) == .corrupt)
        }
    }

    @Test func `the checksum counts where the member goes on behind the samples`() throws {
        var longer = GzipMember(content: plain + [UInt8](repeating: 7, count: 70_000))
        #expect(try read(longer.bytes).rawBytes == image.rawBytes ? true : false)
        longer.checksumDamage = 1
        #expect(code(longer.bytes) == .corrupt)
    }

    @Test func `what follows the last member does not matter`() throws {
        let whole = GzipMember(content: plain).bytes
        let empty = GzipMember(content: []).bytes
        let tails: [[UInt8]] = [[UInt8](repeating: 0, count: 512), [1, 2, 3], whole, [0x1F], empty]
        for tail in tails {
            #expect(try read(whole + tail).rawBytes == image.rawBytes ? true : false)
        }
    }

    @Test func `a file cut anywhere is cut short`() {
        let whole = members([352, 8000])
        for i in 1...60 { #expect(code(Array(whole[..<(whole.count - 1 - i * i * 3)])) == .truncated, "\(i)") }
        for i in 1...20 { #expect(code(Array(whole.dropLast(i))) == .truncated, "\(i)") }
    }

    @Test func `a byte that changed anywhere is an error, and none beyond memory`() throws {
        try NIfTIEncoder().write(image, to: folder.path("a.nii.gz"))
        try NIfTIEncoder(level: 6).write(image, to: folder.path("b.nii.gz"))
        for name in ["a.nii.gz", "b.nii.gz"] {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path(name))))
            var generator = SeededGenerator(seed: 3)
            for _ in 0..<200 {
                // Behind the fixed part of the first header, whose flags and time may say anything.
                let place = Int.random(in: 24..<bytes.count, using: &generator)
                let damaged = replacing(
                    bytes, at: place, with: [bytes[place] ^ 1 << UInt8.random(in: 0..<8, using: &generator)])
                let found = try? read(damaged)
                // A header's own fields (time, system) may change without a trace.
                #expect(found == nil || found?.rawBytes == image.rawBytes ? true : false, "\(name) \(place)")
            }
        }
    }

    @Test(arguments: [1, 6, 9]) func `streams of gzip larger than any buffer are read`(level: Int) throws {
        let even = AnyImage(Image<Int16>(axes: [.z, .y, .x], sizes: [12, 200, 250], repeating: -1024))
        let rough = AnyImage.random(.uint8, axes: [.z, .y, .x], sizes: [9, 130, 151], seed: 9)
        for image in [even, rough] {
            try NIfTIEncoder().write(image, to: folder.path("v.nii"))
            let gzip = Process()
            gzip.executableURL = URL(filePath: "/bin/gzip")
            gzip.arguments = ["--force", "-\(level)", folder.path("v.nii")]
            try gzip.run()
            gzip.waitUntilExit()
            let read = try FormatTable.standard.readImage(path: folder.path("v.nii.gz"))
            #expect(read.rawBytes == image.rawBytes ? true : false)
        }
    }

    @Test func `scaled samples are the same in one block and in many`() throws {
        let image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [9, 90, 91], seed: 2)
        for (slope, kind) in [(2.0, ScalarKind.int32), (0.5, .float32)] {
            let scaling = NIfTIEncoder.Scaling(slope: slope, intercept: -1)
            try NIfTIEncoder(scaling: scaling).write(image, to: folder.path("s.nii.gz"))
            let read = try FormatTable.standard.readImage(path: folder.path("s.nii.gz"))
            #expect(read.kind == kind && read.numbers == image.numbers.map { $0 * slope - 1 } ? true : false)
        }
    }

    @Test func `masks stay small at every level`() throws {
        let mask = AnyImage(
            Image<UInt8>(axes: [.z, .y, .x], sizes: [4, 256, 256]) { (samples: inout MutableSpan<UInt8>) in
                for i in 0..<samples.count { samples[i] = (i / 300) % 90 < 7 && i % 256 > 100 ? 3 : 0 }
            })
        var sizes: [Int] = []
        for level in [0, 1, 6] {
            try NIfTIEncoder(level: level).write(mask, to: folder.path("m.nii.gz"))
            sizes.append(try Data(contentsOf: URL(filePath: folder.path("m.nii.gz"))).count)
            #expect(
                try FormatTable.standard.readImage(path: folder.path("m.nii.gz")).rawBytes == mask.rawBytes
                    ? true : false)
        }
        #expect(sizes[0] > mask.layout.count && sizes[1] < mask.layout.count / 50)
    }
}
