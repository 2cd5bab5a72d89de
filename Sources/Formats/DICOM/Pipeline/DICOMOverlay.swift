public import ImageCore

/// A plane of single bits over an image: PS3.3 C.9.2.
public struct DICOMOverlay: Sendable, Hashable {
    /// Where the bits stand.
    public enum Place: Sendable, Hashable {
        /// In Overlay Data of the group.
        case data
        /// In a bit of the pixels that their value leaves unused (retired).
        case pixelBit(Int)
    }

    /// The group: 0x6000 to 0x601E.
    public let group: UInt16
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// Row of the image, counted from 1, that the first row lies on; may be outside.
    public let originRow: Int
    /// Column of the image, counted from 1, that the first column lies on.
    public let originColumn: Int
    /// Number of frames.
    public let frameCount: Int
    /// Frame of the image, counted from 0, that the first frame lies on.
    public let firstImageFrame: Int
    /// `G` for graphics, `R` for a region of interest.
    public let type: String?
    /// What the file calls it.
    public let label: String?
    /// Where the bits stand.
    public let place: Place

    private let data: [UInt8]

    /// The overlays of an object, by their groups; those without rows or columns are left out.
    public static func all(_ header: DICOMHeader, limits: DecodeLimits = .standard) -> [DICOMOverlay] {
        stride(from: UInt16(0x6000), through: 0x601E, by: 2).compactMap {
            DICOMOverlay(header.dataSet, group: $0, limits: limits)
        }
    }

    private init?(_ dataSet: DICOMDataSet, group: UInt16, limits: DecodeLimits) {
        func tag(_ element: UInt16) -> DICOMTag { DICOMTag(group, element) }
        guard let rows = dataSet.word(tag(0x0010)), let columns = dataSet.word(tag(0x0011)), rows > 0, columns > 0,
            rows * columns <= limits.pixels
        else { return nil }
        self.group = group
        (self.rows, self.columns) = (rows, columns)
        let origin = dataSet.words(tag(0x0050)) ?? []
        (originRow, originColumn) =
            origin.count >= 2 ? (Int(Int16(bitPattern: origin[0])), Int(Int16(bitPattern: origin[1]))) : (1, 1)
        let frames = dataSet.bytes(tag(0x0015)).map { String(decoding: $0, as: UTF8.self) }
        frameCount = max(1, frames.flatMap { Int($0.filter { $0.isNumber }) } ?? 1)
        firstImageFrame = max(0, (dataSet.word(tag(0x0051)) ?? 1) - 1)
        func text(_ element: UInt16) -> String? {
            dataSet.bytes(tag(element)).map { String(decoding: DICOMText.trimmed($0[...]), as: UTF8.self) }
        }
        type = text(0x0040)
        label = text(0x1500)
        if let bytes = dataSet.bytesOfWords(tag(0x3000)), !bytes.isEmpty {
            place = .data
            data = bytes
        } else {
            place = .pixelBit(dataSet.word(tag(0x0102)) ?? 0)
            data = []
        }
    }

    /// Decodes one frame.
    ///
    /// - Parameters:
    ///   - frame: The frame of the overlay, counted from 0.
    ///   - reader: The pixels, for overlays in their bits.
    /// - Returns: True where the overlay is set, with axes y, x of its own size.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` for a frame that does not exist,
    ///   ``FormatError/Code-swift.struct/truncated`` when its bits are missing, and what decoding the pixels throws.
    public func image(frame: Int = 0, reader: DICOMPixelReader) throws(FormatError) -> Image<Bool> {
        guard (0..<frameCount).contains(frame) else {
            throw FormatError(
                .invalidRequest, file: reader.name, place: "overlay", expected: "a frame below \(frameCount)",
                found: "frame \(frame)")
        }
        if case .pixelBit(let bit) = place { return try reader.pixelBit(bit, frame: frame + firstImageFrame) }
        let (start, overflow) = (rows * columns).multipliedReportingOverflow(by: frame)
        guard !overflow, start + rows * columns <= data.count * 8 else {
            throw FormatError(
                .truncated, file: reader.name, place: DICOMTag(group, 0x3000).description,
                expected: "\(rows) x \(columns) x \(frameCount) bits", found: "\(data.count * 8)")
        }
        return Image<Bool>(axes: [.y, .x], sizes: [rows, columns]) { (samples: inout MutableSpan<Bool>) in
            for i in 0..<rows * columns {
                samples[i] = data[(start + i) >> 3] >> UInt8((start + i) & 7) & 1 == 1
            }
        }
    }
}

extension DICOMPixelReader {
    /// One bit of the cells that hold the pixels, those included that their value leaves unused.
    func pixelBit(_ bit: Int, frame: Int) throws(FormatError) -> Image<Bool> {
        guard (0..<format.bitsAllocated).contains(bit), format.samplesPerPixel == 1, format.numbers == .integers else {
            throw FormatError(
                .corrupt, file: name, place: "overlay", expected: "a bit below \(format.bitsAllocated)",
                found: "bit \(bit)")
        }
        let cells = try withWholeCells.storedImage(frame: frame)
        guard let bits = cells.accept(BitSearch(bit: bit)) else {
            throw FormatError(.corrupt, file: name, place: "overlay", expected: "whole numbers", found: "others")
        }
        return bits
    }
}

private struct BitSearch: ImageVisitor {
    let bit: Int

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Bool>? {
        switch image {
        case let image as Image<UInt8>: image.map { $0 >> UInt8(bit) & 1 == 1 }
        case let image as Image<UInt16>: image.map { $0 >> UInt16(bit) & 1 == 1 }
        case let image as Image<UInt32>: image.map { $0 >> UInt32(bit) & 1 == 1 }
        default: nil
        }
    }
}
