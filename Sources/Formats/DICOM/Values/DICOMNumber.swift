/// One number of a value: whole or not.
enum DICOMNumber {
    case whole(Int)
    case decimal(Double)
    case none

    /// Text of the VRs DS and IS.
    init(_ text: ArraySlice<UInt8>) {
        let string = String(decoding: text, as: UTF8.self)
        if let whole = Int(string) {
            self = .whole(whole)
        } else if let value = Double(string) {
            self = .decimal(value)
        } else {
            self = .none
        }
    }

    /// A binary number.
    init(_ block: DICOMBlock, at offset: Int, _ vr: DICOMVR, isBigEndian big: Bool) {
        switch vr {
        case .ob: self = .whole(Int(block.bytes[offset]))
        case .us, .ow: self = .whole(Int(block.uint16(offset, bigEndian: big)))
        case .ss: self = .whole(Int(Int16(bitPattern: block.uint16(offset, bigEndian: big))))
        case .ul, .ol: self = .whole(Int(block.uint32(offset, bigEndian: big)))
        case .at: self = .whole(Int(block.tag(offset, bigEndian: big).rawValue))
        case .sl: self = .whole(Int(Int32(bitPattern: block.uint32(offset, bigEndian: big))))
        case .fl, .of: self = .decimal(Double(Float(bitPattern: block.uint32(offset, bigEndian: big))))
        case .fd, .od: self = .decimal(Double(bitPattern: Self.uint64(block, offset, big)))
        case .sv: self = .whole(Int(Int64(bitPattern: Self.uint64(block, offset, big))))
        default: self = Int(exactly: Self.uint64(block, offset, big)).map { .whole($0) } ?? .none
        }
    }

    private static func uint64(_ block: DICOMBlock, _ offset: Int, _ big: Bool) -> UInt64 {
        let first = UInt64(block.uint32(offset, bigEndian: big))
        let second = UInt64(block.uint32(offset + 4, bigEndian: big))
        return big ? first << 32 | second : second << 32 | first
    }

    var integer: Int? {
        switch self {
        case .whole(let value): value
        case .decimal(let value): Int(exactly: value)
        case .none: nil
        }
    }

    var double: Double {
        switch self {
        case .whole(let value): Double(value)
        case .decimal(let value): value
        case .none: .nan
        }
    }

    var text: String {
        switch self {
        case .whole(let value): String(value)
        case .decimal(let value): String(value)
        case .none: ""
        }
    }
}
