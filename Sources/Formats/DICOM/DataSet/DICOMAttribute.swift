/// One attribute of a DICOM object with its value.
public struct DICOMAttribute: Sendable, Hashable {
    /// The number of the attribute.
    public var tag: DICOMTag
    /// The type of the value.
    public var vr: DICOMVR
    /// The keyword of the dictionary (PS3.6), such as `PatientName`; `nil` for what the dictionary does not have.
    public var keyword: String?
    /// Bytes of the value as the file states them; `nil` for a length that is left open.
    public var length: Int?
    /// The value.
    public var value: DICOMValue

    /// An attribute by its parts.
    public init(_ tag: DICOMTag, _ vr: DICOMVR, _ value: DICOMValue, keyword: String? = nil, length: Int? = nil) {
        self.tag = tag
        self.vr = vr
        self.value = value
        self.keyword = keyword
        self.length = length
    }
}

/// What an attribute holds.
public enum DICOMValue: Sendable, Hashable {
    /// Nothing.
    case empty
    /// Texts, without padding, in Unicode; DS and IS are texts, too.
    case text([String])
    /// Binary whole numbers: US, SS, UL, SL, SV, and the words of OW and OL.
    case integers([Int])
    /// Binary whole numbers of 64 bits without sign: UV, OV.
    case unsigned([UInt64])
    /// Binary decimal numbers: FL, FD, OF, OD.
    case decimals([Double])
    /// Numbers of attributes: AT.
    case tags([DICOMTag])
    /// Bytes: OB and UN.
    case bytes([UInt8])
    /// The items of a sequence.
    case items([DICOMItem])
    /// Pixel data, or a value longer than what is loaded.
    case notLoaded
}

/// The attributes of a data set or of one item of a sequence.
public struct DICOMItem: Sendable, Hashable {
    /// The attributes in the order of the file.
    public var attributes: [DICOMAttribute]
    /// Where the item starts in the file, when it is known and the file is not deflated.
    public var offset: Int?

    /// An item by its attributes.
    public init(_ attributes: [DICOMAttribute] = [], offset: Int? = nil) {
        self.attributes = attributes
        self.offset = offset
    }

    /// The first attribute of that number.
    ///
    /// - Complexity: linear in the number of attributes.
    public func attribute(_ tag: DICOMTag) -> DICOMAttribute? { attributes.first { $0.tag == tag } }

    /// The texts of an attribute; none when it is absent or holds no text.
    public func texts(_ tag: DICOMTag) -> [String] {
        if case .text(let texts) = attribute(tag)?.value { return texts }
        return []
    }

    /// The first text of an attribute; `nil` when it is absent or empty.
    public func text(_ tag: DICOMTag) -> String? { texts(tag).first.flatMap { $0.isEmpty ? nil : $0 } }

    /// The whole numbers of an attribute, binary or IS; none when it is absent or holds something else.
    public func integers(_ tag: DICOMTag) -> [Int] {
        switch attribute(tag)?.value {
        case .integers(let numbers): numbers
        case .text(let texts): texts.compactMap { Int($0) }
        default: []
        }
    }

    /// The items of a sequence; none when it is absent.
    public func items(_ tag: DICOMTag) -> [DICOMItem] {
        if case .items(let items) = attribute(tag)?.value { return items }
        return []
    }
}
