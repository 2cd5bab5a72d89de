import Formats
import ImageCore
import ImageProcessing

/// A picture of rows: an original, then what a pipeline made of it.
struct ContactSheet {
    /// Edge of the square that each picture fits into.
    static let cell = 192
    private static let gap = 8
    /// The pictures of each row; the original is the first.
    var rows: [[Image<UInt8>]] = []

    /// The whole sheet.
    func picture() -> Image<UInt8> {
        let columns = rows.map(\.count).max() ?? 0
        let pitch = Self.cell + Self.gap
        // The original stands apart.
        let width = columns * pitch + 2 * Self.gap
        let height = rows.count * pitch + Self.gap
        var sheet = Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [max(1, height), max(1, width), 3], repeating: 24, color: .rgb)
        for (row, pictures) in rows.enumerated() {
            for (column, picture) in pictures.enumerated() {
                let left = Self.gap + column * pitch + (column > 0 ? Self.gap : 0)
                let top = Self.gap + row * pitch
                Self.paste(
                    picture, x: left + (Self.cell - picture.width) / 2, y: top + (Self.cell - picture.height) / 2,
                    into: &sheet)
            }
        }
        return sheet
    }

    private static func paste(_ picture: Image<UInt8>, x: Int, y: Int, into sheet: inout Image<UInt8>) {
        let (width, length) = (sheet.width, 3 * picture.width)
        let height = picture.height
        let source = picture.contiguous()
        let samples = source.samples
        var target = sheet.mutableSamples
        for row in 0..<height {
            let start = 3 * ((y + row) * width + x)
            for i in 0..<length { target[start + i] = samples[row * length + i] }
        }
    }
}

extension ContactSheet {
    private static let colors: [UInt32] = [0x00E0_5A, 0xFF40_40, 0x40A0_FF, 0xFFC0_00, 0xE050_FF, 0x00E0_E0]

    /// An image as the sheet shows it: volumes by their middle slice, values from black to white, labels outlined.
    ///
    /// - Parameters:
    ///   - image: A picture or volume.
    ///   - labels: Its labels.
    ///   - original: The image before the pipeline; it gives black and white where the values have none.
    /// - Returns: RGB that fits into a cell.
    /// - Throws: ``ImageError`` for other axes.
    static func picture(
        _ image: AnyImage, labels: AnyImage?, original: AnyImage
    ) throws(ImageError) -> Image<UInt8> {
        let plane = try middle(image)
        let isSameKind = image.kind == original.kind && image.domain == original.domain
        let shades = try shades(of: plane, like: isSameKind ? try middle(original) : plane)
        var picture = painted(plane, from: shades.lowerBound, to: shades.upperBound)
        let scale = Double(cell) / Double(max(picture.width, picture.height))
        let size = PixelSize(
            width: max(1, Int((Double(picture.width) * scale).rounded())),
            height: max(1, Int((Double(picture.height) * scale).rounded())))
        // Pixels of small pictures stay visible as such.
        picture =
            scale >= 3
            ? try picture.resizedNearest(to: size)
            : try picture.resized(to: size, interpolation: .linear, antialias: true)
        if let labels { try outline(try middle(labels), in: &picture, size) }
        return picture
    }

    /// The middle slice with the axes y, x, channel.
    private static func middle(_ image: AnyImage) throws(ImageError) -> Image<Float> {
        var plane = image
        if let index = plane.layout.index(of: .z) { plane = plane.slice(.z, at: plane.layout.sizes[index] / 2) }
        var result = plane.converted(to: Float.self)
        (result.color, result.domain) = (image.color, shadeDomain(of: image))
        if !result.axes.contains(.channel) { result = result.adding(.channel, at: 2) }
        return try result.rearranged(to: [.y, .x, .channel])
    }

    /// The domain with black and white where the image has them.
    private static func shadeDomain(of image: AnyImage) -> ValueDomain {
        if image.domain == .labels || image.domain == .hounsfield { return image.domain }
        // Numbers of unknown meaning seldom fill more than a byte: scanners count to 4095, floats to anything.
        if image.domain == .unspecified, image.kind != .uint8, image.kind != .bool { return .unspecified }
        let range: ClosedRange<Double>? =
            switch image.kind {
            case .bool: 0...1
            case .uint8: image.domain.blackAndWhite(in: UInt8.self)
            case .uint16: image.domain.blackAndWhite(in: UInt16.self)
            case .uint32: image.domain.blackAndWhite(in: UInt32.self)
            case .uint64: image.domain.blackAndWhite(in: UInt64.self)
            case .int8, .int16, .int32, .int64: image.domain.blackAndWhite(in: Int32.self)
            case .float16, .float32, .float64: image.domain.blackAndWhite(in: Float.self)
            }
        return range.map(ValueDomain.range) ?? .unspecified
    }

    private static func shades(
        of plane: Image<Float>, like original: Image<Float>
    ) throws(ImageError) -> ClosedRange<Double> {
        switch plane.domain {
        case .range(let range): return range
        case .hounsfield:
            let (center, width) = (WindowPreset.softTissue.center, WindowPreset.softTissue.width)
            return center - width / 2...center + width / 2
        default:
            let ends = try original.percentiles([0.5, 99.5])
            return ends[0]...max(ends[0] + 1e-6, ends[1])
        }
    }

    /// Three channels from black to white; of other numbers of channels the first is shown.
    private static func painted(_ plane: Image<Float>, from black: Double, to white: Double) -> Image<UInt8> {
        let channels = plane.sizes[2]
        let isColor = channels == 3 || channels == 4
        let source = plane.contiguous()
        return Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [plane.height, plane.width, 3], color: .rgb, domain: .integer(bits: 8)
        ) { output in
            let samples = source.samples
            for pixel in 0..<output.count / 3 {
                for c in 0..<3 {
                    let value = Double(samples[pixel * channels + (isColor ? c : 0)])
                    output[3 * pixel + c] = UInt8(saturating: 255 * (value - black) / (white - black))
                }
            }
        }
    }

    private static func outline(
        _ labels: Image<Float>, in picture: inout Image<UInt8>, _ size: PixelSize
    ) throws(ImageError) {
        let numbers = numbers(of: try labels.resizedNearest(to: size))
        for (index, value) in Set(numbers).subtracting([0]).sorted().prefix(16).enumerated() {
            let mask = Image<Bool>(axes: [.y, .x], sizes: [size.height, size.width], color: .labels, domain: .labels) {
                for i in 0..<$0.count { $0[i] = numbers[i] == value }
            }
            let color = RGBColor(hex: colors[index % colors.count])
            for polygon in try boundaries(of: mask) {
                try picture.drawPolygonOutline(polygon, color: color, thickness: 2)
            }
        }
    }

    /// The label of each pixel; where each class has a channel of its own, the number of the first that is not 0.
    private static func numbers(of labels: Image<Float>) -> [Float] {
        let (channels, plain) = (labels.sizes[2], labels.contiguous())
        let samples = plain.samples
        return (0..<plain.count / channels).map { pixel in
            guard channels > 1 else { return samples[pixel] }
            return Float((0..<channels).first { samples[pixel * channels + $0] != 0 } ?? 0)
        }
    }
}
