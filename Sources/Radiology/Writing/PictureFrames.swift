import Formats
import ImageCore

/// Frames of one size as their pixels go into a file: frame after frame, row after row, channels interleaved.
struct PictureFrames {
    let rows: Int
    let columns: Int
    /// Number of frames; `nil` for a picture without an axis of frames.
    let count: Int?
    let isColor: Bool
    /// UInt8 or UInt16, contiguous.
    let image: AnyImage

    /// The frames of an image: 8 or 16 bits without sign, gray or RGB (8 bits), `Bool` as 0 and 255.
    ///
    /// One axis besides y, x and channel is that of the frames, whatever its name.
    init(_ image: AnyImage, file: String) throws(FormatError) {
        let further = image.axes.filter { ![.y, .x, .channel].contains($0) }
        guard image.axes.contains(.y), image.axes.contains(.x), further.count <= 1 else {
            throw Self.refuse(file, "axes y and x, and one of frames at most", image.axes.names)
        }
        let channels = image.axes.contains(.channel) ? image.channels : 1
        isColor = channels > 1
        let ordered = further + [.y, .x] + (image.axes.contains(.channel) ? [.channel] : [])
        (rows, columns) = (image.height, image.width)
        count = further.first.map { image.layout.size(of: $0) }
        self.image = try Self.storable(image, isColor: isColor, channels: channels, file: file)
            .accept(Ordering(axes: ordered))
        try Self.check(rows: rows, columns: columns, frames: count ?? 1, file: file)
    }

    private static func storable(
        _ image: AnyImage, isColor: Bool, channels: Int, file: String
    ) throws(FormatError) -> AnyImage {
        if isColor {
            guard channels == 3, image.color == .rgb || image.color == .unspecified, case .uint8 = image else {
                throw refuse(
                    file, "RGB with 8 bits", "\(channels) channels (\(image.color.rawValue)) of \(image.kind)")
            }
            return image
        }
        switch image {
        case .uint8, .uint16: return image
        case .bool(let mask): return .uint8(mask.map { $0 ? 255 : 0 })
        default:
            throw refuse(file, "samples of 8 or 16 bits without sign, or a mask", "\(image.kind)")
        }
    }

    /// Rows and columns are 16-bit numbers, the number of frames is an IS.
    static func check(rows: Int, columns: Int, frames: Int, file: String) throws(FormatError) {
        guard (1...65535).contains(rows), (1...65535).contains(columns) else {
            throw refuse(file, "1 to 65535 rows and columns", "\(rows) rows, \(columns) columns")
        }
        guard (1...Int(Int32.max)).contains(frames) else {
            throw refuse(file, "1 to \(Int32.max) frames", "\(frames)")
        }
    }

    private static func refuse(_ file: String, _ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: file, place: "image", expected: expected, found: found)
    }

    /// Image Pixel module without the pixels; PS3.3 C.7.6.3.
    var attributes: DICOMItem {
        let bits = image.kind == .uint16 ? 16 : 8
        var item = DICOMItem()
        item.put(.samplesPerPixel, .us, isColor ? 3 : 1)
        item.put(.photometricInterpretation, .cs, isColor ? "RGB" : "MONOCHROME2")
        if isColor { item.put(.planarConfiguration, .us, 0) }
        item.put(.rows, .us, rows)
        item.put(.columns, .us, columns)
        item.put(.bitsAllocated, .us, bits)
        item.put(.bitsStored, .us, bits)
        item.put(.highBit, .us, bits - 1)
        item.put(.pixelRepresentation, .us, 0)
        return item
    }
}

extension [Axis] {
    /// The axes in words, slowest first.
    var names: String {
        map { axis in if case .other(let name) = axis { name } else { "\(axis)" } }.joined(separator: ", ")
    }
}

/// The samples in memory in the order of some axes.
struct Ordering: ImageVisitor {
    let axes: [Axis]

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage {
        AnyImage(image.permuted(to: axes).contiguous())
    }
}

/// Adds the samples to a hash.
struct HashSamples: ImageVisitor {
    var hash: DICOMUIDHash

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> DICOMUIDHash {
        var hash = hash
        hash.combine(image.bytes)
        return hash
    }
}

/// Writes a file whose pixel data are the samples of an image.
struct WriteObject: ImageVisitor {
    let dataSet: DICOMItem
    let path: String

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(FormatError) {
        try DICOMEncoder().write(dataSet, pixels: image.bytes, to: path)
    }
}
