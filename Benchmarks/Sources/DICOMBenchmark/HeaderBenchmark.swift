import Formats
import Measuring

/// Reads the headers of files and takes the same attributes from each as the peers do.
enum HeaderBenchmark {
    private static let texts: [DICOMTag] = [
        .sopClassUID, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID, .modality, .seriesDescription,
        .frameOfReferenceUID, .photometricInterpretation,
    ]
    private static let numbers: [DICOMTag] = [
        .rows, .columns, .bitsAllocated, .instanceNumber, .seriesNumber, .imagePositionPatient,
        .imageOrientationPatient, .pixelSpacing, .rescaleSlope, .rescaleIntercept, .sliceThickness,
    ]

    /// The attributes of one file as one line.
    static func line(_ path: String) throws -> String {
        let set = try DICOMHeader(path: path).dataSet
        let words = texts.map { set.text($0) ?? "" }
        let values = numbers.map { set.doubles($0).map { String($0) }.joined(separator: ",") }
        return (words + values).joined(separator: "|")
    }

    /// Scans the files and gives a checksum per file.
    static func run(_ files: [String]) throws -> [UInt32] {
        try files.map { CRC32.checksum(Array(try line($0).utf8).span) }
    }
}
