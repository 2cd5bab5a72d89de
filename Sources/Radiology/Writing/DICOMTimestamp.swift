import Foundation

/// A date and a time of day for a written object, in local time.
public struct DICOMTimestamp: Sendable, Hashable {
    /// `YYYYMMDD`, as VR DA has it.
    public let date: String
    /// `HHMMSS`, as VR TM has it.
    public let time: String

    /// A moment by its parts, which are taken as they are.
    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        date = Self.digits(year, 4) + Self.digits(month, 2) + Self.digits(day, 2)
        time = Self.digits(hour, 2) + Self.digits(minute, 2) + Self.digits(second, 2)
    }

    /// The present moment.
    public static var now: DICOMTimestamp {
        let parts = Calendar(identifier: .gregorian).dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: Date())
        return DICOMTimestamp(
            year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1, hour: parts.hour ?? 0,
            minute: parts.minute ?? 0, second: parts.second ?? 0)
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(max(0, number))
        return String(repeating: "0", count: max(0, count - text.count)) + text.suffix(count)
    }
}
