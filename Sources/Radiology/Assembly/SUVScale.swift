import Formats
import Glibc

/// The factor from a PET volume's own unit to the standardized uptake value by body weight (g/ml), or why there is none.
///
/// Follows the vendor-neutral computation of the RSNA's QIBA FDG-PET/CT profile: activity concentration × body weight /
/// dose injected, the dose decayed to the time to which the images are corrected.
public enum SUVScale: Sendable, Hashable {
    /// Multiply the values of the volume with it.
    case factor(Double, Reference)
    /// There is none.
    case unavailable(Reason)

    /// What the factor rests on.
    public enum Reference: String, Sendable, Hashable {
        /// The values are SUV by body weight as stored (Units GML, SUV Type BW or none).
        case stored
        /// Dose decayed from injection to Series Date and Time.
        case seriesTime
        /// Dose decayed from injection to the earliest Acquisition Date and Time of the stack, at which its first frame begins:
        /// Decay Correction `START` counts from there, and Frame Reference Time (0054,1300) has no part in it.
        case acquisitionTime
        /// Dose decayed from injection to GE's private scan time (0009,100D).
        case privateScanTime
        /// The images are corrected to the time of administration: no decay.
        case administration
        /// Philips' own factor (7053,1000).
        case privateFactor
    }

    /// Why there is no factor.
    public enum Reason: Sendable, Hashable {
        /// An attribute is absent or cannot be read, by keyword.
        case missing(String)
        /// The unit has no way to activity concentration.
        case unit(String)
        /// The images lack a correction: `ATTN`, `DECY`, or Decay Correction is `NONE` or unknown.
        case uncorrected(String)
        /// The injection seems to be after the scan, or longer before it than activity lasts: more than 12 hours and six
        /// half-lives, or a week; the sentence names both.
        case implausibleTimes(String)
        /// A number that cannot be meant in the attribute's unit: a keyword with its tag, the number, what is expected.
        case implausible(String, value: Double, expected: String)
        /// An attribute that differs among the slices, in words.
        case conflicting(String)
    }
}

extension SUVScale.Reason {
    /// The reason in words.
    public var words: String {
        switch self {
        case .missing(let keyword): "\(keyword) is missing"
        case .unit(let unit): "the unit \(unit) cannot be converted"
        case .uncorrected(let what): "the images are not corrected: \(what)"
        case .implausibleTimes(let sentence): sentence
        case .implausible(let attribute, let value, let expected):
            "\(attribute) is \(short(value)), which is implausible: expected \(expected)"
        case .conflicting(let attribute): "the \(attribute) differs among the slices"
        }
    }
}

extension SUVScale {
    /// The factor for a stack of PET slices by the header of one of them and the times of all.
    init(_ dataSet: DICOMDataSet, series: DICOMSeries, stack: DICOMStack) {
        let facts = stack.frames.lazy.map { series.facts($0).varying }
        let earliest = facts.compactMap(\.acquisitionTimeSeconds).min()
        // The seconds count from the midnight before the first acquisition of the series.
        let day = series.instances.lazy.flatMap(\.frames).compactMap(\.varying.acquisitionDay).min()
        self = Self.scale(dataSet, earliestAcquisitionSeconds: earliest, day: day)
        guard case .factor(_, let reference) = self else { return }
        let instances = Set(stack.frames.map(\.instance)).map { series.instances[$0].positronFacts }
        let counting =
            reference == .stored ? PositronFacts.attributes.prefix(1) : PositronFacts.attributes[...]
        if let conflict = counting.first(where: { attribute in Set(instances.map { attribute.value($0) }).count > 1 }) {
            self = .unavailable(.conflicting(conflict.name))
        }
    }

    /// Doses below are no becquerels, but megabecquerels or millicuries.
    private static let leastDose = 1e4
    /// Half-lives below are no seconds, but minutes or hours: that of rubidium-82 is 76 s.
    private static let leastHalfLife = 60.0
    /// How long after the injection a scan may be, in seconds: 12 hours, or six half-lives where those are longer.
    private static func longestDelay(_ halfLife: Double) -> Double { min(7 * 86400, max(12 * 3600, 6 * halfLife)) }

    /// The factor by the attributes of one slice.
    ///
    /// - Parameters:
    ///   - dataSet: The root data set.
    ///   - earliestAcquisitionSeconds: Seconds after midnight at which the first slice of the series was acquired.
    ///   - day: The day of that midnight; that of the slice where it is not known.
    /// - Returns: The factor, or why there is none.
    static func scale(_ dataSet: DICOMDataSet, earliestAcquisitionSeconds: Double?, day: Int?) -> SUVScale {
        let earliest = earliestAcquisitionSeconds.map { (seconds: $0, day: day) }
        guard let units = dataSet.positronUnits else { return .unavailable(.missing("Units")) }
        if units == "GML" { return .factor(1, .stored) }
        let concentration = dataSet.numbers(.philipsActivityFactor, bytes: 8).first ?? 0
        if units == "CNTS" {
            if let factor = dataSet.numbers(.philipsSUVFactor, bytes: 8).first, factor > 0 {
                return .factor(factor, .privateFactor)
            }
            guard concentration > 0 else { return .unavailable(.unit(units)) }
        } else if units != "BQML" {
            return .unavailable(.unit(units))
        }
        let corrections = dataSet.texts(DICOMTag(0x0028, 0x0051)) ?? []
        for needed in ["ATTN", "DECY"] where !corrections.contains(needed) {
            return .unavailable(.uncorrected("CorrectedImage lacks \(needed)"))
        }
        return weighted(dataSet, earliest, becquerelsPerUnit: units == "CNTS" ? concentration : 1)
    }

    private static func weighted(
        _ dataSet: DICOMDataSet, _ earliest: (seconds: Double, day: Int?)?, becquerelsPerUnit: Double
    ) -> SUVScale {
        guard let weight = dataSet.double(DICOMTag(0x0010, 0x1030)), weight > 0, weight < 1000 else {
            return .unavailable(.missing("PatientWeight"))
        }
        guard let drug = dataSet.items(DICOMTag(0x0054, 0x0016)).first else {
            return .unavailable(.missing("RadiopharmaceuticalInformationSequence"))
        }
        guard let dose = drug.double(DICOMTag(0x0018, 0x1074)), dose > 0 else {
            return .unavailable(.missing("RadionuclideTotalDose"))
        }
        guard dose >= leastDose else {
            return .unavailable(
                .implausible("RadionuclideTotalDose (0018,1074)", value: dose, expected: "10000 Bq or more"))
        }
        let perDose = weight * 1000 * becquerelsPerUnit
        switch dataSet.text(DICOMTag(0x0054, 0x1102)) {
        case "ADMIN": return .factor(perDose / dose, .administration)
        case "START": break
        case let other: return .unavailable(.uncorrected("DecayCorrection is \(other ?? "missing")"))
        }
        guard let halfLife = drug.double(DICOMTag(0x0018, 0x1075)), halfLife > 0 else {
            return .unavailable(.missing("RadionuclideHalfLife"))
        }
        guard halfLife >= leastHalfLife else {
            return .unavailable(
                .implausible("RadionuclideHalfLife (0018,1075)", value: halfLife, expected: "60 s or more"))
        }
        guard let (scan, reference) = scanTime(dataSet, earliest) else { return .unavailable(.missing("SeriesTime")) }
        guard let injection = injectionTime(drug, scan: scan, dataSet) else {
            return .unavailable(.missing("RadiopharmaceuticalStartDateTime"))
        }
        let delay = scan - injection
        guard delay >= 0, delay <= longestDelay(halfLife) else {
            return .unavailable(
                .implausibleTimes(
                    "expected an injection at most \(short(longestDelay(halfLife) / 3600)) h before the scan at "
                        + "\(ClockTime(seconds: scan)), found one at \(ClockTime(seconds: injection))"))
        }
        return .factor(perDose / (dose * exp2(-delay / halfLife)), reference)
    }

    /// The time to which decay is corrected, in seconds.
    ///
    /// The series time, unless it is later than an acquisition: then the series was made afterwards from others.
    private static func scanTime(
        _ dataSet: DICOMDataSet, _ earliest: (seconds: Double, day: Int?)?
    ) -> (Double, Reference)? {
        if let text = dataSet.tag(.geScanDateTime).flatMap({ dataSet.text($0) }), let time = localTime(text, dataSet) {
            return (time.seconds, .privateScanTime)
        }
        let series = ClockTime(
            date: dataSet.text(DICOMTag(0x0008, 0x0021)), time: dataSet.text(DICOMTag(0x0008, 0x0031)))
        let date = dataSet.text(DICOMTag(0x0008, 0x0022)) ?? dataSet.text(DICOMTag(0x0008, 0x0021))
        var acquisition = ClockTime(date: date, time: dataSet.text(DICOMTag(0x0008, 0x0032)))
        if let earliest, let own = acquisition {
            let midnight = earliest.day.map { Double($0) * 86400 } ?? own.dayStart
            acquisition = ClockTime(seconds: min(own.seconds, midnight + earliest.seconds))
        }
        if let series, acquisition.map({ series.seconds <= $0.seconds }) ?? true {
            return (series.seconds, .seriesTime)
        }
        return acquisition.map { ($0.seconds, .acquisitionTime) }
    }

    /// A date with time in the time zone of the dates and times of a data set (0008,0201); as it stands where one of the
    /// two zones is not known.
    private static func localTime(_ text: String, _ dataSet: DICOMDataSet) -> ClockTime? {
        guard let time = ClockTime(dateTime: text) else { return nil }
        guard let own = ClockTime.offset(ending: text),
            let local = dataSet.text(DICOMTag(0x0008, 0x0201)).flatMap({ ClockTime.offset(ending: $0) })
        else { return time }
        return ClockTime(seconds: time.seconds - own + local)
    }

    /// The start of the injection in seconds: with its date where one is given, otherwise on the day of the scan, or the
    /// day before when that would be after it.
    private static func injectionTime(_ drug: DICOMDataSet, scan: Double, _ dataSet: DICOMDataSet) -> Double? {
        if let text = drug.text(DICOMTag(0x0018, 0x1078)), let time = localTime(text, dataSet) { return time.seconds }
        guard let text = drug.text(DICOMTag(0x0018, 0x1072)), let time = ClockTime.secondsOfDay(text) else {
            return nil
        }
        let sameDay = (scan / 86400).rounded(.down) * 86400 + time
        return sameDay <= scan ? sameDay : sameDay - 86400
    }
}
