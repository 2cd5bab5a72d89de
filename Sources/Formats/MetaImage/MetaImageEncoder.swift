public import ImageCore

/// Writes MetaImage files: images of every scalar, little-endian.
///
/// A path that ends in `.mhd` gets its samples beside it, in `.raw` or `.zraw`; every other (`.mha`) holds them behind the
/// header. Axes are written in the order x, y, z, time, others, whatever their order in the image, with one slice where there
/// is no z but a time; channels are parts of a sample. `Bool` is written as uint8 (0, 1), `Float16` as float.
///
/// The geometry is kept exactly, in LPS as ITK has it: each row of `TransformMatrix` is the direction of an axis, which
/// need not be perpendicular to the others, so that a sheared image is kept, too. A picture that lies elsewhere than in the
/// plane z = 0 becomes a volume of one slice, for two dimensions cannot say where it is. Without a geometry the file says
/// nothing, and readers take distances of 1; with one that is not placed it says the distances alone. Compressed samples are one zlib stream, made on several threads; the bytes do
/// not depend on their number.
///
/// ```swift
/// try MetaImageEncoder().write(volume, to: "ct.mha")
/// ```
public struct MetaImageEncoder: Sendable, Hashable {
    /// Compression by zlib, from 1 (fast) to 9 (small); `nil` writes the samples as they are.
    public var level: Int?
    /// Largest number of threads that compress.
    public var workers: Int
    /// Seconds from one time point to the next; otherwise what a reader of volumes left in the metadata.
    public var timeStepSeconds: Double?

    /// An encoder with its options.
    ///
    /// - Precondition: a level from 1 to 9.
    public init(level: Int? = 1, workers: Int? = nil, timeStepSeconds: Double? = nil) {
        precondition(level.map { (1...9).contains($0) } ?? true, "a level from 1 to 9")
        self.level = level
        self.workers = workers ?? defaultWorkerCount
        self.timeStepSeconds = timeStepSeconds
    }

    /// Writes a file, or two, which appear under their names only when they are whole.
    ///
    /// - Throws: ``FormatError``: `unsupported` for more than 10 axes, `invalidRequest` for an image without samples, a
    ///   geometry that does not span space, or a name that a header cannot hold; `inputOutput`.
    public func write(_ image: AnyImage, to path: String) throws(FormatError) {
        let volume = try InterleavedVolume(image, file: path, needsDepth: image.needsDepthInFiles, limit: 10)
        let target = try SampleTarget(header: path, ending: ".mhd", samples: level == nil ? ".raw" : ".zraw")
        let writer = SampleWriter(level: level, container: .zlib, workers: workers)
        let (start, place) = header(of: volume, beside: target.name)
        try target.write(header: path, start: start) { file throws(FormatError) in
            try writer.write(volume.image, to: file)
        } finish: { file, count throws(FormatError) in
            if let place { try file.overwrite(Array(String(count).utf8), at: place) }
        }
    }

    /// Writes a file of a typed image; see ``write(_:to:)-(AnyImage,String)``.
    public func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to path: String) throws(FormatError) {
        try write(AnyImage(image), to: path)
    }

    /// The header, and where the length of the compressed samples belongs when it is known.
    private func header(of volume: InterleavedVolume, beside name: String?) -> (bytes: [UInt8], length: Int?) {
        var text = "ObjectType = Image\nNDims = \(volume.sizes.count)\nBinaryData = True\n"
        text += "BinaryDataByteOrderMSB = False\nCompressedData = \(level == nil ? "False" : "True")\n"
        var place: Int?
        if level != nil {
            text += "CompressedDataSize = "
            place = text.utf8.count
            // Room for the longest number.
            text += String(repeating: " ", count: 20) + "\n"
        }
        text += MetaImagePlacement(volume, timeStepSeconds ?? volume.image.timeStepSeconds).lines
        text += "DimSize = \(volume.sizes.map(String.init).joined(separator: " "))\n"
        if volume.channels > 1 { text += "ElementNumberOfChannels = \(volume.channels)\n" }
        text += "ElementType = \(Self.type(volume.image.kind))\nElementDataFile = \(name ?? "LOCAL")\n"
        return (Array(text.utf8), place)
    }

    private static func type(_ kind: ScalarKind) -> String {
        switch kind {
        case .int8: "MET_CHAR"
        case .uint8, .bool: "MET_UCHAR"
        case .int16: "MET_SHORT"
        case .uint16: "MET_USHORT"
        case .int32: "MET_INT"
        case .uint32: "MET_UINT"
        case .int64: "MET_LONG_LONG"
        case .uint64: "MET_ULONG_LONG"
        case .float16, .float32: "MET_FLOAT"
        case .float64: "MET_DOUBLE"
        }
    }
}
