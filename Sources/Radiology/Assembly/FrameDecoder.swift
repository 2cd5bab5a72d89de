import Formats
import ImageCore

/// Decodes frames straight into the slabs of a volume.
struct FrameDecoder: Sendable {
    let target: ScalarKind
    var background: Double
    let padding: VolumeOptions.Padding
    let limits: DecodeLimits
    /// Multiplied to slope and intercept of every frame: 1, or the factor to SUV.
    let factor: Double
    /// Which linear map of a frame counts.
    let values: VolumeOptions.Values
    let expected: DICOMPixelFormat
    let expandsPalette: Bool
    /// Room for a frame of any type that is decoded to, and its colors.
    let scratch: SampleBufferPool
    /// What frames of files with several frames are decoded with, by the file's index in the series: headers are read once.
    let sources: [Int: FrameSource]
    /// Pictures of which every tile is a slice.
    let mosaics: MosaicPictures
    /// Told of values that may have been cut, where Int16 may be too narrow.
    let saturation: SaturationFlag?
    /// Told of files with more frames than they declare.
    let surplus: SurplusFrames

    /// Decodes one frame.
    ///
    /// - Throws: what the pixel decoder throws, or ``FormatError/Code-swift.struct/corrupt`` when a frame is not what the
    ///   series was sorted by: the file was changed meanwhile.
    func decode(
        _ index: Int, _ facts: DICOMFrameFacts, of instance: DICOMInstance, into slab: inout MutableRawSpan
    ) throws(FormatError) {
        let source =
            if let known = sources[index] { known } else {
                try FrameSource(instance, limits, expandsPalette: expandsPalette)
            }
        let format = source.reader.format
        guard format.rows == expected.rows, format.columns == expected.columns,
            format.samplesPerPixel == expected.samplesPerPixel,
            facts.frame < format.frameCount || mosaics.layouts[index] != nil
        else {
            throw FormatError(
                .corrupt, file: instance.path, expected: "an image of \(expected.columns) x \(expected.rows) pixels",
                found: "\(format.columns) x \(format.rows): the file changed while it was read")
        }
        let values = frameValues(facts, source)
        if isDirect(values) && mosaics.layouts[index] == nil {
            try source.reader.readStored(frame: facts.frame, into: &slab)
            rescale(&slab, values)
        } else {
            let buffer = scratch.take()
            defer { scratch.giveBack(buffer) }
            let count = try readStored(index, facts, source, into: buffer)
            let samples = buffer.samples.extracting(0..<count)
            if let table = values.realTable {
                try look(samples, values, table, file: instance.path, &slab)
            } else {
                convert(samples, values, source, into: &slab)
            }
        }
        surplus.note(source.reader)
        if let saturation { slab.withSamples(as: Int16.self) { saturation.inspect($0.span) } }
    }

    private func frameValues(_ facts: DICOMFrameFacts, _ source: FrameSource) -> FrameValues {
        var result = FrameValues(source.reader.format, rescale: values.map(facts))
        result.slope *= factor
        result.intercept *= factor
        if values == .realWorld {
            result.setTable(facts, values)
        } else if source.table != nil {
            result.tableBits = source.table?.bits
        }
        if padding == .rescaled { result.padding = nil }
        return result
    }

    /// Decodes a frame or a tile to stored values at the start of a buffer.
    ///
    /// - Returns: Number of bytes.
    private func readStored(
        _ index: Int, _ facts: DICOMFrameFacts, _ source: FrameSource, into buffer: SampleBuffer
    ) throws(FormatError) -> Int {
        let format = source.reader.format
        guard let layout = mosaics.layouts[index] else {
            try buffer.writeBytes(format.frameByteCount) { bytes throws(FormatError) in
                try source.reader.readStored(frame: facts.frame, into: &bytes)
            }
            return format.frameByteCount
        }
        let picture = try mosaics.picture(index, byteCount: format.frameByteCount) { bytes throws(FormatError) in
            try source.reader.readStored(frame: 0, into: &bytes)
        }
        let pixel = format.frameByteCount / (format.rows * format.columns)
        let origin = layout.origin(ofTile: facts.frame)
        buffer.copyRows(
            layout.rows, bytesPerRow: layout.columns * pixel, from: picture,
            sourceStart: (origin.row * format.columns + origin.column) * pixel, sourceStride: format.columns * pixel,
            to: 0, stride: layout.columns * pixel)
        return layout.rows * layout.columns * pixel
    }

    /// Whether stored values can be decoded where the samples will lie.
    private func isDirect(_ values: FrameValues) -> Bool {
        guard values.tableBits == nil, values.realTable == nil, !expandsPalette else { return false }
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
