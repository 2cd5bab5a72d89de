extension DICOMDataSet {
    /// The first text of a value, without padding; `nil` when the attribute is absent or its first text empty.
    public func text(_ tag: DICOMTag) -> String? {
        guard let element = element(tag), element.length > 0, let raw = value(of: element) else { return nil }
        let vr = resolvedVR(element)
        if vr.binarySize != nil { return numbers(vr, raw, { $0.text }).first }
        let end = vr.hasSeveralTexts ? raw.firstIndex(of: DICOMText.separator) ?? raw.endIndex : raw.endIndex
        let text = decoded(raw[..<end], vr)
        return text.isEmpty ? nil : text
    }

    /// The texts of a value, split at backslashes, without padding, decoded by the data set's character set.
    ///
    /// Numbers of binary types are given in decimal. `nil` when the attribute is absent or empty.
    public func texts(_ tag: DICOMTag) -> [String]? {
        guard let element = element(tag), element.length > 0, let raw = value(of: element) else { return nil }
        let vr = resolvedVR(element)
        if vr.binarySize != nil { return numbers(vr, raw) { $0.text } }
        return DICOMText.split(raw, at: vr.hasSeveralTexts).map { decoded($0, vr) }
    }

    private func decoded(_ piece: ArraySlice<UInt8>, _ vr: DICOMVR) -> String {
        vr.usesCharacterSet ? characterSet.decode(piece) : String(decoding: DICOMText.trimmed(piece), as: UTF8.self)
    }

    /// The first whole number of a value.
    public func integer(_ tag: DICOMTag) -> Int? { integers(tag).first }

    /// The whole numbers of a value; none when the attribute is absent or one of them is no whole number.
    ///
    /// Text such as `14.0` is taken for 14.
    public func integers(_ tag: DICOMTag) -> [Int] {
        guard let element = element(tag), element.length > 0, let raw = value(of: element) else { return [] }
        let found = numbers(resolvedVR(element), raw) { $0.integer }
        let known = found.compactMap(\.self)
        return known.count == found.count ? known : []
    }

    /// The first number of a value.
    public func double(_ tag: DICOMTag) -> Double? { doubles(tag).first }

    /// The numbers of a value; none when the attribute is absent or one of them is no finite number.
    public func doubles(_ tag: DICOMTag) -> [Double] {
        guard let element = element(tag), element.length > 0, let raw = value(of: element) else { return [] }
        let found = numbers(resolvedVR(element), raw) { $0.double }
        return found.allSatisfy(\.isFinite) ? found : []
    }

    /// The text of a value that should be numbers where one of them is no finite number, or where they are others than
    /// they should be.
    ///
    /// - Parameters:
    ///   - tag: The attribute.
    ///   - isRight: Whether finite numbers are what they should be.
    /// - Returns: At most 64 characters; `nil` when the attribute is absent, empty, or right.
    public func invalidNumbers(
        _ tag: DICOMTag, unless isRight: ([Double]) -> Bool = { _ in true }
    ) -> String? {
        guard let element = element(tag), element.length > 0, let raw = value(of: element) else { return nil }
        let vr = resolvedVR(element)
        let found = numbers(vr, raw) { $0.double }
        guard !found.allSatisfy(\.isFinite) || !isRight(found) else { return nil }
        let text =
            vr.binarySize != nil
            ? found.map { String($0) }.joined(separator: "\\") : String(decoding: DICOMText.trimmed(raw), as: UTF8.self)
        return text.isEmpty ? nil : String(text.prefix(64))
    }

    /// The VR that decides how a value is read: the file's, or the dictionary's where the file leaves it open.
    private func resolvedVR(_ element: DICOMElement) -> DICOMVR {
        if !encoding.isExplicitVR, element.tag.isSignedAsPixels, bytes(.pixelRepresentation)?.first == 1 { return .ss }
        return element.vr == .un ? DICOMVR.standard(for: element.tag) ?? .un : element.vr
    }

    private func numbers<Value>(
        _ vr: DICOMVR, _ raw: ArraySlice<UInt8>, _ value: (DICOMNumber) -> Value
    ) -> [Value] {
        if let size = vr.binarySize {
            let numbers = DICOMBinary(bytes: raw, isBigEndian: encoding.isBigEndian)
            return stride(from: raw.startIndex, through: raw.endIndex - size, by: size).map {
                value(numbers.number($0, vr))
            }
        }
        let text = raw.span
        var values: [Value] = []
        var start = 0
        for end in 0...text.count where end == text.count || text[end] == DICOMText.separator {
            values.append(value(DICOMNumber(text.extracting(DICOMText.trimmed(text, start..<end)))))
            start = end + 1
        }
        return values
    }
}

extension DICOMTag {
    /// Whether PS3.6 says "US or SS", decided by Pixel Representation: smallest and largest pixel values, padding.
    fileprivate var isSignedAsPixels: Bool {
        group == 0x0028 && ((0x0104...0x0111).contains(element) || element == 0x0120 || element == 0x0121)
    }
}

extension DICOMVR {
    /// Bytes of one number of a binary VR; `nil` for texts.
    var binarySize: Int? {
        switch self {
        case .ob: 1
        case .us, .ss, .ow: 2
        case .ul, .sl, .fl, .of, .ol, .at: 4
        case .uv, .sv, .fd, .od, .ov: 8
        default: nil
        }
    }
}
