/// The bytes of elements in explicit VR little endian.
struct DICOMElementEncoding {
    /// The name for errors.
    let file: String
    var bytes: [UInt8] = []

    init(file: String) { self.file = file }

    /// Appends the elements of a data set or an item.
    mutating func append(_ item: DICOMItem) throws(FormatError) {
        for attribute in item.attributes { try append(attribute) }
    }

    private mutating func append(_ attribute: DICOMAttribute) throws(FormatError) {
        let value = try DICOMValueEncoding(attribute, file: file).bytes
        let most = attribute.vr.hasLongLength ? Self.mostBytes : 0xFFFE
        guard value.count <= most else {
            throw FormatError(
                .limitExceeded, file: file, place: "\(attribute.tag)", expected: "at most \(most) bytes",
                found: "\(value.count)")
        }
        appendHead(attribute.tag, attribute.vr, count: value.count)
        bytes += value
    }

    /// Bytes that a value can have at most: lengths are even and below 2³² − 1.
    private static let mostBytes = 0xFFFF_FFFE

    /// Appends tag, VR and length of the pixel data, rounded up to an even length.
    mutating func appendPixelHead(count: Int, isWide: Bool) throws(FormatError) {
        guard count <= Self.mostBytes else {
            throw FormatError(
                .limitExceeded, file: file, place: "\(DICOMTag.pixelData)",
                expected: "at most \(Self.mostBytes) bytes", found: "\(count)")
        }
        appendHead(.pixelData, isWide ? .ow : .ob, count: count + count % 2)
    }

    private mutating func appendHead(_ tag: DICOMTag, _ vr: DICOMVR, count: Int) {
        bytes.append(little: tag.group)
        bytes.append(little: tag.element)
        bytes.append(little: vr.rawValue.byteSwapped)
        if vr.hasLongLength {
            bytes.append(little: UInt16(0))
            bytes.append(little: UInt32(truncatingIfNeeded: count))
        } else {
            bytes.append(little: UInt16(truncatingIfNeeded: count))
        }
    }
}

/// The bytes of one value, of even length.
private struct DICOMValueEncoding {
    let attribute: DICOMAttribute
    let file: String
    private(set) var bytes: [UInt8] = []

    init(_ attribute: DICOMAttribute, file: String) throws(FormatError) {
        self.attribute = attribute
        self.file = file
        try encode()
        if !bytes.count.isMultiple(of: 2) { bytes.append(padding) }
    }

    private var padding: UInt8 { [.ui, .ob, .un].contains(attribute.vr) ? 0 : 0x20 }

    private func refuse(_ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: file, place: "\(attribute.tag)", expected: expected, found: found)
    }

    private var mismatch: FormatError { refuse("a value of VR \(attribute.vr)", "another kind of value") }

    private mutating func encode() throws(FormatError) {
        switch attribute.value {
        case .empty: break
        case .text(let texts): try encode(texts)
        case .integers(let numbers): try encode(numbers)
        case .decimals(let numbers): try encode(numbers)
        case .unsigned(let numbers):
            guard attribute.vr == .uv || attribute.vr == .ov else { throw mismatch }
            for number in numbers { bytes.append(little: number) }
        case .tags(let tags):
            guard attribute.vr == .at else { throw mismatch }
            for tag in tags {
                bytes.append(little: tag.group)
                bytes.append(little: tag.element)
            }
        case .bytes(let value):
            guard [.ob, .ow, .un].contains(attribute.vr) else { throw mismatch }
            bytes = value
        case .items(let items): try encode(items)
        case .notLoaded: throw refuse("a value", "one that was not loaded")
        }
    }

    private mutating func encode(_ texts: [String]) throws(FormatError) {
        guard let rule = DICOMTextRule(attribute.vr) else { throw mismatch }
        for text in texts {
            if let problem = rule.problem(text, attribute.vr) { throw refuse(problem.expected, problem.found) }
        }
        bytes = Array(texts.joined(separator: "\\").utf8)
    }

    private mutating func encode(_ items: [DICOMItem]) throws(FormatError) {
        guard attribute.vr == .sq else { throw mismatch }
        for item in items {
            var encoding = DICOMElementEncoding(file: file)
            try encoding.append(item)
            guard encoding.bytes.count < Int(UInt32.max) else { throw refuse("an item below 4 GiB", "a larger one") }
            bytes += [0xFE, 0xFF, 0x00, 0xE0]
            bytes.append(little: UInt32(truncatingIfNeeded: encoding.bytes.count))
            bytes += encoding.bytes
        }
    }

    private mutating func encode(_ numbers: [Int]) throws(FormatError) {
        switch attribute.vr {
        case .is: try encode(numbers.map { String($0) })
        case .ds: try encode(numbers.map { DICOMDecimal.text(Double($0)) })
        case .us, .ow: for number in numbers { bytes.append(little: try exactly(number, UInt16.self)) }
        case .ss: for number in numbers { bytes.append(little: try exactly(number, Int16.self)) }
        case .ul, .ol: for number in numbers { bytes.append(little: try exactly(number, UInt32.self)) }
        case .sl: for number in numbers { bytes.append(little: try exactly(number, Int32.self)) }
        case .sv: for number in numbers { bytes.append(little: Int64(number)) }
        default: throw mismatch
        }
    }

    private func exactly<Number: FixedWidthInteger>(_ number: Int, _: Number.Type) throws(FormatError) -> Number {
        guard let fitting = Number(exactly: number) else {
            throw refuse("\(Number.min) to \(Number.max) (\(attribute.vr))", "\(number)")
        }
        return fitting
    }

    private mutating func encode(_ numbers: [Double]) throws(FormatError) {
        switch attribute.vr {
        case .ds:
            if let odd = numbers.first(where: { !$0.isFinite }) { throw refuse("a finite number", "\(odd)") }
            try encode(numbers.map { DICOMDecimal.text($0) })
        case .fl, .of: for number in numbers { bytes.append(little: Float(number).bitPattern) }
        case .fd, .od: for number in numbers { bytes.append(little: number.bitPattern) }
        default: throw mismatch
        }
    }
}

extension [UInt8] {
    /// Appends a number, its least significant byte first.
    fileprivate mutating func append<Number: FixedWidthInteger>(little number: Number) {
        for byte in 0..<Number.bitWidth / 8 { append(UInt8(truncatingIfNeeded: number >> Number(8 * byte))) }
    }
}
