import Formats
import ImageCore

/// What a volume's values are, decided before any pixel is decoded.
extension VolumeAssembler {
    /// Refuses values that not every frame has.
    static func check(
        _ values: VolumeOptions.Values, _ facts: [DICOMFrameFacts], file: String
    ) throws(FormatError) {
        guard values == .philipsScale, facts.contains(where: { $0.philipsScale == nil }) else { return }
        throw FormatError(
            .unsupported, file: file, place: "(2005,xx0E)", expected: "Philips' private scale slope", found: "none")
    }

    /// The unit of the values, and which tag decided.
    static func unit(
        _ header: DICOMHeader, _ facts: [DICOMFrameFacts], _ values: VolumeOptions.Values
    ) -> (unit: VolumeUnit, reason: VolumeReasons.Unit) {
        if values == .philipsScale { return (.unspecified, .noTag) }
        let types = Set(facts.map { $0.rescale?.type })
        let table = header.dataSet.items(.modalityLUTSequence).first?.text(DICOMTag(0x0028, 0x3004))
        return VolumeUnit.named(
            modality: header.dataSet.text(.modality),
            rescaleType: table ?? (types.count == 1 ? types.first ?? nil : nil),
            units: header.dataSet.text(DICOMTag(0x0054, 0x1001)), imageType: facts[0].imageType,
            hasRescale: facts[0].rescale != nil)
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
            if format.numbers == .integers {
                own.bitsAllocated = facts.bitsAllocated
                own.bitsStored = max(1, min(facts.bitsStored, 32))
                own.isSigned = facts.isSigned
            }
            var values = FrameValues(own, rescale: map.map(series.facts(reference)))
            values.tableBits = series.facts(reference).modalityTableBits
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
