import Formats
import ImageCore

/// Makes a volume of a stack: decides what it holds, then decodes its frames.
struct VolumeAssembler: Sendable {
    let plan: VolumePlan
    let options: VolumeOptions
    let header: DICOMHeader
    let format: DICOMPixelFormat
    /// Which of the files' maps gives the values: as the caller wished, or the only one that says something.
    let values: VolumeOptions.Values
    let fileUnit: (unit: VolumeUnit, reason: VolumeReasons.Unit)
    let suv: SUVScale?
    private(set) var scalar: ScalarChoice
    /// Where Int16 was chosen although rare values may pass it: whether some did.
    let saturation = SaturationFlag()
    /// Files with more frames than they declare, as far as they were read.
    let surplus = SurplusFrames()
    let expandsPalette: Bool
    /// Samples per pixel of the volume.
    let channels: Int
    let axes: [Axis]
    let sizes: [Int]

    /// Looks at the facts of every frame and the header of the first.
    init(_ series: DICOMSeries, _ stack: DICOMStack, options: VolumeOptions) throws(FormatError) {
        self.options = options
        plan = try VolumePlan(series, stack, policy: options.policy)
        let first = series.instances[stack.frames[0].instance]
        header = try DICOMHeader(path: first.path, limits: options.limits)
        format = try DICOMPixelFormat(header)
        let facts = plan.knownFrames.map { series.facts($0) }
        values = Self.effective(options, facts, format)
        try Self.check(values, facts, format, options, file: first.path)
        fileUnit = Self.unit(header, facts, values)
        suv = header.dataSet.text(.modality) == "PT" ? SUVScale(header.dataSet, series: series, stack: stack) : nil
        let factor = try Self.factor(options, suv, file: first.path)
        let isHounsfield = fileUnit.unit == .hounsfield
        let frames = Self.values(series, plan.knownFrames, format, values, factor: factor)
        expandsPalette = options.expandsPalette && format.photometric == .paletteColor && format.samplesPerPixel == 1
        scalar =
            expandsPalette
            ? try Self.palette(header, format) : ScalarChoice(frames, isHounsfield: isHounsfield)
        channels = expandsPalette ? 3 : format.samplesPerPixel
        var axes = stack.axes.map { Self.axis($0.attribute) } + [.z, .y, .x]
        var sizes = stack.axes.map(\.count) + [plan.depth, stack.pixels.rows, stack.pixels.columns]
        if channels > 1 {
            axes.append(.channel)
            sizes.append(channels)
        }
        self.axes = axes
        self.sizes = sizes
        try checkSize(first.path)
    }

    private func checkSize(_ file: String) throws(FormatError) {
        try options.limits.check(
            width: format.columns, height: format.rows, bytesPerPixel: channels * scalar.kind.byteCount, file: file)
        let slice = plan.stack.pixels.rows * plan.stack.pixels.columns
        let (pixels, overflow) = slice.multipliedReportingOverflow(by: plan.depth * plan.places)
        let (bytes, bytesOverflow) = pixels.multipliedReportingOverflow(by: channels * scalar.kind.byteCount)
        guard !overflow, !bytesOverflow, bytes <= options.limits.bytes else {
            throw FormatError(
                .limitExceeded, file: file, expected: "at most \(options.limits.bytes) bytes",
                found: "a volume of \(sizes.map(String.init).joined(separator: " x "))")
        }
    }

    /// What the samples mean.
    var unit: VolumeUnit { options.convertsToSUV && suv != nil ? .suvBodyWeight : fileUnit.unit }

    private var paddingFill: Double {
        if case .fill(let value?) = options.padding { return value }
        return VolumeOptions.background(unit)
    }

    private var decoder: FrameDecoder {
        get throws(FormatError) {
            FrameDecoder(
                target: scalar.kind, background: paddingFill, padding: options.padding, limits: options.limits,
                factor: try Self.factor(options, suv, file: header.name), values: values, expected: format,
                expandsPalette: expandsPalette,
                scratch: SampleBufferPool(bufferSize: format.samplesPerFrame * 8), sources: try sources(),
                mosaics: MosaicPictures(plan.series, plan.usedFrames),
                saturation: scalar.reason == .hounsfieldInRange ? saturation : nil, surplus: surplus)
        }
    }

    private func sources() throws(FormatError) -> [Int: FrameSource] {
        var sources: [Int: FrameSource] = [:]
        for reference in plan.stack.frames where sources[reference.instance] == nil {
            let instance = plan.series.instances[reference.instance]
            guard instance.pixels.frames > 1 else { continue }
            sources[reference.instance] = try FrameSource(
                instance, options.limits, expandsPalette: expandsPalette)
        }
        return sources
    }

    /// Decodes every frame into the bytes of the image.
    func decode(into bytes: inout MutableRawSpan) throws(FormatError) {
        let decoder = try decoder
        var inserting = decoder
        inserting.background = options.insertedValue ?? VolumeOptions.background(unit)
        let filler = inserting
        try forEachSlab(of: &bytes, count: plan.depth * plan.places, workers: options.workers) {
            index, slab throws(FormatError) in
            guard let reference = plan.reference(slab: index) else { return filler.fillBackground(&slab) }
            try decoder.decode(
                reference.instance, plan.series.facts(reference), of: plan.series.instances[reference.instance],
                into: &slab)
        }
    }

    /// A new volume.
    func volume() throws(FormatError) -> Volume {
        let image = try AnyImage(kind: scalar.kind, axes: axes, sizes: sizes) { bytes throws(FormatError) in
            try decode(into: &bytes)
        }
        if let wide = try widened() { return try wide.volume() }
        return describe(image)
    }

    /// The same with 32 bits, when values did not fit 16.
    private func widened() throws(FormatError) -> VolumeAssembler? {
        guard scalar.reason == .hounsfieldInRange, saturation.isSet else { return nil }
        var wide = self
        wide.scalar = ScalarChoice(kind: .int32, reason: .wholeNumbers)
        try wide.checkSize(header.name)
        return wide
    }

    /// Decodes into an image that is there already, when its type and sizes fit.
    func volume(reusing image: consuming AnyImage) throws(FormatError) -> Volume {
        guard image.kind == scalar.kind, image.sizes == sizes, image.kind != .bool else { return try volume() }
        var writer = ByteWriter { (bytes: inout MutableRawSpan) throws(FormatError) in try decode(into: &bytes) }
        image.apply(&writer)
        if let failure = writer.failure { throw failure }
        if let wide = try widened() { return try wide.volume() }
        return describe(image)
    }
}
