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

    /// The attributes of one file.
    struct Values {
        var texts: [String?]
        var numbers: [[Double]]

        /// As the peers write them: one line.
        var line: String {
            let words = texts.map { $0 ?? "" }
            return (words + numbers.map { $0.map { String($0) }.joined(separator: ",") }).joined(separator: "|")
        }
    }

    /// Scans the files.
    static func run(_ files: [String]) throws -> [Values] {
        try files.map { file in
            let set = try DICOMHeader(path: file).dataSet
            return Values(texts: texts.map { set.text($0) }, numbers: numbers.map { set.doubles($0) })
        }
    }

    /// A checksum per file.
    static func checksums(_ values: [Values]) -> [UInt32] {
        values.map { CRC32.checksum(Array($0.line.utf8).span) }
    }
}
