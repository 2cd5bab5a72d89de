import ImageCore

/// The type of a voxel by its code in the header.
struct NIfTIDatatype: Sendable, Hashable {
    let code: Int
    let kind: ScalarKind
    /// 1, or 3 and 4 for colors.
    var channels = 1

    /// Every type that is read.
    static let all: [NIfTIDatatype] = [
        NIfTIDatatype(code: 2, kind: .uint8), NIfTIDatatype(code: 4, kind: .int16),
        NIfTIDatatype(code: 8, kind: .int32), NIfTIDatatype(code: 16, kind: .float32),
        NIfTIDatatype(code: 64, kind: .float64), NIfTIDatatype(code: 128, kind: .uint8, channels: 3),
        NIfTIDatatype(code: 256, kind: .int8), NIfTIDatatype(code: 512, kind: .uint16),
        NIfTIDatatype(code: 768, kind: .uint32), NIfTIDatatype(code: 1024, kind: .int64),
        NIfTIDatatype(code: 1280, kind: .uint64), NIfTIDatatype(code: 2304, kind: .uint8, channels: 4),
    ]

    /// The names of the types that are not read.
    private static let others = [
        0: "unknown", 1: "1-bit", 32: "complex64", 1536: "float128", 1792: "complex128", 2048: "complex256",
    ]

    /// The type of a code.
    ///
    /// - Throws: `unsupported` for complex numbers, 128-bit numbers and bits, `corrupt` for codes without a meaning.
    static func named(_ code: Int, file: String) throws(FormatError) -> NIfTIDatatype {
        if let found = all.first(where: { $0.code == code }) { return found }
        let name = others[code]
        throw FormatError(
            name == nil ? .corrupt : .unsupported, file: file, place: "datatype",
            expected: "integers of 8 to 64 bits, float32, float64, RGB24 or RGBA32",
            found: name.map { "\($0) (\(code))" } ?? "\(code)")
    }

    /// The type that samples are written as.
    static func writing(_ kind: ScalarKind, channels: Int = 1) -> NIfTIDatatype {
        let stored: ScalarKind = kind == .bool ? .uint8 : kind == .float16 ? .float32 : kind
        guard let found = all.first(where: { $0.kind == stored && $0.channels == channels }) else {
            preconditionFailure("every scalar has a type, uint8 has those of colors")
        }
        return found
    }

    /// Bytes of a voxel.
    var byteCount: Int { kind.byteCount * channels }
}
