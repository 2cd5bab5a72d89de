/// A point in time, in seconds since 1 March of year 0 by the Gregorian calendar, without time zone.
struct ClockTime: Sendable, Hashable {
    let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    /// The midnight before.
    var dayStart: Double { (seconds / 86400).rounded(.down) * 86400 }

    /// A date (DA, `YYYYMMDD`) and a time (TM, `HHMMSS.F`); `nil` when one is missing or cannot be read.
    init?(date: String?, time: String?) {
        guard let date, let time, let day = Self.day(date), let seconds = Self.secondsOfDay(time) else { return nil }
        self.seconds = Double(day) * 86400 + seconds
    }

    /// A date with time (DT, `YYYYMMDDHHMMSS.F&ZZXX`); a time zone is not applied, see ``offset(ending:)``.
    init?(dateTime: String) {
        let text = dateTime.prefix { $0 != "+" && $0 != "-" }
        guard text.utf8.count >= 10 else { return nil }
        self.init(date: String(text.prefix(8)), time: String(text.dropFirst(8)))
    }

    /// The seconds that a time zone (`+HHMM`, `-HHMM`) at the end of a text is ahead of UTC; `nil` where there is none.
    static func offset(ending text: String) -> Double? {
        guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return nil }
        let digits = text[sign...].dropFirst()
        guard digits.utf8.count == 4, let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)),
            (0...14).contains(hours), (0..<60).contains(minutes)
        else { return nil }
        return Double(hours * 3600 + minutes * 60) * (text[sign] == "-" ? -1 : 1)
    }

    /// Seconds since midnight of a time (TM): hours, then minutes and seconds where present.
    static func secondsOfDay(_ text: String) -> Double? {
        let digits = text.filter { $0 != ":" }
        let whole = digits.prefix { $0 != "." }
        guard whole.utf8.count >= 2, whole.utf8.count <= 6, whole.utf8.count.isMultiple(of: 2) else { return nil }
        let parts = stride(from: 0, to: whole.utf8.count, by: 2).map { Double(whole.dropFirst($0).prefix(2)) }
        guard let hours = parts[0] else { return nil }
        let minutes = parts.count > 1 ? parts[1] : 0
        let seconds = parts.count > 2 ? Double(digits.dropFirst(4)) : 0
        guard let minutes, let seconds, hours < 24, minutes < 60, seconds < 61, hours >= 0, minutes >= 0, seconds >= 0
        else { return nil }
        return hours * 3600 + minutes * 60 + seconds
    }

    /// Days since 1 March of year 0 of a date (DA).
    static func day(_ text: String) -> Int? {
        let digits = text.filter { $0 != "." }
        guard digits.utf8.count == 8, let year = Int(digits.prefix(4)), let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2)), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthFromMarch + 2) / 5 + day - 1
    }
}

extension ClockTime: CustomStringConvertible {
    /// Year, month, day, hour, minute and second.
    var description: String {
        let whole = Int(seconds.rounded(.down))
        let (days, time) = (whole / 86400, whole % 86400)
        // Cycles of 400 years, centuries, four years and years, all from March on.
        let cycle = days % 146_097
        let year = (cycle - cycle / 1460 + cycle / 36_524 - cycle / 146_096) / 365
        let day = cycle - (365 * year + year / 4 - year / 100)
        let month = (5 * day + 2) / 153
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let date = [
            days / 146_097 * 400 + year + (month > 9 ? 1 : 0), (month + 2) % 12 + 1, day - (153 * month + 2) / 5 + 1,
        ]
        return date.map(two).joined(separator: "-") + " "
            + [time / 3600, time / 60 % 60, time % 60].map(two).joined(separator: ":")
    }
}
