import CDCMTKShim

/// Makes a tree of the flat list of nodes that the shim gives.
struct DICOMTreeBuilder {
    /// The open items, the root first.
    private var open = [DICOMItem()]
    /// Names of the items' sequences, for remarks.
    private(set) var problems: [String] = []

    /// Adds the next node.
    mutating func add(_ node: cdcmtk_node, value: UnsafeRawBufferPointer) {
        close(to: unsafe Int(node.depth) + 1)
        if unsafe node.form == UInt8(CDCMTK_ITEM.rawValue) {
            open.append(DICOMItem(offset: unsafe node.offset < 0 ? nil : Int(node.offset)))
            return
        }
        let tag = unsafe DICOMTag(rawValue: node.tag)
        let vr = unsafe DICOMVR(rawValue: node.vr)
        let length = unsafe node.length == .max ? nil : Int(node.length)
        if unsafe node.is_undecodable != 0 { note("\(tag) is in a character set that DCMTK cannot convert") }
        let keyword: String? = if let name = unsafe node.keyword { unsafe String(cString: name) } else { nil }
        open[open.count - 1].attributes.append(
            DICOMAttribute(
                tag, vr, unsafe self.value(Int(node.form), vr, value, isDecoded: node.is_undecodable == 0),
                keyword: keyword, length: length))
    }

    private mutating func note(_ problem: String) {
        if problems.count < 100 { problems.append(problem) }
    }

    /// The root, and an empty one for what follows.
    mutating func finish() -> DICOMItem {
        close(to: 1)
        defer { open = [DICOMItem()] }
        return open[0]
    }

    /// Puts the items that are deeper into their sequences.
    private mutating func close(to count: Int) {
        while open.count > count {
            let item = open.removeLast()
            let parent = open.count - 1
            let last = open[parent].attributes.count - 1
            // The items are taken out while they grow, so that they are not copied.
            guard last >= 0, case .items(var items) = open[parent].attributes[last].value else { continue }
            open[parent].attributes[last].value = .empty
            items.append(item)
            open[parent].attributes[last].value = .items(items)
        }
    }

    private func value(_ form: Int, _ vr: DICOMVR, _ bytes: UnsafeRawBufferPointer, isDecoded: Bool) -> DICOMValue {
        switch UInt32(form) {
        case CDCMTK_TEXT.rawValue: .text(unsafe texts(vr, bytes, isDecoded: isDecoded))
        case CDCMTK_NUMBERS.rawValue: unsafe numbers(vr, bytes)
        case CDCMTK_BYTES.rawValue: .bytes(unsafe Array(bytes))
        case CDCMTK_NOT_LOADED.rawValue: .notLoaded
        case CDCMTK_SEQUENCE.rawValue: .items([])
        default: .empty
        }
    }

    private func texts(_ vr: DICOMVR, _ bytes: UnsafeRawBufferPointer, isDecoded: Bool) -> [String] {
        let set = isDecoded ? nil : characterSet
        return unsafe DICOMText.split(Array(bytes)[...], at: vr.hasSeveralTexts).map {
            set?.decode($0) ?? String(decoding: DICOMText.trimmed($0), as: UTF8.self)
        }
    }

    /// What the innermost item around that names a character set says.
    private var characterSet: DICOMCharacterSet {
        for item in open.reversed() where item.attribute(.specificCharacterSet) != nil {
            return DICOMCharacterSet(names: item.texts(.specificCharacterSet).joined(separator: "\\"))
        }
        return .standard
    }

    private func numbers(_ vr: DICOMVR, _ bytes: UnsafeRawBufferPointer) -> DICOMValue {
        switch vr {
        case .us, .ow: .integers(unsafe load(UInt16.self, bytes).map { Int($0) })
        case .ss: .integers(unsafe load(Int16.self, bytes).map { Int($0) })
        case .ul, .ol: .integers(unsafe load(UInt32.self, bytes).map { Int($0) })
        case .sl: .integers(unsafe load(Int32.self, bytes).map { Int($0) })
        case .sv: .integers(unsafe load(Int64.self, bytes).map { Int($0) })
        case .uv, .ov: .unsigned(unsafe load(UInt64.self, bytes))
        case .fl, .of: .decimals(unsafe load(Float.self, bytes).map { Double($0) })
        case .fd, .od: .decimals(unsafe load(Double.self, bytes))
        case .at: .tags(unsafe tags(load(UInt16.self, bytes)))
        default: .bytes(unsafe Array(bytes))
        }
    }

    private func load<Number: BitwiseCopyable>(_ type: Number.Type, _ bytes: UnsafeRawBufferPointer) -> [Number] {
        let size = MemoryLayout<Number>.size
        return (0..<bytes.count / size).map {
            unsafe bytes.loadUnaligned(fromByteOffset: $0 * size, as: Number.self)
        }
    }

    private func tags(_ words: [UInt16]) -> [DICOMTag] {
        (0..<words.count / 2).map { DICOMTag(words[2 * $0], words[2 * $0 + 1]) }
    }
}
