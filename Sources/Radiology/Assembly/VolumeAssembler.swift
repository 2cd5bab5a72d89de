import Formats
import ImageCore

/// Makes a volume of a stack: decides what it holds, then decodes its frames.
struct VolumeAssembler: Sendable {
    let plan: VolumePlan
    let options: VolumeOptions
    let header: DICOMHeader
    let format: DICOMPixelFormat
    let fileUnit: (unit: VolumeUnit, reason: VolumeReasons.Unit)
    let suv: SUVScale?
    let scalar: ScalarChoice
    let axes: [Axis]
    let sizes: [Int]

    /// Looks at the facts of every frame and the header of the first.
    init(_ series: DICOMSeries, _ stack: DICOMStack, options: VolumeOptions) throws(FormatError) {
        self.options = options
        plan = try VolumePlan(series, stack, policy: options.policy)
        let first = series.instances[stack.frames[0].instance]
        header = try DICOMHeader(path: first.path, limits: options.limits)
        format = try DICOMPixelFormat(header)
        let facts = stack.frames.map { series.facts($0) }
        if let table = zip(stack.frames, facts).first(where: { $1.hasModalityTable }) {
            throw FormatError(
                .unsupported, file: series.instances[table.0.instance].path, place: "(0028,3000)",
                expected: "a rescale slope and intercept", found: "a modality lookup table")
        }
        let types = Set(facts.map { $0.rescale?.type })
        fileUnit = VolumeUnit.named(
            modality: header.dataSet.text(.modality), rescaleType: types.count == 1 ? types.first ?? nil : nil,
            units: header.dataSet.text(DICOMTag(0x0054, 0x1001)), imageType: facts[0].imageType,
            hasRescale: facts[0].rescale != nil)
        suv = header.dataSet.text(.modality) == "PT" ? SUVScale(header.dataSet, series: series, stack: stack) : nil
        let factor = try Self.factor(options, suv, file: first.path)
        let isHounsfield = fileUnit.unit == .hounsfield
        scalar = ScalarChoice(Self.values(series, stack, format, factor: factor), isHounsfield: isHounsfield)
        var axes = stack.axes.map { Self.axis($0.attribute) } + [.z, .y, .x]
        var sizes = stack.axes.map(\.count) + [plan.depth, format.rows, format.columns]
        if format.samplesPerPixel > 1 {
            axes.append(.channel)
            sizes.append(format.samplesPerPixel)
        }
        self.axes = axes
        self.sizes = sizes
        try checkSize(first.path)
    }

    private static func factor(_ options: VolumeOptions, _ suv: SUVScale?, file: String) throws(FormatError) -> Double {
        guard options.convertsToSUV, let suv else { return 1 }
        switch suv {
        case .factor(let factor, _): return factor
        case .unavailable(let reason):
            throw FormatError(.unsupported, file: file, expected: "the tags of SUV by body weight", found: reason.words)
        }
    }

    /// The values of every frame: each by its own bits, slope and intercept.
    private static func values(
        _ series: DICOMSeries, _ stack: DICOMStack, _ format: DICOMPixelFormat, factor: Double
    ) -> [FrameValues] {
        stack.frames.map { reference in
            let facts = series.instances[reference.instance].pixels
            var own = format
            if format.numbers == .integers {
                own.bitsAllocated = facts.bitsAllocated
                own.bitsStored = max(1, min(facts.bitsStored, 32))
                own.isSigned = facts.isSigned
            }
            var values = FrameValues(own, rescale: series.facts(reference).rescale)
            values.slope *= factor
            values.intercept *= factor
            return values
        }
    }

    /// The image axis for an attribute that varies: time where it counts time.
    static func axis(_ attribute: StackAttribute) -> Axis {
        switch attribute {
        case .temporalPosition, .acquisitionTime, .contentTime, .frameReferenceTime, .cineTime: .time
        default: .other(attribute.rawValue)
        }
    }

    private func checkSize(_ file: String) throws(FormatError) {
        try options.limits.check(
            width: format.columns, height: format.rows, bytesPerPixel: format.samplesPerPixel * scalar.kind.byteCount,
            file: file)
        let slice = format.rows * format.columns
        let (pixels, overflow) = slice.multipliedReportingOverflow(by: plan.depth * plan.places)
        let (bytes, bytesOverflow) = pixels.multipliedReportingOverflow(
            by: format.samplesPerPixel * scalar.kind.byteCount)
        guard !overflow, !bytesOverflow, bytes <= options.limits.bytes else {
            throw FormatError(
                .limitExceeded, file: file, expected: "at most \(options.limits.bytes) bytes",
                found: "a volume of \(sizes.map(String.init).joined(separator: " x "))")
        }
    }

    private var unit: VolumeUnit { options.convertsToSUV && suv != nil ? .suvBodyWeight : fileUnit.unit }

    private var paddingFill: Double {
        if case .fill(let value?) = options.padding { return value }
        return VolumeOptions.background(unit)
    }

    private var decoder: FrameDecoder {
        get throws(FormatError) {
            FrameDecoder(
                target: scalar.kind, sampleCount: format.samplesPerFrame, background: paddingFill,
                padding: options.padding, limits: options.limits,
                factor: try Self.factor(options, suv, file: header.name), expected: format,
                scratch: SampleBufferPool(bufferSize: format.samplesPerFrame * 8), readers: try readers())
        }
    }

    private func readers() throws(FormatError) -> [Int: DICOMPixelReader] {
        var readers: [Int: DICOMPixelReader] = [:]
        for reference in plan.stack.frames where readers[reference.instance] == nil {
            let instance = plan.series.instances[reference.instance]
            guard instance.frames.count > 1 else { continue }
            readers[reference.instance] = try FrameDecoder.reader(instance.path, options.limits)
        }
        return readers
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
                reference.instance, plan.series.facts(reference),
                path: plan.series.instances[reference.instance].path, into: &slab)
        }
    }

    /// A new volume.
    func volume() throws(FormatError) -> Volume {
        let image = try AnyImage(kind: scalar.kind, axes: axes, sizes: sizes) { bytes throws(FormatError) in
            try decode(into: &bytes)
        }
        return describe(image)
    }

    /// Decodes into an image that is there already, when its type and sizes fit.
    func volume(reusing image: consuming AnyImage) throws(FormatError) -> Volume {
        guard image.kind == scalar.kind, image.sizes == sizes, image.kind != .bool else { return try volume() }
        var writer = ByteWriter { (bytes: inout MutableRawSpan) throws(FormatError) in try decode(into: &bytes) }
        image.apply(&writer)
        if let failure = writer.failure { throw failure }
        return describe(image)
    }
}
