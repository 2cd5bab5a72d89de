import Formats
import ImageCore

/// The frames of a segmentation's pixel data: bits, fractions or numbers, one by one.
struct SegmentationPixels: Sendable {
    let rows: Int
    let columns: Int
    let frameCount: Int
    let bitsAllocated: Int
    private let header: DICOMHeader
    private let place: DICOMPixelDataPlace
    /// Whether bytes stand in the order of 16-bit words of the other byte order (PS3.5, annex A.3).
    private let swapsPairs: Bool
    /// Decodes compressed frames; `nil` for native pixel data.
    private let compressed: DICOMPixelReader?

    var pixelsPerFrame: Int { rows * columns }

    /// Checks sizes against the limits, and native pixel data against the length of the file.
    init(_ header: DICOMHeader, limits: DecodeLimits) throws(FormatError) {
        let data = header.dataSet
        rows = data.integer(.rows) ?? 0
        columns = data.integer(.columns) ?? 0
        frameCount = try data.declaredFrames(file: header.name)
        bitsAllocated = data.integer(.bitsAllocated) ?? 0
        self.header = header
        try limits.check(width: columns, height: rows, bytesPerPixel: 2, file: header.name, place: "Rows and Columns")
        guard (1...limits.entries).contains(frameCount) else {
            throw FormatError(
                frameCount < 1 ? .corrupt : .limitExceeded, file: header.name, place: "Number of Frames",
                expected: "1 to \(limits.entries)", found: "\(frameCount)")
        }
        guard [1, 8, 16].contains(bitsAllocated), data.integer(.samplesPerPixel) ?? 1 == 1 else {
            throw FormatError(
                .unsupported, file: header.name, place: "Bits Allocated", expected: "1, 8 or 16 bits of one sample",
                found: "\(bitsAllocated) bits of \(data.integer(.samplesPerPixel) ?? 1)")
        }
        guard let place = header.pixelData else {
            throw FormatError(.truncated, file: header.name, expected: "pixel data", found: "the end of the file")
        }
        self.place = place
        swapsPairs = header.transferSyntax.isBigEndian && bitsAllocated <= 8 && place.vr == .ow
        let isCompressed = header.transferSyntax.isEncapsulated
        compressed =
            isCompressed
            ? try DICOMPixelReader(header: header, options: DICOMPixelOptions(limits: limits, isStrict: true)) : nil
        if !isCompressed { try checkNativeLength() }
    }

    private func checkNativeLength() throws(FormatError) {
        let (samples, overflow) = (rows * columns).multipliedReportingOverflow(by: frameCount)
        let (bits, bitOverflow) = samples.multipliedReportingOverflow(by: bitsAllocated)
        let available = max(0, min(place.length ?? 0, header.source.count - place.offset))
        let (bytes, unit) = (bits / 8 + (bits % 8 > 0 ? 1 : 0), swapsPairs ? 2 : 1)
        guard !overflow, !bitOverflow, bytes <= available / unit * unit else {
            throw FormatError(
                .truncated, file: header.name, place: "pixel data at offset \(place.offset)",
                expected: "\(counted(frameCount, "frame")) of \(columns) x \(rows) pixels of \(bitsAllocated) bits",
                found: "\(available) bytes")
        }
    }

    /// Decodes one frame into a buffer of as many values as a frame has pixels.
    func read(_ frame: Int, into values: inout [UInt16]) throws(FormatError) {
        precondition(values.count == pixelsPerFrame, "one value per pixel of a frame")
        if let compressed { return try decode(compressed, frame, into: &values) }
        let first = frame * pixelsPerFrame * bitsAllocated
        let start = first / 8
        let end = (first + pixelsPerFrame * bitsAllocated + 7) / 8
        let bytes = try nativeBytes(start..<end)
        switch bitsAllocated {
        case 1: unpack(bytes, skipping: first % 8, into: &values)
        case 8: for i in values.indices { values[i] = UInt16(bytes[i]) }
        default: widen(bytes, into: &values)
        }
    }

    /// Bytes in the order of the pixels.
    private func nativeBytes(_ range: Range<Int>) throws(FormatError) -> [UInt8] {
        guard swapsPairs else {
            return try header.source.bytes(at: place.offset + range.lowerBound, count: range.count)
        }
        // Words begin at even offsets.
        let start = range.lowerBound - range.lowerBound % 2
        let count = range.upperBound + range.upperBound % 2 - start
        var bytes = try header.source.bytes(at: place.offset + start, count: count)
        for i in stride(from: 0, to: count, by: 2) { bytes.swapAt(i, i + 1) }
        return Array(bytes[(range.lowerBound - start)..<(range.upperBound - start)])
    }

    /// Bits stand lowest first, and frames follow each other without padding (PS3.5, section 8.1.1 and annex D).
    private func unpack(_ bytes: [UInt8], skipping: Int, into values: inout [UInt16]) {
        var (byte, bit) = (0, skipping)
        for i in values.indices {
            values[i] = UInt16(bytes[byte] >> UInt8(bit) & 1)
            bit += 1
            if bit == 8 { (byte, bit) = (byte + 1, 0) }
        }
    }

    private func widen(_ bytes: [UInt8], into values: inout [UInt16]) {
        let (low, high) = header.transferSyntax.isBigEndian ? (1, 0) : (0, 1)
        for i in values.indices { values[i] = UInt16(bytes[2 * i + low]) | UInt16(bytes[2 * i + high]) << 8 }
    }

    private func decode(_ reader: DICOMPixelReader, _ frame: Int, into values: inout [UInt16]) throws(FormatError) {
        switch try reader.storedImage(frame: frame) {
        case .uint8(let image): take(image, into: &values) { UInt16($0) }
        case .uint16(let image): take(image, into: &values) { $0 }
        default:
            throw FormatError(
                .corrupt, file: header.name, place: "Pixel Representation", expected: "numbers without sign",
                found: "\(reader.format.scalarKind)")
        }
    }

    private func take<Scalar: ImageScalar>(
        _ image: Image<Scalar>, into values: inout [UInt16], _ value: (Scalar) -> UInt16
    ) {
        let image = image.contiguous()
        let samples = image.samples
        for i in values.indices { values[i] = value(samples[i]) }
    }
}
