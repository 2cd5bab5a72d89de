import Foundation
import TestSupport
import Testing

@testable import Formats

/// How often the header scanner asks the system for bytes.
@Suite(.needsTestData, .enabled(if: ReadCount.now != nil)) struct HeaderReadCountTests {
    @Test func `a header takes one positioned read`() throws {
        let files = TestData.files(below: "dicom").filter { $0.hasSuffix(".dcm") }.prefix(100)
        // Longer headers take more than the first 16 KiB.
        let sources = try files.map { try ByteSource(path: TestData.path($0)) }.filter { source in
            (try? DICOMHeader(source: source))?.pixelData.map { $0.offset < 15_000 } ?? false
        }
        #expect(sources.count > 10)
        for source in sources {
            let reads = try ReadCount.during { _ = try DICOMHeader(source: source) }
            #expect(reads == 1, "\(source.name)")
        }
    }
}

/// The reading calls of this thread, which Linux counts.
private enum ReadCount {
    static var now: Int? {
        guard let text = try? String(contentsOfFile: "/proc/thread-self/io", encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first { $0.hasPrefix("syscr:") }.flatMap { Int($0.dropFirst(7)) }
    }

    /// The reading calls of some work, without those that looking at the count takes.
    static func during(_ work: () throws -> Void) throws -> Int {
        let first = try #require(now)
        let second = try #require(now)
        try work()
        return try #require(now) - second - (second - first)
    }
}
