import Formats
import ImageCore

/// Decodes frames straight into the slabs of a volume.
struct FrameDecoder: Sendable {
    let target: ScalarKind
    /// Samples of one slab.
    let sampleCount: Int
    var background: Double
    let padding: VolumeOptions.Padding
    let limits: DecodeLimits
    /// Multiplied to slope and intercept of every frame: 1, or the factor to SUV.
    let factor: Double
    let expected: DICOMPixelFormat
    let scratch: SampleBufferPool
    /// Readers of files with several frames, by their index in the series: their headers are read once.
    let readers: [Int: DICOMPixelReader]

    /// Decodes one frame.
    ///
    /// - Throws: what the pixel decoder throws, or ``FormatError/Code-swift.struct/corrupt`` when a frame is not what the
    ///   series was sorted by: the file was changed meanwhile.
    func decode(
        _ index: Int, _ facts: DICOMFrameFacts, path: String, into slab: inout MutableRawSpan
    ) throws(FormatError) {
        let reader = if let known = readers[index] { known } else { try Self.reader(path, limits) }
        let format = reader.format
        guard format.rows == expected.rows, format.columns == expected.columns,
            format.samplesPerPixel == expected.samplesPerPixel, facts.frame < format.frameCount
        else {
            throw FormatError(
                .corrupt, file: path, expected: "an image of \(expected.columns) x \(expected.rows) pixels",
                found: "\(format.columns) x \(format.rows): the file changed while it was read")
        }
        var values = FrameValues(format, rescale: facts.rescale)
        values.slope *= factor
        values.intercept *= factor
        if padding == .rescaled { values.padding = nil }
        if isDirect(values) {
            try reader.readStored(frame: facts.frame, into: &slab)
            rescale(&slab, values)
        } else {
            let buffer = scratch.take()
            defer { scratch.giveBack(buffer) }
            try buffer.writeBytes(format.frameByteCount) { bytes throws(FormatError) in
                try reader.readStored(frame: facts.frame, into: &bytes)
            }
            convert(buffer.samples.extracting(0..<format.frameByteCount), values, into: &slab)
        }
    }

    /// Finds the frames of a file.
    static func reader(_ path: String, _ limits: DecodeLimits) throws(FormatError) -> DICOMPixelReader {
        let header = try DICOMHeader(path: path, limits: limits)
        return try DICOMPixelReader(header: header, options: DICOMPixelOptions(limits: limits, isStrict: true))
    }

    /// Whether stored values can be decoded where the samples will lie.
    private func isDirect(_ values: FrameValues) -> Bool {
        if target == .int16 && values.whole != nil { return values.stored.byteCount == 2 }
        return values.stored == target && values.isIdentity && (values.padding == nil || isPaddingHarmless(values))
    }

    /// Whether the padding is the one value that it would become.
    private func isPaddingHarmless(_ values: FrameValues) -> Bool {
        guard let padding = values.padding else { return true }
        return padding.count == 1 && Double(padding.lowerBound) == background
    }

    private func rescale(_ slab: inout MutableRawSpan, _ values: FrameValues) {
        guard target == .int16, let whole = values.whole else { return }
        let isSigned = values.stored == .int16
        let rule = values.padding.map {
            PaddingRule(
                range: Int32(clamping: $0.lowerBound)...Int32(clamping: $0.upperBound),
                fill: Int16(clamping: Int(background.rounded())))
        }
        let rescale = IntegerRescale(slope: Int32(whole.slope), intercept: Int32(whole.intercept))
        slab.withSamples(as: Int16.self) { rescaleInPlace(&$0, isSigned: isSigned, rescale: rescale, padding: rule) }
    }

    private func convert(_ stored: Span<UInt8>, _ values: FrameValues, into slab: inout MutableRawSpan) {
        var map = SampleMap(slope: values.slope, intercept: values.intercept)
        if let padding = values.padding {
            map.paddingLow = Int64(padding.lowerBound)
            map.paddingHigh = Int64(padding.upperBound)
            map.fill = background
        }
        switch values.stored {
        case .uint8: convert(stored, UInt8.self, map, &slab)
        case .int8: convert(stored, Int8.self, map, &slab)
        case .uint16: convert(stored, UInt16.self, map, &slab)
        case .int16: convert(stored, Int16.self, map, &slab)
        case .uint32: convert(stored, UInt32.self, map, &slab)
        case .int32: convert(stored, Int32.self, map, &slab)
        case .float32: convert(floating: stored, Float.self, map, &slab)
        case .float64: convert(floating: stored, Double.self, map, &slab)
        case .bool, .int64, .uint64, .float16: preconditionFailure("no pixel data is stored that way")
        }
    }

    private func convert<Source: FixedWidthInteger & BitwiseCopyable>(
        _ stored: Span<UInt8>, _ type: Source.Type, _ map: SampleMap, _ slab: inout MutableRawSpan
    ) {
        stored.withSamples(as: type) { source in
            switch target {
            case .uint8: slab.withSamples(as: UInt8.self) { Radiology.convert(source, to: &$0, map) }
            case .int8: slab.withSamples(as: Int8.self) { Radiology.convert(source, to: &$0, map) }
            case .uint16: slab.withSamples(as: UInt16.self) { Radiology.convert(source, to: &$0, map) }
            case .int16: slab.withSamples(as: Int16.self) { Radiology.convert(source, to: &$0, map) }
            case .uint32: slab.withSamples(as: UInt32.self) { Radiology.convert(source, to: &$0, map) }
            case .int32: slab.withSamples(as: Int32.self) { Radiology.convert(source, to: &$0, map) }
            case .float64: slab.withSamples(as: Double.self) { Radiology.convert(source, to: &$0, map) }
            default: slab.withSamples(as: Float.self) { Radiology.convert(source, to: &$0, map) }
            }
        }
    }

    private func convert<Source: BinaryFloatingPoint & BitwiseCopyable>(
        floating stored: Span<UInt8>, _ type: Source.Type, _ map: SampleMap, _ slab: inout MutableRawSpan
    ) {
        stored.withSamples(as: type) { source in
            if target == .float64 {
                slab.withSamples(as: Double.self) { Radiology.convert(floating: source, to: &$0, map) }
            } else {
                slab.withSamples(as: Float.self) { Radiology.convert(floating: source, to: &$0, map) }
            }
        }
    }

    /// Fills a slab that no file has samples for.
    func fillBackground(_ slab: inout MutableRawSpan) {
        let value = background
        func fill<Sample: BitwiseCopyable>(_ type: Sample.Type, _ sample: Sample) {
            slab.withSamples(as: type) { samples in
                let count = samples.count
                for i in 0..<count { samples[i] = sample }
            }
        }
        switch target {
        case .uint8: fill(UInt8.self, UInt8(clamping: Int(value)))
        case .int8: fill(Int8.self, Int8(clamping: Int(value)))
        case .uint16: fill(UInt16.self, UInt16(clamping: Int(value)))
        case .int16: fill(Int16.self, Int16(clamping: Int(value)))
        case .uint32: fill(UInt32.self, UInt32(clamping: Int(value)))
        case .int32: fill(Int32.self, Int32(clamping: Int(value)))
        case .float64: fill(Double.self, value)
        default: fill(Float.self, Float(value))
        }
    }
}
