import Formats

/// Files that could not be read, by the series that they may belong to.
struct SeriesFailures {
    private let failures: [FormatError]
    private let limits: DecodeLimits

    init(_ failures: [FormatError], limits: DecodeLimits) {
        self.failures = failures
        self.limits = limits
    }

    /// Those of which a slice of a series may be missing.
    func concerning(_ series: DICOMSeries) -> [FormatError] {
        guard !failures.isEmpty else { return [] }
        let folders = Set(series.instances.map { Self.folder($0.path) })
        return failures.filter { failure in
            // As much of the header as can be read.
            let header = try? DICOMHeader(path: failure.file, limits: limits)
            if let uid = header?.dataSet.text(.seriesInstanceUID) { return uid == series.uid }
            return folders.contains(Self.folder(failure.file))
        }
    }

    private static func folder(_ path: String) -> Substring {
        path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    }
}
