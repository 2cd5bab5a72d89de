import ImageCore

extension ByteSource {
    /// Reads samples that are written as text, between blanks, commas or line ends.
    ///
    /// - Parameters:
    ///   - offset: Where the text begins.
    ///   - kind: The type of the samples.
    ///   - target: Memory for them; it must be filled.
    /// - Throws: `truncated` when there are fewer, `corrupt` for what is no number of the type.
    func readText(at offset: Int, kind: ScalarKind, into target: inout MutableRawSpan) throws(FormatError) {
        switch kind {
        case .int8: try readText(offset, into: &target) { Int8($0) }
        case .int16: try readText(offset, into: &target) { Int16($0) }
        case .int32: try readText(offset, into: &target) { Int32($0) }
        case .int64: try readText(offset, into: &target) { Int64($0) }
        case .bool, .uint8: try readText(offset, into: &target) { UInt8($0) }
        case .uint16: try readText(offset, into: &target) { UInt16($0) }
        case .uint32: try readText(offset, into: &target) { UInt32($0) }
        case .uint64: try readText(offset, into: &target) { UInt64($0) }
        case .float16: try readText(offset, into: &target) { Float16($0) }
        case .float32: try readText(offset, into: &target) { Float($0) }
        case .float64: try readText(offset, into: &target) { Double($0) }
        }
    }

    private func readText<Number: BitwiseCopyable>(
        _ offset: Int, into target: inout MutableRawSpan, parse: (String) -> Number?
    ) throws(FormatError) {
        let text = try bytes(at: offset, count: count - min(offset, count))
        let size = MemoryLayout<Number>.size
        var (position, filled) = (0, 0)
        func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x2C }
        while filled < target.byteCount {
            while position < text.count, isBlank(text[position]) { position += 1 }
            let start = position
            while position < text.count, !isBlank(text[position]) { position += 1 }
            guard position > start else {
                throw FormatError(
                    .truncated, file: name, place: "offset \(offset + position)",
                    expected: "\(target.byteCount / size) numbers", found: "\(filled / size)")
            }
            let word = String(decoding: text[start..<min(position, start + 64)], as: UTF8.self)
            guard let number = parse(word) else {
                throw FormatError(
                    .corrupt, file: name, place: "offset \(offset + start)",
                    expected: "a number of type \(Number.self)", found: word)
            }
            target.storeBytes(of: number, toByteOffset: filled, as: Number.self)
            filled += size
        }
    }
}

extension ByteSource {
    /// Reads bytes that are written as two hexadecimal digits each; blanks and line ends do not matter.
    ///
    /// - Throws: `truncated` when there are fewer, `corrupt` for another character.
    func readHex(at offset: Int, into target: inout MutableRawSpan) throws(FormatError) {
        let text = try bytes(at: offset, count: count - min(offset, count))
        var (position, filled, high) = (0, 0, UInt8?.none)
        while filled < target.byteCount {
            guard position < text.count else {
                throw FormatError(
                    .truncated, file: name, place: "offset \(offset + position)",
                    expected: "\(target.byteCount) bytes", found: "\(filled)")
            }
            let byte = text[position]
            position += 1
            if byte <= 0x20 { continue }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw FormatError(
                    .corrupt, file: name, place: "offset \(offset + position - 1)", expected: "a hexadecimal digit",
                    found: "byte \(byte)")
            }
            if let first = high {
                target.storeBytes(of: first << 4 | UInt8(digit), toByteOffset: filled, as: UInt8.self)
                filled += 1
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
    }
}
