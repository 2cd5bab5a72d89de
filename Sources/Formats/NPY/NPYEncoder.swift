public import ImageCore

/// Writes NumPy's files of one array: format version 1.0, little-endian, C order, every scalar.
///
/// Sizes are those of the image in its own order of axes; color, domain, geometry and metadata have no place in the format.
/// The format is described in NumPy's `numpy.lib.format` (NEP 1).
public enum NPYEncoder {
    /// The bytes of a file.
    public static func encode(_ image: AnyImage) -> [UInt8] { image.accept(Encode()) }

    /// The bytes of a file of a typed image.
    public static func encode<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt8] { encode(AnyImage(image)) }

    /// Writes a file, which appears under its name only when it is whole.
    ///
    /// - Throws: `inputOutput` when the file cannot be written.
    public static func write(_ image: AnyImage, to path: String) throws(FormatError) {
        try AtomicFile.write(encode(image), to: path)
    }

    /// Writes a file of a typed image; see ``write(_:to:)-(AnyImage,String)``.
    public static func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to path: String) throws(FormatError) {
        try write(AnyImage(image), to: path)
    }

    /// What stands before the samples: its length is a multiple of 64.
    ///
    /// - Parameters:
    ///   - kind: The type of the samples.
    ///   - sizes: The lengths of the axes, slowest first; none for a single number.
    /// - Returns: Magic number, version, length and dictionary.
    /// - Precondition: fewer axes than 65,535 bytes can name.
    public static func header(_ kind: ScalarKind, sizes: [Int]) -> [UInt8] {
        let shape = sizes.count == 1 ? "(\(sizes[0]),)" : "(" + sizes.map(String.init).joined(separator: ", ") + ")"
        var dictionary = "{'descr': '\(descriptor(kind))', 'fortran_order': False, 'shape': \(shape), }"
        let used = 10 + dictionary.utf8.count + 1
        dictionary += String(repeating: " ", count: (64 - used % 64) % 64) + "\n"
        let length = UInt16(dictionary.utf8.count)
        let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        return magic + [UInt8(truncatingIfNeeded: length), UInt8(length >> 8)] + Array(dictionary.utf8)
    }

    private static func descriptor(_ kind: ScalarKind) -> String {
        let letter = kind == .bool ? "b" : kind.isFloatingPoint ? "f" : kind.isSigned ? "i" : "u"
        return (kind.byteCount == 1 ? "|" : "<") + letter + String(kind.byteCount)
    }
}

private struct Encode: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt8] {
        precondition(UInt16(1).littleEndian == 1, "a little-endian machine")
        let source = image.contiguous()
        let header = NPYEncoder.header(Scalar.kind, sizes: source.sizes)
        let bytes = source.bytes
        return [UInt8](capacity: header.count + bytes.byteCount) { file in
            for byte in header { file.append(byte) }
            appendBytes(bytes, to: &file)
        }
    }
}
