public import ImageCore

/// Writes NIfTI files: images of every scalar, 2-D to 7-D, little-endian.
///
/// Axes x, y, z become i, j, k, time the fourth dimension, channels the fifth, others the sixth and seventh in their order
/// (without time, the last of them that has a name of its own, such as an echo time, is the fourth);
/// three or four interleaved channels of `UInt8` in RGB, BGR or RGBA become RGB24 and RGBA32. `Bool` is written as uint8 (0, 1),
/// `Float16` as float32. The geometry (LPS) becomes sform and qform (RAS), both with code 1 (scanner); of a sheared one
/// only the sform, for a rotation cannot hold it. Without a geometry, or with one that is not placed, both codes are 0. Labels get the intent "label".
///
/// A path that ends in `.gz` is compressed, in pieces of 1 MiB on several threads: each is a gzip member that says its own
/// length, which readers of gzip take as one stream and Tessera expands in parallel. The bytes do not depend on the
/// number of threads.
///
/// ```swift
/// try NIfTIEncoder().write(volume, to: "ct.nii.gz")
/// ```
public struct NIfTIEncoder: Sendable, Hashable {
    /// The layout of the header.
    public enum Version: Sendable, Hashable {
        /// Version 1 where no dimension is beyond 32767, else version 2.
        case automatic
        /// Version 1: the geometry is rounded to `Float`.
        case nifti1
        /// Version 2: the geometry is kept in `Double`.
        case nifti2
    }

    /// What stored samples stand for: `slope · value + intercept`.
    public struct Scaling: Sendable, Hashable {
        /// What stored numbers are multiplied with; not 0.
        public var slope: Double
        /// What is added afterwards.
        public var intercept: Double

        /// A scaling by its parts.
        public init(slope: Double, intercept: Double = 0) {
            self.slope = slope
            self.intercept = intercept
        }
    }

    /// The layout of the header.
    public var version: Version
    /// Compression of `.gz` files: 0 (stored) to 12 (smallest); 1 is the fastest, by ISA-L, the others are libdeflate's.
    public var level: Int
    /// Largest number of threads that compress.
    public var workers: Int
    /// What the header says the samples stand for; they are written as they are.
    public var scaling: Scaling?
    /// The map from voxels to space instead of the geometry's.
    public var affine: NIfTIAffine?
    /// The code of sform and qform: 1 scanner, 2 aligned to another scan, 3 Talairach, 4 MNI 152, 5 another template; with 0
    /// only the distances of voxels are written, as for an image that has no place in space.
    public var affineCode: Int
    /// A text of up to 79 bytes; otherwise the metadata `nifti.description` counts.
    public var description: String?
    /// Seconds from one time point to the next; otherwise what a reader of volumes left in the metadata.
    public var timeStepSeconds: Double?

    /// An encoder with its options.
    ///
    /// - Precondition: a level from 0 to 12, a code from 0 to 5, a slope other than 0.
    public init(
        version: Version = .automatic, level: Int = 1, workers: Int? = nil, scaling: Scaling? = nil,
        affine: NIfTIAffine? = nil, affineCode: Int = 1, description: String? = nil, timeStepSeconds: Double? = nil
    ) {
        precondition((0...12).contains(level), "a level from 0 to 12")
        precondition((0...5).contains(affineCode), "a code from 0 to 5")
        precondition(scaling?.slope != 0, "a slope other than 0")
        self.version = version
        self.level = level
        self.workers = workers ?? defaultWorkerCount
        self.scaling = scaling
        self.affine = affine
        self.affineCode = affineCode
        self.description = description
        self.timeStepSeconds = timeStepSeconds
    }

    /// Writes a file, which appears under its name only when it is whole.
    ///
    /// - Throws: ``FormatError``: `unsupported` for more axes than NIfTI has, `invalidRequest` for an image without
    ///   samples or a size that the version asked for cannot hold, `inputOutput`.
    public func write(_ image: AnyImage, to path: String) throws(FormatError) {
        let volume = try NIfTIVolume(image, file: path)
        let header = try header(of: volume, file: path).encoded()
        let isCompressed = path.lowercased().hasSuffix(".gz")
        let file = try AtomicFile(path: path)
        let samples = SampleWriter(
            compression: isCompressed ? .members(Deflater(level: level)) : .none, workers: workers)
        try samples.write(header, to: file)
        try samples.write(volume.image, to: file)
        try file.commit()
    }

    /// Writes a file of a typed image; see ``write(_:to:)-(AnyImage,String)``.
    public func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to path: String) throws(FormatError) {
        try write(AnyImage(image), to: path)
    }
}
