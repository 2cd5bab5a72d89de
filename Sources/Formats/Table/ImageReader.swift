public import ImageCore

/// What a file says about one of its images before it is decoded.
public struct FrameInfo: Sendable {
    /// The axes of the decoded image, slowest first.
    public var axes: [Axis]
    /// The sizes of the decoded image.
    public var sizes: [Int]
    /// The type of the decoded samples.
    public var kind: ScalarKind
    /// What the channels stand for.
    public var color: ColorModel
    /// What the numbers stand for.
    public var domain: ValueDomain
    /// Where the pixels lie in physical space.
    public var geometry: Geometry?
    /// Everything else.
    public var metadata: Metadata
    /// Why the frame cannot be decoded although the file lists it: beyond the limits, or not supported.
    public var problem: FormatError?

    /// A description by its parts.
    public init(
        axes: [Axis], sizes: [Int], kind: ScalarKind, color: ColorModel, domain: ValueDomain,
        geometry: Geometry? = nil, metadata: Metadata = Metadata(), problem: FormatError? = nil
    ) {
        self.axes = axes
        self.sizes = sizes
        self.kind = kind
        self.color = color
        self.domain = domain
        self.geometry = geometry
        self.metadata = metadata
        self.problem = problem
    }

    /// Bytes of the decoded image.
    public var byteCount: Int { sizes.reduce(kind.byteCount, *) }
}

/// An open image file: its description first, then its frames, decoded into memory that the caller owns.
public protocol ImageReader: Sendable {
    /// The format's name, for example `PNG`.
    var formatName: String { get }
    /// What each frame (page) will decode to.
    var frames: [FrameInfo] { get }
    /// Decodes one frame into memory in C order.
    ///
    /// - Parameters:
    ///   - index: The frame, counted from 0.
    ///   - bytes: Exactly ``FrameInfo/byteCount`` bytes; undefined after an error.
    /// - Throws: ``FormatError`` naming the place; ``FormatError/Code-swift.struct/invalidRequest`` for a frame that does not exist.
    func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError)
}

extension ImageReader {
    /// Decodes one frame into a new image.
    ///
    /// - Throws: ``FrameInfo/problem`` before memory is taken, or what ``readFrame(_:into:)`` throws.
    public func readFrame(_ index: Int = 0) throws(FormatError) -> AnyImage {
        guard frames.indices.contains(index) else {
            throw FormatError(
                .invalidRequest, file: formatName, expected: "a frame below \(frames.count)", found: "frame \(index)")
        }
        let info = frames[index]
        if let problem = info.problem { throw problem }
        return try AnyImage(
            kind: info.kind, axes: info.axes, sizes: info.sizes, color: info.color, domain: info.domain,
            geometry: info.geometry, metadata: info.metadata
        ) { (bytes: inout MutableRawSpan) throws(FormatError) in
            try readFrame(index, into: &bytes)
        }
    }
}
