import Formats
import Foundation
import Radiology
import TestSupport
import Testing

/// A DICOMDIR that is named stands for the files that it lists.
@Suite(.needsTestData)
struct DirectoryFilesTests {
    /// The folder of a DICOMDIR of another program; pydicom lists 31 files, which are those of three folders beside it.
    private let media: URL

    init() throws { media = URL(filePath: try TestData.path("dicom/dicomdir")) }

    @Test func `the files of the directory are read, and no others`() throws {
        let scan = DICOMFolderScan(paths: [media.appending(path: "DICOMDIR").path])
        #expect(scan.failures.isEmpty)
        #expect(scan.instances.count == 31)
        #expect(scan.objects.map(\.kind) == [.directory])
        // The same as what a walk through the three folders finds.
        let folders = DICOMFolderScan(
            paths: ["77654033", "98892001", "98892003"].map { media.appending(path: $0).path })
        #expect(Set(folders.instances.map(\.path)) == Set(scan.instances.map(\.path)))
    }

    @Test func `missing files are told one by one, and the others are read`() throws {
        let folder = try copy()
        let gone = folder.url.appending(path: "77654033/CR1/6154")
        try FileManager.default.removeItem(at: gone)
        let scan = DICOMFolderScan(paths: [folder.path("DICOMDIR")])
        #expect(scan.instances.count == 30)
        #expect(scan.failures.map(\.place) == ["\"77654033/CR1/6154\""])
    }

    @Test func `names in lower case are found`() throws {
        let folder = try copy()
        let names = folder.url.appending(path: "77654033/CR1")
        try FileManager.default.moveItem(at: names, to: folder.url.appending(path: "77654033/cr1"))
        let scan = DICOMFolderScan(paths: [folder.path("DICOMDIR")])
        #expect(scan.instances.count == 31 && scan.failures.isEmpty)
    }

    @Test func `nothing outside of the folder is read`() throws {
        let folder = try copy()
        let outside = try ScratchFolder()
        let file = folder.url.appending(path: "77654033/CR1/6154")
        try FileManager.default.moveItem(at: file, to: outside.url.appending(path: "6154"))
        try FileManager.default.createSymbolicLink(at: file, withDestinationURL: outside.url.appending(path: "6154"))
        let linked = DICOMFolderScan(paths: [folder.path("DICOMDIR")])
        #expect(linked.instances.count == 30)
        #expect(linked.failures.first?.found == "a link that leads out of it")
        // A name of the same length that leads upwards.
        var bytes = [UInt8](try Data(contentsOf: folder.url.appending(path: "DICOMDIR")))
        let (name, upwards) = (Array("77654033\\CR1\\6154".utf8), Array("..\\..\\..\\..\\a/bc".utf8))
        #expect(name.count == upwards.count + 1)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        bytes.replaceSubrange(place..<place + name.count, with: upwards + [0x20])
        _ = try folder.write(bytes, to: "DICOMDIR")
        let changed = DICOMFolderScan(paths: [folder.path("DICOMDIR")])
        #expect(changed.instances.count == 30)
        #expect(changed.failures.first?.expected == "a path below the folder of the DICOMDIR")
    }

    @Test func `a damaged directory is an error, not a folder`() throws {
        let folder = try ScratchFolder()
        let bytes = [UInt8](try Data(contentsOf: media.appending(path: "DICOMDIR")))
        for length in [0, 100, 200, 400, bytes.count / 2, bytes.count - 10] {
            let path = try folder.write(bytes[..<length], to: "DICOMDIR")
            let scan = DICOMFolderScan(paths: [path])
            #expect(!scan.failures.isEmpty && scan.instances.isEmpty, "\(length) bytes")
        }
    }

    private func copy() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        for name in ["DICOMDIR", "77654033", "98892001", "98892003"] {
            try FileManager.default.copyItem(at: media.appending(path: name), to: folder.url.appending(path: name))
        }
        return folder
    }
}
