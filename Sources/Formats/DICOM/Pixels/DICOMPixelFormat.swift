public import ImageCore

/// How the pixels of an object are described: the Image Pixel module, PS3.3 C.7.6.3.
public struct DICOMPixelFormat: Sendable, Hashable {
    /// The kind of numbers that are stored.
    public enum Numbers: Sendable, Hashable {
        /// Whole numbers: Pixel Data.
        case integers
        /// 32-bit floating-point numbers: Float Pixel Data.
        case float32
        /// 64-bit floating-point numbers: Double Float Pixel Data.
        case float64
    }

    /// Number of rows.
    public var rows: Int
    /// Number of columns.
    public var columns: Int
    /// Samples per pixel: 1, or 3 for color.
    public var samplesPerPixel: Int
    /// Bits that a sample takes in the file.
    public var bitsAllocated: Int
    /// Bits of a sample that carry its value.
    public var bitsStored: Int
    /// The place of the value's highest bit.
    public var highBit: Int
    /// Whether values are two's complement.
    public var isSigned: Bool
    /// Whole or floating-point numbers.
    public var numbers: Numbers
    /// What the samples stand for.
    public var photometric: DICOMPhotometric
    /// Whether the samples of a frame lie color by color, not pixel by pixel, where they are not compressed.
    public var isPlanar: Bool
    /// Number of frames.
    public var frameCount: Int
    /// The value that stands for "no pixel", in stored values.
    public var paddingValue: Int?
    /// The other end of the range of such values.
    public var paddingRangeLimit: Int?

    /// A format by its parts; padding is absent.
    public init(
        rows: Int, columns: Int, samplesPerPixel: Int = 1, bitsAllocated: Int, bitsStored: Int? = nil,
        highBit: Int? = nil, isSigned: Bool = false, numbers: Numbers = .integers,
        photometric: DICOMPhotometric = .monochrome2, isPlanar: Bool = false, frameCount: Int = 1
    ) {
        self.rows = rows
        self.columns = columns
        self.samplesPerPixel = samplesPerPixel
        self.bitsAllocated = bitsAllocated
        self.bitsStored = bitsStored ?? bitsAllocated
        self.highBit = highBit ?? self.bitsStored - 1
        self.isSigned = isSigned
        self.numbers = numbers
        self.photometric = photometric
        self.isPlanar = isPlanar
        self.frameCount = frameCount
    }

    /// The type that stored values are decoded to.
    ///
    /// Up to 8 bits allocated give 8-bit integers (1-bit data the values 0 and 1), up to 16 give 16, up to 32 give 32.
    public var scalarKind: ScalarKind {
        switch numbers {
        case .float32: .float32
        case .float64: .float64
        case .integers:
            switch bitsAllocated {
            case ...8: isSigned ? .int8 : .uint8
            case ...16: isSigned ? .int16 : .uint16
            default: isSigned ? .int32 : .uint32
            }
        }
    }

    /// Samples of a decoded frame.
    public var samplesPerFrame: Int { rows * columns * samplesPerPixel }

    /// Bytes of a decoded frame.
    public var frameByteCount: Int { samplesPerFrame * scalarKind.byteCount }

    /// The smallest and the largest value that the stored bits can carry; `nil` for floating-point numbers.
    public var valueRange: ClosedRange<Int>? {
        guard numbers == .integers else { return nil }
        return isSigned ? -(1 << (bitsStored - 1))...(1 << (bitsStored - 1)) - 1 : 0...(1 << bitsStored) - 1
    }

    /// The stored values that stand for "no pixel": Pixel Padding Value and Range Limit, PS3.3 C.7.5.1.1.2.
    public var paddingRange: ClosedRange<Int>? {
        guard let paddingValue else { return nil }
        let other = paddingRangeLimit ?? paddingValue
        return min(paddingValue, other)...max(paddingValue, other)
    }
}
