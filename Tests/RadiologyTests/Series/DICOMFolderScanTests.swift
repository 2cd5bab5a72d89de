import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Folders that hold more than a series: other files, loops, things that are no files.
struct DICOMFolderScanTests {
    /// Runs a shell command in a folder: names and kinds of files that Foundation does not make.
    private func shell(_ command: String, in folder: ScratchFolder) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder.url
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func sorted(_ scan: DICOMFolderScan) -> [String] {
        scan.instances.map { URL(filePath: $0.path).lastPathComponent }.sorted()
    }

    @Test func `slices are found among thousands of other files`() throws {
        let folder = try ScratchFolder()
        try TortureSeries().write(to: folder)
        for part in 0..<10 {
            let place = folder.url.appending(path: "part\(part)/deeper")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for index in 0..<500 {
                try Data("file \(index) of \(part)".utf8).write(to: place.appending(path: "im\(index).dcm"))
            }
        }
        let scan = DICOMFolderScan(paths: [folder.url.path])
        #expect(scan.instances.count == 20 && scan.otherCount == 5000 && scan.failures.isEmpty && scan.objects.isEmpty)
        #expect(try VolumeReader(folder: folder.url.path).volume().image.depth == 20)
    }

    @Test
    func `pipes, sockets, loops and links neither block nor count twice`() throws {
        let folder = try ScratchFolder()
        let slice = TortureSeries().slices[0]
        _ = try folder.write(slice.file(series: "2.25.7"), to: "slice")
        try shell(
            """
            mkfifo pipe; ln -s pipe pipe2; ln -s . loop; ln -s ../"$(basename "$PWD")" up; ln -s nowhere dangling
            ln -s self self; ln -s slice again; ln slice hard; ln -s /dev/zero zero; mkdir -p a/b; ln -s ../.. a/b/top
            """, in: folder)
        let scan = DICOMFolderScan(paths: [folder.url.path])
        // A file counts once, by whichever of its names comes first.
        #expect(sorted(scan) == ["again"])
        #expect(scan.failures.isEmpty)
        // pipe, pipe2, dangling, self, zero.
        #expect(scan.otherCount == 5)
        #expect(DICOMFolderScan(paths: [folder.path("pipe")]).failures.map(\.code) == [.inputOutput])
        #expect(DICOMFolderScan(paths: ["/dev/zero", folder.path("nothing")]).failures.count == 2)
    }

    @Test func `names that are no UTF-8 are told, the others are read`() throws {
        let folder = try ScratchFolder()
        _ = try folder.write(TortureSeries().slices[0].file(series: "2.25.7"), to: "slice")
        try shell(
            """
            odd=$(printf 'caf\\351'); mkdir "$odd"; cp slice "$odd/inner"; cp slice "$(printf 'z\\377')"
            new=$(printf 'new\\nline'); mkdir "$new é"; cp slice "$new é/good"
            """, in: folder)
        let scan = DICOMFolderScan(paths: [folder.url.path])
        #expect(sorted(scan) == ["good", "slice"])
        #expect(scan.failures.count == 2 && scan.otherCount == 0)
        #expect(scan.failures.allSatisfy { $0.description.contains("UTF-8") })
    }

    @Test(.enabled(if: NSUserName() != "root", "root reads everything"))
    func `a folder that cannot be read is one line, the rest goes on`() throws {
        let folder = try ScratchFolder()
        _ = try folder.write(TortureSeries().slices[0].file(series: "2.25.7"), to: "slice")
        try shell("mkdir closed; chmod 000 closed", in: folder)
        let scan = DICOMFolderScan(paths: [folder.url.path])
        #expect(sorted(scan) == ["slice"])
        #expect(scan.failures.count == 1 && scan.failures[0].file.hasSuffix("closed"))
        try shell("chmod 700 closed", in: folder)
    }

    @Test func `a file that changes after the scan is an error that names it`() throws {
        let slices = TortureSeries().slices.prefix(3)
        func reader(_ folder: ScratchFolder) throws -> VolumeReader {
            for slice in slices { _ = try folder.write(slice.file(series: "2.25.7"), to: "\(slice.index)") }
            return try VolumeReader(folder: folder.url.path)
        }
        let whole = slices[1].file(series: "2.25.7")
        var other = slices[1]
        other.rows = 7
        let changes = [Array(whole.dropLast(50)), Array(whole.prefix(200)), [], other.file(series: "2.25.7")]
        for change in changes {
            let folder = try ScratchFolder()
            let reader = try reader(folder)
            _ = try folder.write(change, to: "1")
            let error = #expect(throws: FormatError.self) { try reader.volume() }
            #expect(error?.file == folder.path("1"))
        }
        let folder = try ScratchFolder()
        let reader = try reader(folder)
        try FileManager.default.removeItem(atPath: folder.path("1"))
        #expect(throws: FormatError.self) { try reader.volume() }
    }
}
