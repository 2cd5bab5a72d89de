public import ImageCore

/// A volume and what is known about how it came about.
///
/// ```swift
/// let reader = try VolumeReader(folder: "scan")
/// let volume = try reader.volume()
/// print(volume.unit.name, volume.image.sizes, volume.geometry?.spacingMillimetres ?? .zero)
/// ```
public struct Volume: Sendable {
    /// The samples, axes slowest first: `[.z, .y, .x]`, with `.time` or another axis before and `.channel` behind where
    /// the series has them.
    public var image: AnyImage
    /// One entry per index along z: where the slice lies and the files that it comes from.
    public var slices: [VolumeSlice] = []
    /// The axes before z, slowest first, named by the attribute that varies; empty for a 3-D volume.
    public var axes: [StackAxis] = []
    /// When each slice was acquired, in seconds from the start of its volume, per index along z; `nil` where the files do not
    /// say it: mosaics do.
    public var sliceTimesSeconds: [Double]?
    /// Seconds from one place of the last of ``axes`` to the next, where it counts time in equal steps.
    public var timeStepSeconds: Double?
    /// What the values mean.
    public var unit = VolumeUnit.unspecified
    /// How the slices lay before the policy was applied.
    public var stackGeometry: StackGeometry?
    /// Whether ``geometry`` puts every sample where it belongs.
    ///
    /// `false` where slices have no common step: then ``slices`` hold the truth and the geometry is nominal.
    public var isGridExact = true
    /// Which slices come from files: axes as ``image`` up to z, `false` for slices that were put in; `nil` when all do.
    public var validity: Image<Bool>?
    /// Factor to SUV by body weight for PET, or why there is none; `nil` for other modalities.
    public var suv: SUVScale?
    /// Why spacing, origin, direction, unit, scalar and padding are as they are.
    public var reasons = VolumeReasons()
    /// What a user has to know.
    public var defects: [SeriesDefect] = []
    /// Series Instance UID (0020,000E).
    public var seriesInstanceUID: String?
    /// Study Instance UID (0020,000D).
    public var studyInstanceUID: String?
    /// Modality (0008,0060).
    public var modality: String?

    /// A volume by its samples; its geometry is that of the image.
    public init(image: AnyImage) { self.image = image }

    /// Whether this is one picture, or a cine of one, whose place in space no file says.
    ///
    /// A radiograph, ultrasound, an angiography, but no slice of a scanner that lacks its place. Its ``geometry`` has the
    /// distance of pixels, where that is known, and stands for no place.
    public var isPlacelessPicture: Bool {
        slices.count == 1 && reasons.origin == .unknown && !defects.contains { $0.kind == .missingPosition }
    }

    /// How far ``geometry`` puts a slice from its own position at most, in millimetres; `nil` without positions.
    public var largestDistanceFromGrid: Double? {
        guard let geometry else { return nil }
        return slices.indices.compactMap { z in
            slices[z].positionMillimetres.map { ($0 - geometry.position(x: 0, y: 0, z: Double(z))).length }
        }.max()
    }

    /// The affine from indices to LPS millimetres, exact for sheared stacks, too: the direction of z is that of the step
    /// between slices, which need not be at right angles to the others.
    ///
    /// `nil` when no spacing within the slices is known.
    public var geometry: Geometry? {
        get { image.geometry }
        set { image.geometry = newValue }
    }
}

/// One slice of a volume.
public struct VolumeSlice: Sendable, Hashable {
    /// Center of the first pixel, LPS; `nil` where no file says it.
    public var positionMillimetres: SIMD3<Double>?
    /// Where the samples come from, one per place along the axes before z (one for a 3-D volume); `nil` where the
    /// slice was put in.
    public var sources: [Source?]

    /// A frame of a file.
    public struct Source: Sendable, Hashable {
        /// SOP Instance UID (0008,0018).
        public var sopInstanceUID: String
        /// Number of the frame in its file, or of the tile in a mosaic, from 0.
        public var frame: Int
        /// The file.
        public var path: String

        /// A frame by its parts.
        public init(sopInstanceUID: String, frame: Int, path: String) {
            self.sopInstanceUID = sopInstanceUID
            self.frame = frame
            self.path = path
        }
    }

    /// A slice by its parts.
    public init(positionMillimetres: SIMD3<Double>?, sources: [Source?]) {
        self.positionMillimetres = positionMillimetres
        self.sources = sources
    }

    /// Whether no file gave samples to this slice.
    public var isInserted: Bool { sources.allSatisfy { $0 == nil } }
}
