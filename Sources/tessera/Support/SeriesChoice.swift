import ArgumentParser
import Formats
import Radiology

/// Which stack of which series a command takes.
struct SeriesChoice: ParsableArguments {
    @Option(help: "Series Instance UID, or the start or end of one.")
    var series: String?

    @Option(help: "Study Instance UID, or the start or end of one, where two studies have one series UID.")
    var study: String?

    @Option(help: ArgumentHelp("Number of the stack in the series, from 1, the largest first.", valueName: "n"))
    var stack: Int?

    func validate() throws {
        try expect(stack.map { $0 >= 1 } ?? true, "--stack", "1 or more", "\(stack ?? 0)")
    }

    /// The stack that the options choose; where they leave several, each is listed.
    func stack(of reader: VolumeReader) throws(FormatError) -> (DICOMSeries, DICOMStack) {
        let matching = reader.series.filter { found in
            Self.matches(series, found.uid) && Self.matches(study, found.studyUID)
        }
        let chosen = VolumeReader(series: matching, options: reader.options)
        do throws(FormatError) {
            return try stack(among: chosen, of: reader)
        } catch {
            let listed = chosen.stacks.isEmpty ? reader : chosen
            if listed.stacks.count > 1 {
                StandardError.line("several stacks of slices; choose one with --series UID and --stack n:")
                for line in listed.stackLines { StandardError.line("  \(line)") }
                throw Self.short(error, listed)
            }
            throw error
        }
    }

    /// The error without the series that were listed already.
    private static func short(_ error: FormatError, _ listed: VolumeReader) -> FormatError {
        guard listed.series.contains(where: { error.found.contains($0.uid) }) else { return error }
        var short = error
        short.found = "\(counted(listed.stacks.count, "stack")) in \(listed.series.count) series"
        return short
    }

    /// Whether nothing failed that may be a part of a series: with --series, broken files of others are told and do not count.
    func isComplete(_ reader: VolumeReader, _ chosen: DICOMSeries) -> Bool {
        (series == nil ? reader.failures : reader.failures(concerning: chosen)).isEmpty
    }

    private static func matches(_ wanted: String?, _ uid: String) -> Bool {
        wanted.map { uid.hasPrefix($0) || uid.hasSuffix($0) } ?? true
    }

    private func stack(
        among chosen: VolumeReader, of reader: VolumeReader
    ) throws(FormatError) -> (DICOMSeries, DICOMStack) {
        func failure(_ expected: String, _ found: String) -> FormatError {
            FormatError(.invalidRequest, file: reader.place, expected: expected, found: found)
        }
        guard let only = chosen.series.first else {
            throw failure("a series \(series ?? study ?? "")", reader.series.map(\.uid).joined(separator: ", "))
        }
        guard series != nil || study != nil || stack != nil else { return try reader.onlyStack() }
        guard chosen.series.count == 1 else {
            let found = chosen.series.map { "\($0.uid) of study \($0.studyUID)" }.joined(separator: ", ")
            throw failure("one series", "\(chosen.series.count): \(found)")
        }
        guard let stack else { return try chosen.onlyStack() }
        guard stack <= only.stacks.count else { throw failure("a stack from 1 to \(only.stacks.count)", "\(stack)") }
        return (only, only.stacks[stack - 1])
    }
}
