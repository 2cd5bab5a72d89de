import Formats
import Foundation
import Radiology
import TestSupport
import Testing

/// Which broken files may be a part of a series, and how series are called in the table.
struct SeriesFailuresTests {
    private func file(_ index: Int, series: String) -> [UInt8] {
        DICOMTestSlice(
            index: index, instanceUID: "\(series).\(index)", position: SIMD3(0, 0, Double(index)),
            rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0)
        ).file(series: series)
    }

    /// A file that names its series and has no rows: it ends within their element.
    private func broken(_ index: Int, series: String) throws -> [UInt8] {
        let bytes = file(index, series: series)
        let rows: [UInt8] = [0x28, 0x00, 0x10, 0x00]
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: rows) })
        return Array(bytes[..<(place + 9)])
    }

    @Test func `a broken file counts for the series that it names, or for its neighbors`() throws {
        let folder = try ScratchFolder()
        for name in ["one", "other", "third"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        for index in 0..<3 {
            _ = try folder.write(file(index, series: "2.25.61"), to: "one/\(index).dcm")
            _ = try folder.write(file(index, series: "2.25.62"), to: "other/\(index).dcm")
        }
        _ = try folder.write(broken(3, series: "2.25.62"), to: "one/of-other.dcm")
        _ = try folder.write(Array("no DICOM".utf8), to: "other/unknown.dcm")
        _ = try folder.write(Array("no DICOM".utf8), to: "third/alone.dcm")
        let reader = try VolumeReader(paths: [folder.url.path])
        #expect(reader.failures.count == 3)
        func names(_ uid: String) throws -> [String] {
            let series = try #require(reader.series.first { $0.uid == uid })
            return reader.failures(concerning: series).map { URL(filePath: $0.file).lastPathComponent }.sorted()
        }
        #expect(try names("2.25.61") == [])
        #expect(try names("2.25.62") == ["of-other.dcm", "unknown.dcm"])
        // The same for slices: what is no file of the series is told and does not count.
        var request = SliceRequest()
        request.seriesUID = "2.25.61"
        let input = try SliceInput(paths: [folder.url.path], request: request)
        #expect(input.failures.isEmpty && input.leftOut.count == 3)
        request.seriesUID = nil
        #expect(try SliceInput(paths: [folder.url.path], request: request).failures.count == 3)
    }

    @Test func `the end of a UID in the table is as long as it has to be`() throws {
        let folder = try ScratchFolder()
        let uids = ["1.2.3.1.987654321", "1.2.3.2.987654321", "1.2.3.3.987654322", "2.25.7"]
        for (index, uid) in uids.enumerated() {
            _ = try folder.write(file(0, series: uid), to: "\(index).dcm")
        }
        let lines = SeriesReport(DICOMFolderScan(paths: [folder.url.path])).text().split(separator: "\n")
        let words = Set(lines.flatMap { $0.split(separator: " ") })
        for tail in ["…1.987654321", "…2.987654321", "…87654322", "2.25.7"] {
            #expect(words.contains(Substring(tail)), "\(tail)")
        }
        // Each chooses one series, as the options do.
        for tail in words.compactMap({ $0.hasPrefix("…") ? $0.dropFirst() : nil }) {
            #expect(uids.count { $0.hasSuffix(tail) || $0.hasPrefix(tail) } == 1)
        }
    }
}
