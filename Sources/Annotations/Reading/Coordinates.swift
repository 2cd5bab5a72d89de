import Formats
import ImageCore

/// Turns the text of coordinates into numbers, and says where one is none.
struct CoordinateParser {
    let file: String

    /// No slide is larger; a number beyond is a mistake, and would make room for overflow.
    static let limit = 1e9

    /// A finite number of at most 10⁹ in magnitude; a decimal comma is taken for a point.
    func number(_ text: String?, _ what: String, place: String) throws(FormatError) -> Double {
        guard let text else {
            throw FormatError(.corrupt, file: file, place: place, expected: "a coordinate \(what)", found: "none")
        }
        guard let value = Self.decimal(text) else {
            throw FormatError(
                .corrupt, file: file, place: place, expected: "a number for \(what)", found: "\"\(text.prefix(40))\"")
        }
        return try checked(value, what, place: place)
    }

    /// The number, when it is finite and within the limit.
    func checked(_ value: Double, _ what: String, place: String) throws(FormatError) -> Double {
        guard value.isFinite, abs(value) <= Self.limit else {
            throw FormatError(
                .corrupt, file: file, place: place, expected: "\(what) between -1e9 and 1e9", found: "\(value)")
        }
        return value
    }

    /// The text as a number: digits, sign, point or comma, exponent; spaces around are dropped.
    ///
    /// `nan` and `inf` are numbers here, so that the error can say that they are out of range.
    static func decimal(_ text: some StringProtocol) -> Double? {
        let trimmed = text.utf8.drop { $0 == 32 || $0 == 9 }.reversed().drop { $0 == 32 || $0 == 9 }.reversed()
        let bytes = trimmed.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        guard let first = bytes.first, !bytes.contains(UInt8(ascii: "x")), !bytes.contains(UInt8(ascii: "X")) else {
            return nil
        }
        guard first != UInt8(ascii: "+") || bytes.count > 1 else { return nil }
        return Double(String(decoding: bytes, as: UTF8.self))
    }
}

extension RGBColor {
    /// A color written `#RRGGBB`.
    init?(hexadecimal text: String) {
        guard text.utf8.count == 7, text.first == "#", let value = Int(text.dropFirst(), radix: 16) else { return nil }
        self.init(
            red: UInt8(value >> 16 & 255), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    }
}

extension Polygon {
    /// The ring without points that repeat the one before, and without a last point that repeats the first.
    static func ring(_ points: [Point]) -> [Point] {
        var ring: [Point] = []
        ring.reserveCapacity(points.count)
        for point in points where ring.last != point { ring.append(point) }
        while ring.count > 1, ring.last == ring.first { ring.removeLast() }
        return ring
    }
}
