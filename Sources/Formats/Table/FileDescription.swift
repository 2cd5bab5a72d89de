import ImageCore

/// What a file is: the answer of `tessera info`.
public struct FileDescription: Sendable, Encodable {
    /// What an image file is used as.
    public enum Kind: String, Sendable, Encodable {
        /// A whole-slide image.
        case slide
        /// Three spatial dimensions.
        case volume
        /// A picture.
        case image
    }

    /// One level of a slide.
    public struct Level: Sendable, Encodable {
        /// Columns.
        public var width: Int
        /// Rows.
        public var height: Int
        /// Pixels of level 0 per pixel.
        public var downsample: Double
        /// Micrometres per pixel.
        public var mpp: Double?
        /// Columns of a tile.
        public var tileWidth: Int
        /// Rows of a tile.
        public var tileHeight: Int
    }

    /// The path.
    public var path: String
    /// What the file is used as.
    public var kind: Kind
    /// The format's name.
    public var format: String
    /// Who decodes a slide.
    public var engine: String?
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int
    /// Slices; absent for pictures.
    public var depth: Int?
    /// The axes of a frame that has others than x, y, z and channels, in the order of ``sizes``: `x` changes fastest.
    public var axes: [String]?
    /// The samples along each of ``axes``.
    public var sizes: [Int]?
    /// Seconds from one time point to the next, where the file says so.
    public var timeStepSeconds: Double?
    /// Pages.
    public var frames: Int
    /// The type of the samples.
    public var scalar: String
    /// Samples per pixel.
    public var channels: Int
    /// What the channels stand for.
    public var color: String
    /// Micrometres per pixel along x.
    public var mppX: Double?
    /// Micrometres per pixel along y.
    public var mppY: Double?
    /// Where the resolution comes from.
    public var mppSource: String?
    /// Distance between pixel centers along x, y (and z for volumes) in millimetres.
    public var spacingMillimetres: [Double]?
    /// Whether a volume says where it lies in space; absent for others.
    public var isPlaced: Bool?
    /// The objective's magnification.
    public var magnification: Double?
    /// The levels of a slide.
    public var levels: [Level]?
    /// Pictures that come with a slide.
    public var associatedImages: [String]?
    /// Everything else that the file says, as text.
    public var metadata: [String: String]
}

extension FileDescription {
    /// Describes a file: as a slide when it is one, otherwise as the first format of the table that knows it.
    ///
    /// - Throws: ``FormatError`` when neither does.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        // Before any library opens the path: one would wait for somebody to write into a named pipe.
        let source = try ByteSource(path: path)
        if Slides.isSlide(path) {
            self.init(try Slides.open(path: path, limits: limits))
            return
        }
        let reader = try FormatTable.standard.open(source, options: ReadOptions(limits: limits))
        guard let frame = reader.frames.first else {
            throw FormatError(.corrupt, file: path, expected: "an image", found: "none")
        }
        self.init(path: path, format: reader.formatName, frame: frame, frames: reader.frames.count)
    }

    /// Describes an open slide.
    public init(_ slide: any Slide) {
        let base = slide.levels[0]
        path = slide.path
        (kind, format, engine) = (.slide, slide.formatName, slide.engineName)
        (axes, sizes, timeStepSeconds) = (nil, nil, nil)
        (width, height, depth, frames) = (base.size.width, base.size.height, nil, 1)
        (scalar, channels, color) = (ScalarKind.uint8.rawValue, 3, ColorModel.rgb.rawValue)
        let resolution = slide.resolution
        (mppX, mppY, mppSource) = (resolution?.mppX, resolution?.mppY, resolution?.source)
        spacingMillimetres = resolution.map { [$0.mppX / 1000, $0.mppY / 1000] }
        isPlaced = nil
        magnification = slide.objective?.magnification
        levels = slide.levels.map { level in
            Level(
                width: level.size.width, height: level.size.height, downsample: level.downsample,
                mpp: resolution.map { $0.mpp * level.downsample }, tileWidth: level.tileSize.width,
                tileHeight: level.tileSize.height)
        }
        associatedImages = slide.associatedImageNames
        metadata = Self.texts(slide.properties)
        if let profile = slide.iccProfile { metadata["iccProfile"] = "\(profile.count) bytes" }
    }

    private init(path: String, format: String, frame: FrameInfo, frames: Int) {
        let layout = Layout(axes: frame.axes, sizes: frame.sizes)
        self.path = path
        let isVolume = layout.index(of: .z) != nil
        (kind, self.format, engine) = (isVolume ? .volume : .image, format, nil)
        (width, height) = (layout.size(of: .x), layout.size(of: .y))
        let others = frame.axes.filter { $0 != .channel }
        if others.contains(where: { !$0.isSpatial }) {
            axes = others.reversed().map { Self.name($0) }
            sizes = others.reversed().map { layout.size(of: $0) }
        }
        timeStepSeconds = frame.metadata.timeStepSeconds
        (depth, self.frames) = (isVolume ? layout.size(of: .z) : nil, frames)
        (scalar, channels, color) = (frame.kind.rawValue, layout.size(of: .channel), frame.color.rawValue)
        let spacing = frame.geometry?.spacingMillimetres
        spacingMillimetres = spacing.map { isVolume ? [$0.x, $0.y, $0.z] : [$0.x, $0.y] }
        isPlaced = isVolume ? frame.geometry?.isPlaced ?? false : nil
        (mppX, mppY, mppSource) = (nil, nil, nil)
        (magnification, levels, associatedImages) = (nil, nil, nil)
        metadata = Self.texts(frame.metadata)
    }

    private static func name(_ axis: Axis) -> String {
        switch axis {
        case .x: "x"
        case .y: "y"
        case .z: "z"
        case .channel: "channel"
        case .time: "time"
        case .other(let name): name
        }
    }

    private static func texts(_ metadata: Metadata) -> [String: String] {
        Dictionary(
            metadata.entries.map { ($0.name, $0.value.description) }, uniquingKeysWith: { first, _ in first })
    }
}
