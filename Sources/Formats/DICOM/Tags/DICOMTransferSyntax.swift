/// How a DICOM file is encoded (PS3.5, section 10 and annex A).
public struct DICOMTransferSyntax: Sendable, Hashable {
    /// How the pixels of a frame are compressed.
    public enum Codec: Sendable, Hashable {
        /// Not at all.
        case native
        /// In fragments, yet uncompressed.
        case encapsulatedUncompressed
        /// Run lengths of bytes.
        case rle
        /// JPEG with 8 bits.
        case jpegBaseline
        /// JPEG with 8 or 12 bits.
        case jpegExtended
        /// JPEG process 14.
        case jpegLossless
        /// JPEG-LS, lossless or near-lossless.
        case jpegLS
        /// JPEG 2000.
        case jpeg2000
        /// High-throughput JPEG 2000.
        case htj2k
        /// Every frame a deflate stream.
        case deflatedFrame
        /// Nothing that is decoded here: video, JPEG XL, JPIP and others.
        case unsupported
    }

    /// The unique identifier.
    public let uid: String

    /// A transfer syntax by its identifier, known or not.
    public init(uid: String) { self.uid = uid }

    /// Implicit VR, little endian: the default of the standard.
    public static let implicitLittleEndian = DICOMTransferSyntax(uid: "1.2.840.10008.1.2")
    /// Explicit VR, little endian.
    public static let explicitLittleEndian = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.1")
    /// Explicit VR, little endian, the data set deflated.
    public static let deflatedExplicitLittleEndian = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.1.99")
    /// Explicit VR, big endian (retired).
    public static let explicitBigEndian = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.2")

    /// Whether elements name their VR.
    public var isExplicitVR: Bool { self != .implicitLittleEndian }
    /// Whether numbers have their most significant byte first.
    public var isBigEndian: Bool { self == .explicitBigEndian }
    /// Whether the data set behind the file meta information is one deflate stream.
    public var isDeflated: Bool { self == .deflatedExplicitLittleEndian }
    /// Whether the pixel data is a sequence of fragments.
    public var isEncapsulated: Bool { codec != .native }

    /// How the pixels of a frame are compressed.
    public var codec: Codec { Self.known[uid]?.codec ?? .unsupported }
    /// The standard's name, or the identifier of an unknown one.
    public var name: String { Self.known[uid]?.name ?? uid }
    /// Whether PS3.6 lists the identifier as far as this version knows.
    public var isKnown: Bool { Self.known[uid] != nil }

    private static let root = "1.2.840.10008.1.2"

    private static let known: [String: (name: String, codec: Codec)] = Dictionary(
        uniqueKeysWithValues: table.map { (root + $0.0, (name: $0.1, codec: $0.2)) })

    private static let table: [(String, String, Codec)] = [
        ("", "Implicit VR Little Endian", .native), (".1", "Explicit VR Little Endian", .native),
        (".1.98", "Encapsulated Uncompressed Explicit VR Little Endian", .encapsulatedUncompressed),
        (".1.99", "Deflated Explicit VR Little Endian", .native), (".2", "Explicit VR Big Endian", .native),
        (".4.50", "JPEG Baseline (Process 1)", .jpegBaseline),
        (".4.51", "JPEG Extended (Process 2 & 4)", .jpegExtended),
        (".4.53", "JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8)", .jpegExtended),
        (".4.55", "JPEG Full Progression, Non-Hierarchical (Process 10 & 12)", .jpegExtended),
        (".4.57", "JPEG Lossless, Non-Hierarchical (Process 14)", .jpegLossless),
        (".4.70", "JPEG Lossless, Non-Hierarchical, First-Order Prediction", .jpegLossless),
        (".4.80", "JPEG-LS Lossless", .jpegLS), (".4.81", "JPEG-LS Near-Lossless", .jpegLS),
        (".4.90", "JPEG 2000 Lossless", .jpeg2000), (".4.91", "JPEG 2000", .jpeg2000),
        (".4.92", "JPEG 2000 Part 2 Multi-component Lossless", .unsupported),
        (".4.93", "JPEG 2000 Part 2 Multi-component", .unsupported),
        (".4.94", "JPIP Referenced", .unsupported), (".4.95", "JPIP Referenced Deflate", .unsupported),
        (".4.100", "MPEG2 Main Profile / Main Level", .unsupported),
        (".4.101", "MPEG2 Main Profile / High Level", .unsupported),
        (".4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1", .unsupported),
        (".4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1", .unsupported),
        (".4.104", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video", .unsupported),
        (".4.105", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video", .unsupported),
        (".4.106", "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2", .unsupported),
        (".4.107", "HEVC/H.265 Main Profile / Level 5.1", .unsupported),
        (".4.108", "HEVC/H.265 Main 10 Profile / Level 5.1", .unsupported),
        (".4.110", "JPEG XL Lossless", .unsupported), (".4.111", "JPEG XL JPEG Recompression", .unsupported),
        (".4.112", "JPEG XL", .unsupported), (".4.201", "High-Throughput JPEG 2000 Lossless", .htj2k),
        (".4.202", "High-Throughput JPEG 2000 with RPCL Options Lossless", .htj2k),
        (".4.203", "High-Throughput JPEG 2000", .htj2k), (".4.204", "JPIP HTJ2K Referenced", .unsupported),
        (".4.205", "JPIP HTJ2K Referenced Deflate", .unsupported), (".5", "RLE Lossless", .rle),
        (".8.1", "Deflated Image Frame Compression", .deflatedFrame),
    ]
}
