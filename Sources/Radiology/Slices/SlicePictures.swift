import Formats
import ImageCore
import ImageProcessing

/// Makes the pictures of a slice.
struct SlicePictures: Sendable {
    /// The values that are written: windowed, or as they are.
    let values: AnyImage
    let mask: Image<Bool>?
    let options: SliceOptions

    init(_ source: SliceSource, _ options: SliceOptions) {
        values =
            options.window.map { window in
                let shades = source.volume.windowed(window)
                return .uint8(source.isInverted ? shades.map { 255 - $0 } : shades)
            } ?? source.volume.contiguous()
        mask = source.mask
        self.options = options
    }

    /// A picture's file; `nil` for the box of an empty mask.
    func file(_ kind: SliceKind, _ slice: SliceMeasure) throws(FormatError) -> [UInt8]? {
        let made: AnyImage?
        do throws(ImageError) {
            made = try picture(kind, slice)
        } catch {
            throw FormatError(.invalidRequest, file: "slice \(slice.index)", found: error.description)
        }
        guard let made else { return nil }
        return try encoded(made)
    }

    private func encoded(_ picture: AnyImage) throws(FormatError) -> [UInt8] {
        switch options.format {
        case .png: try PNGEncoder().encode(picture)
        case .npy: NPYEncoder.encode(picture)
        }
    }

    private func picture(_ kind: SliceKind, _ slice: SliceMeasure) throws(ImageError) -> AnyImage? {
        let whole = values.slice(.z, at: slice.index)
        switch kind {
        case .whole: return whole
        case .masked:
            guard let mask else { return nil }
            return try whole.transformed(by: BlackOutside(mask: mask.slice(.z, at: slice.index)))
        case .mask: return mask.map { .bool($0.slice(.z, at: slice.index)) }
        case .boxed: return try slice.box.map { (box) throws(ImageError) in try boxed(whole, box) }
        }
    }

    private func boxed(_ whole: AnyImage, _ box: PixelRect) throws(ImageError) -> AnyImage {
        switch options.boxFit {
        case .tight: return whole.cropped(to: box)
        case .padded(let size):
            // Of an odd difference the smaller half lies before.
            let frame = PixelRect(
                x: box.x + (box.width - size.width) >> 1, y: box.y + (box.height - size.height) >> 1,
                width: size.width, height: size.height)
            return try whole.transformed(by: Frame(rect: frame))
        case .resized(let size):
            return try whole.cropped(to: box).contiguous()
                .resized(width: size.width, height: size.height, depth: 1, workers: 1)
        }
    }
}

/// The value that stands for black: air for Hounsfield units, else 0.
private func black<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Scalar {
    image.domain == .hounsfield ? Scalar(converting: Int16(-1000)) : .zero
}

/// Sets what lies outside a mask to black.
private struct BlackOutside: ImageTransform {
    let mask: Image<Bool>

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        let (source, included) = (image.contiguous(), mask.contiguous())
        let black = black(image)
        var result = Image<Scalar>(axes: source.axes, sizes: source.sizes, color: image.color, domain: image.domain) {
            let (samples, mask) = (source.samples, included.samples)
            for i in 0..<$0.count { $0[i] = mask[i] ? samples[i] : black }
        }
        result.geometry = image.geometry
        return result
    }
}

/// The part of a picture inside a frame, which may reach outside: there it is black.
private struct Frame: ImageTransform {
    let rect: PixelRect

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        let source = image.contiguous()
        let black = black(image)
        var result = Image<Scalar>(
            axes: [.y, .x], sizes: [rect.height, rect.width], color: image.color, domain: image.domain
        ) {
            let samples = source.samples
            for y in 0..<rect.height {
                for x in 0..<rect.width {
                    let (row, column) = (rect.y + y, rect.x + x)
                    let isInside = row >= 0 && row < source.height && column >= 0 && column < source.width
                    $0[y * rect.width + x] = isInside ? samples[row * source.width + column] : black
                }
            }
        }
        result.geometry = image.geometry?.cropped(.x, from: rect.x).cropped(.y, from: rect.y)
        return result
    }
}
