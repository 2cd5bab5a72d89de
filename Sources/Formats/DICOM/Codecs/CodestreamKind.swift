/// Compressed streams that tell by their first bytes what they are.
enum CodestreamKind: Sendable, Hashable {
    /// JPEG, lossless JPEG or JPEG-LS.
    case jpeg
    /// A bare JPEG 2000 codestream.
    case jpeg2000
    /// A JPEG 2000 codestream in the boxes of a JP2 file.
    case jp2

    static let jp2Signature: [UInt8] = [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]

    /// The kind by the first 12 bytes.
    init?(_ head: [UInt8]) {
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) {
            self = .jpeg2000
        } else if head.starts(with: Self.jp2Signature) {
            self = .jp2
        } else {
            return nil
        }
    }
}
