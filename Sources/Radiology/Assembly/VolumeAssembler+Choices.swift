import Formats
import ImageCore

/// What a volume's values are, decided before any pixel is decoded.
extension VolumeAssembler {
    /// Refuses values that not every frame has.
    static func check(
        _ values: VolumeOptions.Values, _ facts: [DICOMFrameFacts], _ format: DICOMPixelFormat,
        _ options: VolumeOptions, file: String
    ) throws(FormatError) {
        if values == .realWorld { return try checkRealWorld(facts, format, options, file: file) }
        guard values == .philipsScale, facts.contains(where: { $0.philipsScale == nil }) else { return }
        throw FormatError(
            .unsupported, file: file, place: "(2005,xx0E)", expected: "Philips' private scale slope", found: "none")
    }

    private static func checkRealWorld(
        _ facts: [DICOMFrameFacts], _ format: DICOMPixelFormat, _ options: VolumeOptions, file: String
    ) throws(FormatError) {
        func failure(_ expected: String, _ found: String) -> FormatError {
            FormatError(.unsupported, file: file, place: "(0040,9096)", expected: expected, found: found)
        }
        guard facts.allSatisfy({ $0.realWorldValue != nil }) else {
            throw failure("a real world value map of every slice", "none")
        }
        guard format.samplesPerPixel == 1 else { throw failure("gray pixels", "color") }
        guard !options.convertsToSUV else { throw failure("the standard's rescaling for SUV", "real world values") }
        // Float pixels have a table by ranges of floats, which nobody writes.
        let hasTable = facts.contains { $0.realWorldValue?.table != nil }
        guard format.numbers == .integers || !hasTable else {
            throw failure("a slope for floating-point pixels", "a table")
        }
    }

    /// The map that counts: real world values where the modality's rescaling says nothing about any slice.
    static func effective(
        _ options: VolumeOptions, _ facts: [DICOMFrameFacts], _ format: DICOMPixelFormat
    ) -> VolumeOptions.Values {
        let isOnlyMap = facts.allSatisfy { $0.realWorldValue != nil && $0.hasPlainRescale }
        guard options.values == .rescaled, isOnlyMap, !options.convertsToSUV, format.samplesPerPixel == 1,
            format.photometric != .paletteColor
        else { return options.values }
        return .realWorld
    }

    /// The unit of the values, and which tag decided.
    static func unit(
        _ header: DICOMHeader, _ facts: [DICOMFrameFacts], _ values: VolumeOptions.Values
    ) -> (unit: VolumeUnit, reason: VolumeReasons.Unit) {
        if values == .philipsScale { return (.unspecified, .noTag) }
        if values == .realWorld {
            let units = Set(facts.map { $0.realWorldValue?.unit })
            guard units.count == 1, let unit = units.first ?? nil else { return (.unspecified, .noTag) }
            return (VolumeUnit(ucum: unit), .realWorldUnits)
        }
        let table = header.dataSet.items(.modalityLUTSequence).first?.text(DICOMTag(0x0028, 0x3004))
        let types = facts.filter { $0.modalityTableBits == nil }.map { $0.rescale?.type }
        return VolumeUnit.named(
            modality: header.dataSet.text(.modality), rescaleTypes: table.map { types + [$0] } ?? types,
            units: header.dataSet.positronUnits, hasRescale: facts[0].rescale != nil)
    }

    /// The type of the colors of a palette.
    static func palette(_ header: DICOMHeader, _ format: DICOMPixelFormat) throws(FormatError) -> ScalarChoice {
        guard let palette = DICOMPalette(header.dataSet, isSigned: format.isSigned) else {
            throw FormatError(
                .corrupt, file: header.name, place: "(0028,1201)", expected: "three palette lookup tables",
                found: "fewer")
        }
        return ScalarChoice(kind: palette.scalarKind, reason: .palette)
    }

    static func factor(_ options: VolumeOptions, _ suv: SUVScale?, file: String) throws(FormatError) -> Double {
        guard options.convertsToSUV, let suv else { return 1 }
        switch suv {
        case .factor(let factor, _): return factor
        case .unavailable(let reason):
            throw FormatError(.unsupported, file: file, expected: "the tags of SUV by body weight", found: reason.words)
        }
    }

    /// The values of every frame: each by its own bits, slope and intercept.
    static func values(
        _ series: DICOMSeries, _ frames: [DICOMFrameReference], _ format: DICOMPixelFormat,
        _ map: VolumeOptions.Values, factor: Double
    ) -> [FrameValues] {
        frames.map { reference in
            let facts = series.instances[reference.instance].pixels
            var own = format
            own.numbers = facts.numbers
            own.bitsAllocated = facts.bitsAllocated
            own.bitsStored = max(1, min(facts.bitsStored, 32))
            own.isSigned = facts.isSigned
            var values = FrameValues(own, rescale: map.map(series.facts(reference)))
            values.setTable(series.facts(reference), map)
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
}
