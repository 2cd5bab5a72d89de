import ArgumentParser
import Formats
import Radiology

/// What every written object says of itself.
struct DICOMWritingArguments: ParsableArguments {
    @Option(help: "Series Description of the new series.")
    var seriesDescription: String?

    @Option(
        help: ArgumentHelp("Series Number of the new series (default: 1000 more than the source's).", valueName: "n"))
    var seriesNumber: Int?

    @Option(help: ArgumentHelp("When it is made; now, unless given.", valueName: "YYYYMMDDhhmmss"))
    var date: String?

    func validate() throws {
        guard let date else { return }
        try expect(
            date.utf8.count == 14 && date.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) },
            "--date", "14 digits", date)
    }

    var origin: ObjectOrigin {
        ObjectOrigin(
            seriesDescription: seriesDescription, seriesNumber: seriesNumber, timestamp: timestamp ?? .now)
    }

    private var timestamp: DICOMTimestamp? {
        guard let date, date.count == 14 else { return nil }
        let digits = date.compactMap(\.wholeNumberValue)
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        return DICOMTimestamp(
            year: number(0..<4), month: number(4..<6), day: number(6..<8), hour: number(8..<10),
            minute: number(10..<12), second: number(12..<14))
    }

    /// Refuses a name that is none of a DICOM file, such as that of an input whose output was forgotten.
    ///
    /// Digits behind a point are the end of a UID.
    static func checkName(_ output: String) throws(FormatError) {
        let name = output.split(separator: "/").last ?? ""
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        guard !ending.allSatisfy({ ("0"..."9").contains($0) }), ending != "dcm" else { return }
        throw FormatError(
            .invalidRequest, file: output, expected: "an output whose name ends in .dcm, or has no ending",
            found: ".\(ending)")
    }

    /// Runs work and tells its error on standard error; an interrupted one leaves nothing.
    static func run(_ work: () throws(FormatError) -> Void) throws {
        Interrupt.listen()
        do throws(FormatError) {
            try work()
        } catch {
            StandardError.line("tessera: \(error)")
            throw ExitCode(error.code == .interrupted ? 130 : 1)
        }
    }
}
