import ArgumentParser
import Formats
import ImageCore
import Patches

/// What outputs are written as.
enum AugmentFormat: String, ExpressibleByArgument, CaseIterable, Codable, Sendable {
    /// Volumes as compressed NIfTI, pictures as PNG, or as NumPy arrays where PNG cannot hold them.
    case auto
    case png
    case jpeg
    case tiff
    case npy
    case nifti
}

/// Writes images and masks of one format.
struct AugmentEncoder: Sendable {
    var format: AugmentFormat
    var workers = 1

    /// The endings of all files that a run writes, records among them.
    static let endings = ["png", "jpg", "tif", "npy", "nii.gz", "json"]

    /// The ending for an image.
    func ending(of image: AnyImage, isMask: Bool) -> String {
        switch chosen(image, isMask: isMask) {
        case .auto, .png: "png"
        case .jpeg: "jpg"
        case .tiff: "tif"
        case .npy: "npy"
        case .nifti: "nii.gz"
        }
    }

    /// Masks stay exact: where the images' format would change or not hold them, they have another.
    private func chosen(_ image: AnyImage, isMask: Bool) -> AugmentFormat {
        switch format {
        case .auto: Self.natural(image)
        case .jpeg where isMask: .png
        case .png where isMask && !Self.fitsPNG(image): Self.natural(image)
        case .png, .jpeg, .tiff, .npy, .nifti: format
        }
    }

    private static func natural(_ image: AnyImage) -> AugmentFormat {
        if image.layout.index(of: .z) != nil { return .nifti }
        return fitsPNG(image) ? .png : .npy
    }

    private static func fitsPNG(_ image: AnyImage) -> Bool {
        let colors: [ColorModel] = [.gray, .grayAlpha, .rgb, .rgba, .labels]
        let isSmall = [ScalarKind.uint8, .uint16, .bool].contains(image.kind)
        // An array with channels first is wanted as that.
        let isPicture = image.layout.index(of: .z) == nil && image.axes.last != .x || image.axes == [.y, .x]
        return isSmall && isPicture && (colors.contains(image.color) || image.channelCount == 1)
    }

    /// Writes a file, which appears when it is whole.
    func write(_ image: AnyImage, isMask: Bool, to path: String) throws(FormatError) {
        let image = Self.prepared(image, isMask: isMask)
        switch chosen(image, isMask: isMask) {
        case .nifti: try NIfTIEncoder(workers: workers).write(Self.withoutSingleChannel(image), to: path)
        case .tiff: try TIFFEncoder().write(image, to: path)
        case .npy: try NPYEncoder.write(image, to: path)
        case .jpeg: try AtomicFile.write(try Self.jpeg(image, path), to: path)
        case .auto, .png:
            do throws(FormatError) {
                try AtomicFile.write(try PNGEncoder(level: 6).encode(image), to: path)
            } catch {
                guard error.file != path else { throw error }
                throw FormatError(error.code, file: path, place: "PNG", expected: error.expected, found: error.found)
            }
        }
    }

    private static func jpeg(_ image: AnyImage, _ path: String) throws(FormatError) -> [UInt8] {
        guard case .uint8(let picture) = image, picture.axes.index(of: .z) == nil else {
            throw FormatError(
                .unsupported, file: path, place: "--format jpeg", expected: "pictures of uint8",
                found: image.layout.index(of: .z) == nil ? image.kind.rawValue : "a volume")
        }
        let axes: [Axis] = picture.axes.contains(.channel) ? [.y, .x, .channel] : [.y, .x]
        guard let arranged = try? picture.rearranged(to: axes) else {
            throw FormatError(.unsupported, file: path, expected: "axes y, x, channel", found: "\(picture.axes)")
        }
        return try JPEGEncoder(quality: 95).encode(arranged)
    }

    /// What describes the original file alone goes: its orientation is applied, its comments may name patients.
    private static func prepared(_ image: AnyImage, isMask: Bool) -> AnyImage {
        var result = image
        var kept = Metadata()
        for name in isMask ? ["palette"] : ["icc"] { kept[name] = image.metadata[name] }
        result.metadata = kept
        if image.color == .unspecified, image.channelCount == 1 { result.color = .gray }
        return result
    }

    private static func withoutSingleChannel(_ image: AnyImage) -> AnyImage {
        guard image.layout.index(of: .channel) != nil, image.channelCount == 1 else { return image }
        return image.slice(.channel, at: 0)
    }
}

extension AnyImage {
    /// Number of channels; 1 without the axis.
    var channelCount: Int { layout.index(of: .channel).map { layout.sizes[$0] } ?? 1 }
}

extension [Axis] {
    fileprivate func index(of axis: Axis) -> Int? { firstIndex(of: axis) }
}
