/// Something wrong with pixel data that did not stop it from being decoded.
public struct DICOMPixelDefect: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Sendable, Hashable {
        /// A frame has fewer bytes than its size asks for; the rest of its samples is 0.
        case shortData(expected: Int, found: Int)
        /// Number of Frames (0028,0008) is 0; one frame is assumed.
        case noFrames
        /// There are fewer frames than announced; those that are missing cannot be read.
        case missingFrames(expected: Int, found: Int)
        /// There are more frames than announced; those behind the last are left out.
        case excessFrames(expected: Int, found: Int)
        /// The fragments end without a delimiter, or with something that is neither a fragment nor a delimiter.
        case missingDelimiter
        /// The offsets in the file do not point at fragments and were not used.
        case unusableOffsetTable
        /// The compressed data is damaged; what could be decoded was kept.
        case damagedCodestream(String)
    }

    /// What is wrong.
    public var kind: Kind
    /// The frame, counted from 0; `nil` when the whole is meant.
    public var frame: Int?

    /// A defect by its parts.
    public init(_ kind: Kind, frame: Int? = nil) {
        self.kind = kind
        self.frame = frame
    }

    /// Whether nothing that was announced is missing.
    var isExcess: Bool { if case .excessFrames = kind { true } else { false } }

    /// One line in words, which count frames from 1.
    public var description: String {
        let text =
            switch kind {
            case .shortData(let expected, let found): "\(found) bytes of pixel data instead of \(expected)"
            case .noFrames: "Number of Frames (0028,0008) is 0: one frame is assumed"
            case .missingFrames(let expected, let found): "\(found) instead of \(expected) frames"
            case .excessFrames(let expected, let found):
                "\(found) instead of \(expected) frames; the rest is left out"
            case .missingDelimiter: "the fragments of the pixel data end without a delimiter"
            case .unusableOffsetTable: "the offset table does not fit the fragments"
            case .damagedCodestream(let message): "damaged compressed data: \(message)"
            }
        return frame.map { "frame \($0 + 1): \(text)" } ?? text
    }
}
