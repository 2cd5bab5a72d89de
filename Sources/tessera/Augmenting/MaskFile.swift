import Formats
import ImageCore
import Patches

/// A mask's file: what it says of itself, and its labels.
struct MaskFile {
    let path: String
    let reader: any ImageReader
    let info: FrameInfo

    /// Opens a file; a palette's indices stay, for they are the labels.
    init(_ path: String) throws(FormatError) {
        self.path = path
        reader = try FormatTable.standard.open(ByteSource(path: path), options: ReadOptions(palette: .labels))
        info = try AugmentWork.frame(reader, path)
    }

    /// Whether the labels are indices of a palette.
    var isPalette: Bool { info.metadata["palette"] != nil }
    /// Whether compression may have changed labels.
    var isLossy: Bool { reader.formatName == "JPEG" }
    /// Whether the type holds numbers that are no labels.
    var mayHoldFractions: Bool { [.float16, .float32, .float64].contains(info.kind) }

    /// Reads the labels.
    ///
    /// - Throws: ``FormatError`` for fractions, and for JPEG with more than two values.
    func labels() throws(FormatError) -> AnyImage {
        var image = try reader.readFrame()
        image.domain = .labels
        if let number = image.firstFraction {
            throw FormatError(
                .invalidRequest, file: path, expected: "a mask of whole numbers", found: "\(number)")
        }
        if isLossy, image.valueCount > 2 {
            throw FormatError(
                .invalidRequest, file: path, expected: "a mask in a format that keeps labels, such as PNG",
                found: "JPEG, which made \(image.valueCount) values of them")
        }
        return image
    }
}

extension AnyImage {
    /// The first sample that is no whole number; `nil` without one.
    fileprivate var firstFraction: Double? {
        switch self {
        case .float16(let image): Self.firstFraction(of: image)
        case .float32(let image): Self.firstFraction(of: image)
        case .float64(let image): Self.firstFraction(of: image)
        default: nil
        }
    }

    private static func firstFraction<T: BinaryFloatingPoint>(of image: Image<T>) -> Double? {
        let plain = image.contiguous()
        let samples = plain.samples
        // Infinity is its own whole part.
        for i in 0..<plain.count where !(samples[i].isFinite && samples[i] == samples[i].rounded()) {
            return Double(samples[i])
        }
        return nil
    }

    /// Number of different values of an image of 8 bits.
    fileprivate var valueCount: Int {
        let plain = converted(to: UInt8.self).contiguous()
        let samples = plain.samples
        var isFound = [Bool](repeating: false, count: 256)
        for i in 0..<plain.count { isFound[Int(samples[i])] = true }
        return isFound.count { $0 }
    }
}
