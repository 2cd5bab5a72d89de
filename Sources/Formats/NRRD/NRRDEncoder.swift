public import ImageCore

/// Writes NRRD files: images of every scalar, little-endian.
///
/// A path that ends in `.nhdr` gets its samples beside it, under its whole name and `.raw` or `.raw.gz`, so that they are
/// not those of a MetaImage of the same name; every other holds them behind the header.
/// Axes are written in the order x, y, z, time, others, whatever their order in the image; channels come first, with the
/// kind `RGB-color`, `RGBA-color` or `vector`. `Bool` is written as uint8 (0, 1), `Float16` as float.
///
/// The geometry becomes `space: left-posterior-superior` (with time: `left-posterior-superior-time`) and a direction for each
/// axis, so that oblique and sheared images are kept. A picture that lies elsewhere than in the plane z = 0 becomes a volume of
/// one slice, for readers want as many directions as dimensions. Without a geometry the file names no space, and with one that
/// is not placed it has `spacings` alone; without a known distance in time it is 1. Compressed samples are one gzip stream, made on several threads; the bytes do not depend
/// on their number.
///
/// ```swift
/// try NRRDEncoder().write(volume, to: "ct.nrrd")
/// ```
public struct NRRDEncoder: Sendable, Hashable {
    /// Compression by gzip, from 1 (fast) to 9 (small); `nil` writes the samples as they are.
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
    /// - Throws: ``FormatError``: `unsupported` for more than 16 axes, `invalidRequest` for an image without samples, a
    ///   geometry that does not span space, or a name that a header cannot hold; `inputOutput`.
    public func write(_ image: AnyImage, to path: String) throws(FormatError) {
        let volume = try InterleavedVolume(image, file: path, needsDepth: image.needsDepthInFiles, limit: 16)
        let target = try SampleTarget(
            header: path, ending: ".nhdr", samples: level == nil ? ".nhdr.raw" : ".nhdr.raw.gz")
        let writer = SampleWriter(level: level, container: .gzip, workers: workers)
        let header = header(of: volume, beside: target.name)
        try target.write(header: path, start: Array(header.utf8)) { file throws(FormatError) in
            try writer.write(volume.image, to: file)
        }
    }

    /// Writes a file of a typed image; see ``write(_:to:)-(AnyImage,String)``.
    public func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to path: String) throws(FormatError) {
        try write(AnyImage(image), to: path)
    }

    private func header(of volume: InterleavedVolume, beside name: String?) -> String {
        let axes = NRRDAxes(volume, timeStepSeconds: timeStepSeconds ?? volume.image.timeStepSeconds)
        var lines = [
            "NRRD0004", "# Complete NRRD file format specification at:",
            "# http://teem.sourceforge.net/nrrd/format.html", "type: \(Self.type(volume.image.kind))",
            "dimension: \(axes.sizes.count)",
        ]
        // The space comes before the directions in it.
        if let space = axes.space { lines.append(space) }
        lines.append("sizes: " + axes.sizes.map(String.init).joined(separator: " "))
        if let directions = axes.directions { lines.append("space directions: " + directions.joined(separator: " ")) }
        if let spacings = axes.spacings { lines.append("spacings: " + spacings.joined(separator: " ")) }
        lines.append("kinds: " + axes.kinds.joined(separator: " "))
        if volume.image.kind.byteCount > 1 { lines.append("endian: little") }
        lines.append("encoding: " + (level == nil ? "raw" : "gzip"))
        if let origin = axes.origin { lines.append("space origin: " + origin) }
        if let name { lines.append("data file: " + name) }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// The type as Teem names it.
    private static func type(_ kind: ScalarKind) -> String {
        switch kind {
        case .int8: "signed char"
        case .uint8, .bool: "unsigned char"
        case .int16: "short"
        case .uint16: "unsigned short"
        case .int32: "int"
        case .uint32: "unsigned int"
        case .int64: "long long int"
        case .uint64: "unsigned long long int"
        case .float16, .float32: "float"
        case .float64: "double"
        }
    }
}
