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

    @Test(arguments: [300, 500, 700]) func `a slice whose header breaks off is a failure that names it`(count: Int)
        throws
    {
        let folder = try ScratchFolder()
        let slices = TortureSeries().slices
        for slice in slices.dropLast() { _ = try folder.write(slice.file(series: "2.25.7"), to: "\(slice.index)") }
        let last = slices[slices.count - 1].file(series: "2.25.7")
        let rows = try #require((0..<last.count - 4).first { Array(last[$0..<$0 + 4]) == [0x28, 0, 0x10, 0] })
        _ = try folder.write(last.prefix(min(count, rows)), to: "cut")
        let scan = DICOMFolderScan(paths: [folder.url.path])
        #expect(scan.instances.count == slices.count - 1)
        #expect(scan.failures.map { URL(filePath: $0.file).lastPathComponent } == ["cut"])
    }

    @Test func `an image without rows is a failure, an object that is none is not`() throws {
        let folder = try ScratchFolder()
        var slice = TortureSeries().slices[0]
        slice.rows = 0
        _ = try folder.write(slice.file(series: "2.25.7"), to: "a")
        slice.extra = [0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.66.1")]
        _ = try folder.write(slice.file(series: "2.25.8"), to: "b")
        let scan = DICOMFolderScan(paths: [folder.url.path])
        #expect(scan.failures.map(\.code) == [.corrupt] && scan.objects.map(\.kind) == [.other])
    }

    @Test func `kernels make stacks, and a slice without slope is told`() throws {
        let folder = try ScratchFolder()
        for (index, slice) in TortureSeries().slices.enumerated() {
            for kernel in ["B30f", "B70f"] {
                var slice = slice
                slice.instanceUID += kernel == "B30f" ? ".1" : ".2"
                slice.extra = [0x0018_1210: .text("SH", kernel)]
                if kernel == "B30f" && index == 4 {
                    slice.extra[0x0028_1052] = .text("DS", "")
                    slice.extra[0x0028_1053] = .text("DS", "")
                }
                _ = try folder.write(slice.file(series: "2.25.7"), to: "\(kernel)\(index)")
            }
        }
        let stacks = DICOMFolderScan(paths: [folder.url.path]).series()[0].stacks
        #expect(
            stacks.map(\.sliceCount) == [20, 20]
                && stacks.map(\.splitBy) == [[.convolutionKernel], [.convolutionKernel]])
        let defects = stacks.map { stack in
            stack.defects.filter { $0.message.contains("without rescale slope") && $0.severity == .warning }
        }
        #expect(defects.map(\.count).sorted() == [0, 1])
        #expect(defects.flatMap(\.self).flatMap(\.files).map { $0.hasSuffix("B30f4") } == [true])
    }

    @Test func `slices are found among thousands of other files`() throws {
        let folder = try ScratchFolder()
        try TortureSeries().write(to: folder)
        for part in 0..<10 {
            let place = folder.url.appending(path: "part\(part)/deeper")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for index in 0..<500 {
                try Data("file \(index) of \(part)".utf8).write(to: place.appending(path: "im\(index).txt"))
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
