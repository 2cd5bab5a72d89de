import Formats

extension DICOMDataSet {
    /// The numbers of a private attribute, which may come without VR: then text, or binary numbers of a size.
    ///
    /// The size is 2 for unsigned, 4 for Float, 8 for Double; byte order little endian, where no VR is given.
    func privateNumbers(_ tag: DICOMTag, bytes size: Int) -> [Double] {
        guard let element = element(tag), element.length > 0, element.length <= 8192 else { return [] }
        let numbers = doubles(tag)
        if element.vr != .un && element.vr != .ob { return numbers }
        guard let raw = bytes(tag) else { return [] }
        if element.vr == .un, !numbers.isEmpty, raw.allSatisfy({ $0 < 0x7F }) { return numbers }
        guard raw.count.isMultiple(of: size) else { return [] }
        return stride(from: 0, to: raw.count, by: size).map { start in
            let bits = raw[start..<(start + size)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            switch size {
            case 2: return Double(bits)
            case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
            default: return Double(bitPattern: bits)
            }
        }.filter(\.isFinite)
    }

    /// Three numbers as a vector.
    func vector(_ tag: DICOMTag) -> SIMD3<Double>? {
        let values = doubles(tag)
        return values.count == 3 ? SIMD3(values[0], values[1], values[2]) : nil
    }

    /// Seconds since midnight of a time (TM) or a date with time (DT); PS3.5 6.2.
    func seconds(_ tag: DICOMTag) -> Double? {
        guard let text = text(tag) else { return nil }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ":") }.filter { $0 != ":" }
        let whole = digits.prefix { $0 != "." }
        let clock = whole.count > 6 ? digits.dropFirst(8) : digits[...]
        guard let hours = Double(clock.prefix(2)) else { return nil }
        let minutes = Double(clock.dropFirst(2).prefix(2)) ?? 0
        return hours * 3600 + minutes * 60 + (Double(clock.dropFirst(4)) ?? 0)
    }
}
