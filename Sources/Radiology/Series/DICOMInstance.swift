public import Formats

/// The layout of a file's pixel data as its header declares it; PS3.3 C.7.6.3.
public struct DICOMPixelFacts: Sendable, Hashable {
    /// Rows (0028,0010).
    public var rows: Int
    /// Columns (0028,0011).
    public var columns: Int
    /// Samples per pixel (0028,0002).
    public var samplesPerPixel = 1
    /// Photometric interpretation (0028,0004); empty when absent.
    public var photometric = ""
    /// Bits of a stored cell (0028,0100).
    public var bitsAllocated = 16
    /// Bits of a sample (0028,0101).
    public var bitsStored = 16
    /// Whether samples are two's complement: Pixel Representation (0028,0103).
    public var isSigned = false
    /// Whole or floating-point numbers, by the attribute that holds the pixels.
    public var numbers = DICOMPixelFormat.Numbers.integers
    /// Bits of the widest entries of a palette: the third value of the descriptors (0028,1101 to 1103).
    public var paletteBits: Int?
    /// Number of frames (0028,0008) as declared, at least 1.
    public var frames = 1
    /// Pixel padding value (0028,0120), in stored values.
    public var paddingValue: Int?
    /// Pixel padding range limit (0028,0121), in stored values.
    public var paddingRangeLimit: Int?

    /// A layout of 16-bit gray pixels.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Gray, palette or color: what may stand together in one stack.
    public var colorClass: String {
        if samplesPerPixel > 1 { return "color" }
        guard photometric == "PALETTE COLOR" else { return "gray" }
        return paletteBits ?? 8 > 8 ? "palette of 16 bits" : "palette"
    }
}

/// The facts of one file with pixels that matter for sorting it into a volume; the header itself is let go.
///
/// About 1 KB for a file of one frame, and about 500 bytes for each further frame.
public struct DICOMInstance: Sendable, Hashable {
    /// The file's path.
    public var path: String
    /// The file's size in bytes.
    public var fileSize = 0
    /// SOP class (0008,0016).
    public var sopClassUID = ""
    /// SOP instance (0008,0018).
    public var sopInstanceUID = ""
    /// Study (0020,000D).
    public var studyInstanceUID = ""
    /// Series (0020,000E).
    public var seriesInstanceUID = ""
    /// Frame of reference (0020,0052).
    public var frameOfReferenceUID: String?
    /// Patient ID (0010,0020).
    public var patientID: String?
    /// Modality (0008,0060).
    public var modality = ""
    /// Manufacturer (0008,0070).
    public var manufacturer: String?
    /// Series number (0020,0011).
    public var seriesNumber: Int?
    /// Series description (0008,103E).
    public var seriesDescription: String?
    /// Study date (0008,0020), as it stands.
    public var studyDate: String?
    /// The transfer syntax of the pixel data.
    public var transferSyntaxUID = ""
    /// The layout of the pixels.
    public var pixels: DICOMPixelFacts
    /// Offset of the pixel data's value; in the inflated data set when the syntax is deflated.
    public var pixelDataOffset: Int?
    /// Length of native pixel data in bytes; `nil` for encapsulated data.
    public var pixelDataLength: Int?
    /// The state of the file that was looked at; `nil` for instances that were made otherwise.
    package var revision: FileRevision?
    /// Whether the file ends within the first fragment of encapsulated pixel data.
    public var isFragmentCut = false
    /// How the picture is divided into slices, when it is a Siemens mosaic; every tile is one of ``frames`` then.
    public var mosaic: DICOMMosaic?
    /// Gantry tilt in degrees as recorded (0018,1120); shown, never used for geometry.
    public var recordedTiltDegrees: Double?
    /// What the standardized uptake value rests on; `nil` for other modalities than PET.
    public var positronFacts: PositronFacts?
    /// One entry per frame, in the file's order; per tile of a mosaic.
    public var frames: [DICOMFrameFacts] = []
    /// What is odd in the header, one sentence each.
    public var problems: [String] = []

    /// An instance by its path and the size of its image.
    public init(path: String, pixels: DICOMPixelFacts) {
        self.path = path
        self.pixels = pixels
    }

    /// The layout of one slice: that of the pixels, or of a tile.
    public var slicePixels: DICOMPixelFacts {
        guard let mosaic, mosaic.sliceCount > 0 else { return pixels }
        var tile = pixels
        (tile.rows, tile.columns) = (mosaic.rows, mosaic.columns)
        return tile
    }
}
