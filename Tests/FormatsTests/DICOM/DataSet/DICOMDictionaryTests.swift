import Foundation
import TestSupport
import Testing

@testable import Formats

/// The data dictionary without which DCMTK takes the attributes of implicit data sets for unknown.
@Suite struct DICOMDictionaryTests {
    @Test func `is there`() throws {
        try LibDCMTK.check()
    }

    @Test func `is an error that names it when it is missing`() async {
        // DCMTK looks for its dictionary once per process.
        await #expect(processExitsWith: .success) { exit(DICOMDictionaryTests.outcomeWithoutDictionary()) }
    }

    /// 0 when every way of reading says that the dictionary is missing, and where it was looked for.
    static func outcomeWithoutDictionary() -> Int32 {
        unsafe setenv("DCMDICTPATH", "/nowhere/dicom.dic", 1)
        let source = ByteSource(bytes: DICOMTestFile(DICOMTestDataSet()).bytes, name: "file")
        let names = ["dicom.dic", "DCMDICTPATH", "/nowhere/dicom.dic"]
        for way in 0..<3 {
            do throws(FormatError) {
                switch way {
                case 0: try DICOMObject.checkDictionary()
                case 1: _ = try DICOMObject(source: source)
                // Told before the file is looked for.
                default: _ = try DICOMObject(path: "/nowhere/file.dcm")
                }
                return 1
            } catch {
                guard error.code == .unsupported, names.allSatisfy({ error.description.contains($0) }) else { return 2 }
            }
        }
        return 0
    }
}
