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

    /// 0 when reading says that the dictionary is missing.
    static func outcomeWithoutDictionary() -> Int32 {
        unsafe setenv("DCMDICTPATH", "/nowhere/dicom.dic", 1)
        let source = ByteSource(bytes: DICOMTestFile(DICOMTestDataSet()).bytes, name: "file")
        do throws(FormatError) {
            _ = try DICOMObject(source: source)
            return 1
        } catch {
            return error.code == .unsupported && error.description.contains("dicom.dic") ? 0 : 2
        }
    }
}
