public import Formats

/// The resolution at which patches are wanted.
public enum TargetScale: Sendable, Hashable {
    /// A level of the file, 0 being the largest.
    case level(Int)
    /// Micrometres per pixel.
    case mpp(Double)
    /// Magnification of the objective.
    case magnification(Double)
    /// Pixels of level 0 per pixel of the result.
    case downsample(Double)
}

/// How a wanted resolution is reached on one slide.
public struct ResolvedScale: Sendable, Hashable {
    /// Pixels of level 0 per pixel of the result.
    public var downsample: Double
    /// The level that is read.
    public var level: Int
    /// Pixels of the level that is read per pixel of the result; 1 reads native pixels.
    public var levelScale: Double
    /// Micrometres per pixel of the result, when the slide's resolution is known.
    public var mpp: Double?
    /// Where the resolution comes from.
    public var mppSource: String?

    /// A scale by its parts.
    public init(downsample: Double, level: Int, levelScale: Double, mpp: Double? = nil, mppSource: String? = nil) {
        self.downsample = downsample
        self.level = level
        self.levelScale = levelScale
        self.mpp = mpp
        self.mppSource = mppSource
    }

    /// Whether pixels of the file are taken as they are.
    public var isNative: Bool { levelScale == 1 }

    /// A level whose resolution differs by no more than this fraction is taken as it is.
    public static let tolerance = 0.02
}

extension TargetScale {
    /// Fewest pixels of level 0 per pixel of a result.
    static let finest = 1.0 / 16
    /// Most pixels of level 0 per pixel of a result.
    static let coarsest = 65536.0

    /// Finds the level to read and the factor to resample by: the next finer level, or a native one within 2 %.
    ///
    /// - Parameters:
    ///   - slide: The slide.
    ///   - override: Micrometres per pixel of level 0 that replace what the file says.
    /// - Returns: Level, factor and resolution.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when the slide lacks the level or the resolution that is
    ///   asked for, or is coarser than the target.
    public func resolve(for slide: any Slide, mpp override: Double? = nil) throws(FormatError) -> ResolvedScale {
        let base = override ?? slide.resolution?.mpp
        let source = override != nil ? "mpp table" : slide.resolution?.source
        let downsample = try wantedDownsample(slide, baseMPP: base)
        guard downsample.isFinite, (Self.finest...Self.coarsest).contains(downsample) else {
            throw FormatError(
                .invalidRequest, file: slide.path,
                expected: "a resolution from 1/16 to \(Int(Self.coarsest)) pixels of level 0 per pixel",
                found: "\(self) (\(downsample))")
        }
        let levels = slide.levels
        if case .level(let index) = self {
            return ResolvedScale(
                downsample: downsample, level: index, levelScale: 1, mpp: base.map { $0 * downsample },
                mppSource: source)
        }
        if let native = levels.firstIndex(where: { abs(downsample / $0.downsample - 1) <= ResolvedScale.tolerance }) {
            let exact = levels[native].downsample
            return ResolvedScale(
                downsample: exact, level: native, levelScale: 1, mpp: base.map { $0 * exact }, mppSource: source)
        }
        // The wanted number itself, not what is left of it after a division and a multiplication.
        let stated: Double? = if case .mpp(let wanted) = self { wanted } else { nil }
        guard let finer = levels.lastIndex(where: { $0.downsample <= downsample }) else {
            throw FormatError(
                .invalidRequest, file: slide.path, expected: "a resolution no finer than the slide's",
                found:
                    "\(self) on a slide of \(base.map { "\(decimal($0)) um/px (\(source ?? ""))" } ?? "unknown resolution")"
            )
        }
        return ResolvedScale(
            downsample: downsample, level: finer, levelScale: downsample / levels[finer].downsample,
            mpp: base.map { stated ?? $0 * downsample }, mppSource: source)
    }

    /// Pixels of level 0 per pixel of the wanted resolution.
    func wantedDownsample(_ slide: any Slide, baseMPP: Double?) throws(FormatError) -> Double {
        func missing(_ what: String) -> FormatError {
            FormatError(.invalidRequest, file: slide.path, expected: what, found: "none in the file")
        }
        switch self {
        case .downsample(let factor): return factor
        case .level(let index):
            guard slide.levels.indices.contains(index) else {
                throw FormatError(
                    .invalidRequest, file: slide.path,
                    expected: slide.levels.count == 1 ? "level 0" : "a level from 0 to \(slide.levels.count - 1)",
                    found: "level \(index)")
            }
            return slide.levels[index].downsample
        case .mpp(let wanted):
            guard let baseMPP else { throw missing("a resolution in um/px (or an entry in the mpp table)") }
            return wanted / baseMPP
        case .magnification(let wanted):
            guard let objective = slide.objective else { throw missing("the objective's magnification") }
            return objective.magnification / wanted
        }
    }
}

extension TargetScale: CustomStringConvertible {
    /// As a person would say it: `mpp 0.5`, `level 0`.
    public var description: String {
        switch self {
        case .level(let index): "level \(index)"
        case .mpp(let value): "mpp \(value)"
        case .magnification(let value): "magnification \(value)"
        case .downsample(let value): "downsample \(value)"
        }
    }
}
