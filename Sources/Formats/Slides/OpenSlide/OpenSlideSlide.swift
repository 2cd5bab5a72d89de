import ImageCore
import Synchronization

/// A slide that OpenSlide reads, in virtual tiles of 512 × 512 pixels.
///
/// OpenSlide places regions by pixels of level 0; at levels whose reported downsample is no whole number it interpolates, so
/// that pixels there may differ a little from those that the file stores.
final class OpenSlideSlide: Slide {
    static let format = SlideFormat(
        name: "OpenSlide", recognizes: { OpenSlideHandle.vendor(of: $0) != nil },
        open: { path, limits throws(FormatError) in try OpenSlideSlide(path: path, limits: limits) })

    private static let tileSize = PixelSize(width: 512, height: 512)

    let path: String
    let formatName: String
    let engineName: String
    let levels: [SlideLevel]
    let resolution: SlideResolution?
    let objective: SlideObjective?
    let properties: Metadata
    let background: RGBColor
    /// OpenSlide gives none before version 4.
    let iccProfile: [UInt8]? = nil
    let associatedImageNames: [String]
    private let limits: DecodeLimits
    private let reportedDownsamples: [Double]
    let tileCache: SlideTileCache? = SlideTileCache()
    private let shared: Mutex<OpenSlideHandle>

    init(path: String, limits: DecodeLimits) throws(FormatError) {
        let handle = try OpenSlideHandle(path: path)
        let statements = Dictionary(
            handle.properties.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let reported = Self.readableLevels(handle, statements)
        guard let base = reported.first?.size, reported.allSatisfy({ $0.size.width > 0 && $0.size.height > 0 }) else {
            throw FormatError(.corrupt, file: path, expected: "levels with pixels", found: "none")
        }
        guard base.width <= limits.dimension, base.height <= limits.dimension else {
            throw FormatError(
                .limitExceeded, file: path, expected: "at most \(limits.dimension) pixels along an axis",
                found: "\(base.width) x \(base.height)")
        }
        levels = reported.map { level in
            let factor = SlideDownsample.factor(of: level.size, below: base, tile: Self.tileSize)
            return SlideLevel(size: level.size, downsample: factor, tileSize: Self.tileSize)
        }
        var metadata = Metadata()
        for (name, value) in statements { metadata[name] = .text(value) }
        self.path = path
        self.limits = limits
        properties = metadata
        formatName = Self.names[statements["openslide.vendor"] ?? ""] ?? statements["openslide.vendor"] ?? "slide"
        engineName = "openslide \(OpenSlideHandle.version)"
        reportedDownsamples = reported.map(\.downsample)
        resolution = Self.resolution(statements)
        objective = Self.number("openslide.objective-power", statements).map {
            SlideObjective(magnification: $0, source: "openslide.objective-power")
        }
        background = statements["openslide.background-color"].flatMap { RGBColor(hexadecimal: $0) } ?? .white
        associatedImageNames = handle.associatedImageNames.sorted()
        shared = Mutex(handle)
    }

    /// What people call the formats of OpenSlide's vendors.
    private static let names = [
        "aperio": "Aperio SVS", "generic-tiff": "tiled TIFF", "hamamatsu": "Hamamatsu", "leica": "Leica SCN",
        "mirax": "MIRAX", "philips": "Philips TIFF", "sakura": "Sakura", "trestle": "Trestle", "ventana": "Ventana",
    ]

    private static func number(_ name: String, _ statements: [String: String]) -> Double? {
        statements[name].flatMap { Double($0) }.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    private static func resolution(_ statements: [String: String]) -> SlideResolution? {
        if let x = number("openslide.mpp-x", statements), let y = number("openslide.mpp-y", statements) {
            return SlideResolution(stated: x, y, source: "openslide.mpp-x")
        }
        // OpenSlide 3 leaves the resolution of TIFF without a vendor as it stands in the file.
        guard let x = number("tiff.XResolution", statements), let y = number("tiff.YResolution", statements) else {
            return nil
        }
        switch statements["tiff.ResolutionUnit"] {
        case "inch": return SlideResolution(stated: 25400 / x, 25400 / y, source: "tiff.XResolution")
        case "centimeter": return SlideResolution(stated: 10000 / x, 10000 / y, source: "tiff.XResolution")
        default: return nil
        }
    }

    /// The levels that OpenSlide reads right.
    ///
    /// OpenSlide 3 takes TIFF tiles that are not JPEG through libtiff's RGBA interface, and libtiff 4.5 misplaces the rows of
    /// pictures smaller than their tile there; such levels come last and are left out.
    private static func readableLevels(
        _ handle: OpenSlideHandle, _ statements: [String: String]
    ) -> [(size: PixelSize, downsample: Double)] {
        let levels = (0..<handle.levelCount).map { handle.level($0) }
        guard statements["openslide.vendor"] == "generic-tiff", OpenSlideHandle.version.hasPrefix("3.") else {
            return levels
        }
        let count = levels.indices.dropFirst().first { i in
            let width = statements["openslide.level[\(i)].tile-width"].flatMap { Int($0) } ?? 1
            let height = statements["openslide.level[\(i)].tile-height"].flatMap { Int($0) } ?? 1
            return levels[i].size.width < width || levels[i].size.height < height
        }
        return Array(levels.prefix(count ?? levels.count))
    }
}

extension OpenSlideSlide {
    /// Runs a call, and once more on a handle of its own when it fails: the error may be another thread's, and it stays.
    private func attempt(_ place: String, _ call: (OpenSlideHandle) -> Void) throws(FormatError) {
        let handle = shared.withLock { $0 }
        call(handle)
        guard handle.failure != nil else { return }
        let fresh = try OpenSlideHandle(path: path)
        call(fresh)
        if let failure = fresh.failure {
            let next = try OpenSlideHandle(path: path)
            shared.withLock { $0 = next }
            throw FormatError(.corrupt, file: path, place: place, found: failure)
        }
        shared.withLock { $0 = fresh }
    }

    func associatedImage(_ name: String) throws(FormatError) -> Image<UInt8> {
        guard associatedImageNames.contains(name), let size = shared.withLock({ $0 }).associatedImageSize(name) else {
            throw FormatError(
                .invalidRequest, file: path, expected: associatedImageNames.joined(separator: ", "),
                found: "associated image \(name)")
        }
        try limits.check(width: size.width, height: size.height, bytesPerPixel: 7, file: path, place: name)
        var pixels = [UInt32](repeating: 0, count: size.width * size.height)
        try attempt(name) { $0.readAssociatedImage(name, size: size, into: &pixels) }
        return Image(
            axes: [.y, .x, .channel], sizes: [size.height, size.width, 3], color: .rgb, domain: .integer(bits: 8)
        ) { samples in
            for i in 0..<pixels.count { background.lay(under: pixels[i], at: i, of: &samples) }
        }
    }

    func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>
    ) throws(FormatError) -> TileState {
        let pixels = try readPixels(level: level, column: column, row: row, count: samples.count)
        var state = TileState.missing
        for i in 0..<pixels.count {
            background.lay(under: pixels[i], at: i, of: &samples)
            if pixels[i] >> 24 != 0 { state = .stored }
        }
        return state
    }

    func readTile(
        level: Int, column: Int, row: Int, into samples: inout MutableSpan<UInt8>, validity: inout MutableSpan<Bool>
    ) throws(FormatError) -> TileState {
        let pixels = try readPixels(level: level, column: column, row: row, count: samples.count)
        var state = TileState.missing
        for i in 0..<pixels.count {
            background.lay(under: pixels[i], at: i, of: &samples)
            // Half covered counts: interpolation makes the outermost pixels a little transparent.
            validity[i] = pixels[i] >> 24 >= 128
            if pixels[i] >> 24 != 0 { state = .stored }
        }
        return state
    }

    /// Premultiplied pixels of a tile; beyond the level's edge they are transparent.
    private func readPixels(level: Int, column: Int, row: Int, count: Int) throws(FormatError) -> [UInt32] {
        let tile = Self.tileSize
        guard levels.indices.contains(level), (0..<levels[level].columns).contains(column),
            (0..<levels[level].rows).contains(row), count == tile.width * tile.height * 3
        else {
            throw FormatError(
                .invalidRequest, file: path, expected: "a tile of a level and \(tile.width * tile.height * 3) samples",
                found: "level \(level), tile (\(column), \(row)) and \(count) samples")
        }
        let factor = reportedDownsamples[level]
        let x = Int((Double(column * tile.width) * factor).rounded())
        let y = Int((Double(row * tile.height) * factor).rounded())
        var pixels = [UInt32](repeating: 0, count: tile.width * tile.height)
        try attempt("level \(level), tile (column \(column), row \(row))") {
            $0.readRegion(x: x, y: y, level: level, size: tile, into: &pixels)
        }
        clearOutside(&pixels, level, column, row)
        return pixels
    }

    private func clearOutside(_ pixels: inout [UInt32], _ level: Int, _ column: Int, _ row: Int) {
        let (size, tile) = (levels[level].size, Self.tileSize)
        let width = min(tile.width, size.width - column * tile.width)
        let height = min(tile.height, size.height - row * tile.height)
        guard width < tile.width || height < tile.height else { return }
        for y in 0..<tile.height {
            for x in (y < height ? width : 0)..<tile.width { pixels[y * tile.width + x] = 0 }
        }
    }
}

extension RGBColor {
    /// A color as six hexadecimal digits.
    fileprivate init?(hexadecimal text: String) {
        guard text.utf8.count == 6, let value = UInt32(text, radix: 16) else { return nil }
        self.init(
            red: UInt8(value >> 16 & 255), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    }

    /// Writes a premultiplied pixel laid over this color.
    fileprivate func lay(under pixel: UInt32, at index: Int, of samples: inout MutableSpan<UInt8>) {
        let clear = 255 - pixel >> 24
        func blend(_ color: UInt32, _ behind: UInt8) -> UInt8 {
            UInt8(min(255, color + (UInt32(behind) * clear + 127) / 255))
        }
        samples[3 * index] = blend(pixel >> 16 & 255, red)
        samples[3 * index + 1] = blend(pixel >> 8 & 255, green)
        samples[3 * index + 2] = blend(pixel & 255, blue)
    }
}
