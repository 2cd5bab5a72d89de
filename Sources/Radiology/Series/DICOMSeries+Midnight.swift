extension DICOMSeries {
    /// The instances with times that go on over midnight.
    ///
    /// By their dates where all have one; otherwise times further than half a day before the others belong to the next
    /// day.
    static func withContinuousTimes(_ instances: [DICOMInstance]) -> [DICOMInstance] {
        var result = instances
        unwrap(&result, \.acquisitionTimeSeconds, \.acquisitionDay)
        unwrap(&result, \.contentTimeSeconds, \.contentDay)
        return result
    }

    private static func unwrap(
        _ instances: inout [DICOMInstance], _ time: WritableKeyPath<DICOMVaryingFacts, Double?>,
        _ day: KeyPath<DICOMVaryingFacts, Int?>
    ) {
        let timed = instances.flatMap(\.frames).map(\.varying).filter { $0[keyPath: time] != nil }
        let days = timed.compactMap { $0[keyPath: day] }
        let hasDates = days.count == timed.count
        guard let first = days.min() ?? (timed.isEmpty ? nil : 0), let last = days.max() ?? (timed.isEmpty ? nil : 0),
            !hasDates || last > first, last - first < 3650
        else { return }
        let wrap = hasDates ? nil : wrap(timed.compactMap { $0[keyPath: time] })
        guard hasDates || wrap != nil else { return }
        for index in instances.indices {
            for frame in instances[index].frames.indices {
                let varying = instances[index].frames[frame].varying
                guard let seconds = varying[keyPath: time] else { continue }
                let later = hasDates ? (varying[keyPath: day] ?? first) - first : seconds < wrap ?? 0 ? 1 : 0
                instances[index].frames[frame].varying[keyPath: time] = seconds + 86400 * Double(later)
            }
        }
    }

    /// The time from which on undated times are those before midnight; `nil` when no gap of half a day tells it.
    private static func wrap(_ times: [Double]) -> Double? {
        let sorted = times.sorted()
        return zip(sorted, sorted.dropFirst()).first { $1 - $0 > 43200 }?.1
    }
}
