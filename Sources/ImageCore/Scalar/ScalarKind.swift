/// The type of one sample, as a value that can be stored, compared and printed.
public enum ScalarKind: String, Sendable, Hashable, CaseIterable, Codable {
    case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64

    /// Bytes that one sample takes in memory.
    public var byteCount: Int {
        switch self {
        case .bool, .int8, .uint8: 1
        case .int16, .uint16, .float16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// Whether samples are IEEE 754 numbers.
    public var isFloatingPoint: Bool { self == .float16 || self == .float32 || self == .float64 }

    /// Whether samples can be negative.
    public var isSigned: Bool {
        switch self {
        case .bool, .uint8, .uint16, .uint32, .uint64: false
        case .int8, .int16, .int32, .int64, .float16, .float32, .float64: true
        }
    }
}
