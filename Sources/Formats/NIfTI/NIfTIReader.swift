import ImageCore

/// An open NIfTI file, version 1 or 2, of either byte order, compressed or not, alone or a pair.
///
/// One frame. Axes: x, y, z are i, j, k, the fourth dimension is time, the fifth a channel; those above and a fifth one
/// beside RGB are `dimension 5` and so on. The samples lie as in the file (i is fastest), so a volume is `[.z, .y, .x]`,
/// a series `[.time, .z, .y, .x]`, colors `[.z, .y, .x, .channel]`. Dimensions from the fourth on that have size 1 are left out.
///
/// The geometry is the sform's where its code is above 0, else the qform's, converted from RAS to LPS and to millimetres.
/// Where neither counts nobody knows the place: the geometry has the distances alone and is not placed. `nifti.affineSource`
/// says which it is, `nifti.remark` where sform and qform contradict each other. A sheared map has directions that are not
/// perpendicular, and `nifti.sheared`. Further metadata: `nifti.affine` (4 × 4, RAS, millimetres), `nifti.version`, `nifti.datatype`,
/// `nifti.qformCode`, `nifti.sformCode`, `nifti.slope` and `nifti.intercept` where they change something, `nifti.description`,
/// `nifti.auxiliaryFile`, `nifti.intentCode`, `nifti.intentName`, `nifti.timeStepSeconds`, `nifti.timeOffsetSeconds`,
/// `nifti.displayRange`. The intent "label" gives the domain ``ValueDomain/labels``.
///
/// Source: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.
public struct NIfTIReader: ImageReader {
    /// Which numbers are read.
    public enum Values: Sendable, Hashable {
        /// `slope · stored + intercept`; integers where slope, intercept and the type's range allow it exactly, else
        /// `float32` (`float64` for stored types of more than 24 bits).
        case scaled
        /// The numbers as they are stored; slope and intercept stand in the metadata.
        case stored
    }

    /// `NIfTI`.
    public var formatName: String { "NIfTI" }
    /// One frame.
    public let frames: [FrameInfo]
    /// The map from voxels to space as the file has it, in millimetres; `nil` where it says no place.
    public let affine: NIfTIAffine?
    /// What stored numbers are multiplied with: 1 when the file names no scaling.
    public let slope: Double
    /// What is added to them afterwards.
    public let intercept: Double

    /// The header: the file itself, or that of a pair, whichever of its files was opened.
    public let source: ByteSource

    private let samples: NIfTISamples
    private let scaling: NIfTIScaling?

    /// Opens a file: reads the header.
    ///
    /// - Throws: ``FormatError``: `truncated` and `corrupt` for broken files and numbers of the place or the scaling that are
    ///   not finite (a slope and an intercept of NaN mean that there is none), `unsupported` for complex numbers, bits and
    ///   128-bit numbers, `limitExceeded`, `inputOutput` when the image of a pair cannot be opened.
    public init(
        _ source: ByteSource, options: ReadOptions = ReadOptions(), values: Values = .scaled
    ) throws(FormatError) {
        self.source = source
        let length = NIfTIHeader.Version.two.headerLength
        let isCompressed = Gzip.recognizes(try source.prefix(3))
        let head = isCompressed ? try Gzip.prefix(length, of: source) : try source.prefix(length)
        let header = try NIfTIHeader(head, file: source.name)
        let datatype = try NIfTIDatatype.named(header.datatype, file: source.name)
        let shape = try header.shape(datatype, file: source.name)
        try options.limits.check(
            sizes: shape.sizes, bytesPerSample: datatype.kind.byteCount, file: source.name, place: "dim")
        try header.checkPlace(file: source.name)
        if datatype.channels == 1 { try header.checkScaling(file: source.name) }
        let found = datatype.channels == 1 ? NIfTIScaling(header) : nil
        scaling = values == .scaled ? found : nil
        (slope, intercept) = (found?.slope ?? 1, found?.intercept ?? 0)
        let kind = scaling?.kind(for: datatype.kind) ?? datatype.kind
        try options.limits.check(sizes: shape.sizes, bytesPerSample: kind.byteCount, file: source.name, place: "dim")
        samples = try NIfTISamples(source, header, datatype.kind, sizes: shape.sizes)
        affine = header.affine
        frames = [header.frame(shape, datatype, kind: kind)]
    }

    /// Decodes the volume into memory in C order.
    ///
    /// - Throws: ``FormatError``: `truncated`, `corrupt`, `inputOutput`; `invalidRequest` for a frame other than 0.
    public func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard index == 0 else {
            throw FormatError(.invalidRequest, file: samples.name, expected: "frame 0", found: "frame \(index)")
        }
        precondition(bytes.byteCount == frames[0].byteCount, "memory of the frame's size")
        guard let scaling else { return try samples.read(into: &bytes) }
        let count = bytes.byteCount / frames[0].kind.byteCount
        let stored = try AnyImage(kind: samples.kind, axes: [.x], sizes: [count]) {
            (stored: inout MutableRawSpan) throws(FormatError) in try samples.read(into: &stored)
        }
        // Block by block: scaled samples are moved while they are in the processor's cache, and take no memory twice.
        for start in stride(from: 0, to: count, by: Self.blockLength) {
            let end = min(count, start + Self.blockLength)
            let scaled = scaling.apply(to: stored.cropped(.x, to: start..<end), as: frames[0].kind)
            let width = frames[0].kind.byteCount
            var part = bytes._mutatingExtracting(start * width..<end * width)
            copyBytes(of: scaled, to: &part)
        }
    }

    /// Samples that are scaled at a time.
    private static let blockLength = 1 << 16
}
