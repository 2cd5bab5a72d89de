import Formats
import ImageCore

extension VolumeAssembler {
    /// What is known of the volume besides its samples.
    func describe(_ image: AnyImage) -> Volume {
        var volume = Volume(image: image)
        volume.image.geometry = plan.geometry
        volume.image.domain = domain
        volume.image.color = color
        volume.slices = slices
        volume.axes = plan.stack.axes
        volume.sliceTimesSeconds = sliceTimesSeconds
        volume.timeStepSeconds = timeStepSeconds
        if let step = volume.timeStepSeconds { volume.image.metadata["nifti.timeStepSeconds"] = .number(step) }
        volume.unit = unit
        volume.stackGeometry = plan.stack.geometry
        volume.isGridExact = plan.isGridExact && plan.geometry != nil
        volume.validity = validity
        volume.suv = suv
        volume.reasons = reasons
        volume.defects = plan.defects + surplus.defects
        volume.seriesInstanceUID = plan.series.uid
        volume.studyInstanceUID = plan.series.studyUID
        volume.modality = plan.series.modality
        return volume
    }

    private var domain: ValueDomain { unit == .hounsfield ? .hounsfield : .unspecified }

    private var color: ColorModel {
        switch channels {
        case 1: .gray
        case 3: .rgb
        default: .unspecified
        }
    }

    private var slices: [VolumeSlice] {
        (0..<plan.depth).map { z in
            let sources = (0..<plan.places).map { place -> VolumeSlice.Source? in
                guard let reference = plan.reference(slab: place * plan.depth + z) else { return nil }
                let instance = plan.series.instances[reference.instance]
                return VolumeSlice.Source(
                    sopInstanceUID: instance.sopInstanceUID, frame: reference.frame, path: instance.path)
            }
            return VolumeSlice(
                positionMillimetres: z < plan.positions.count ? plan.positions[z] : nil, sources: sources)
        }
    }

    private var validity: Image<Bool>? {
        guard plan.isIncomplete else { return nil }
        let rank = plan.stack.axes.count + 1
        return Image<Bool>(axes: Array(axes[..<rank]), sizes: Array(sizes[..<rank])) { samples in
            for i in 0..<samples.count { samples[i] = plan.reference(slab: i) != nil }
        }
    }

    private var valuesReason: VolumeReasons.Values {
        if expandsPalette { return .palette }
        let facts = plan.stack.frames.lazy.map { plan.series.facts($0) }
        if values == .realWorld { return .realWorld }
        if facts.contains(where: { $0.modalityTableBits != nil }) { return .table }
        guard format.samplesPerPixel == 1 else { return .stored }
        if values == .philipsScale { return .philipsScale }
        return facts.contains { $0.rescale != nil } ? .rescaled : .stored
    }

    /// Why the volume is as it is, decided before any pixel is decoded.
    var reasons: VolumeReasons {
        var reasons = plan.reasons
        reasons.unit = options.convertsToSUV && suv != nil ? .converted : fileUnit.reason
        reasons.scalar = format.samplesPerPixel > 1 ? .stored : scalar.reason
        reasons.values = valuesReason
        let maps = Set(plan.knownFrames.compactMap { plan.series.facts($0).realWorldValue })
        if values != .realWorld, let map = maps.first {
            reasons.unusedRealWorldUnit = maps.allSatisfy { $0.unit == map.unit } ? map.unit ?? "" : ""
        }
        let declaring = plan.stack.frames.map { plan.series.instances[$0.instance].pixels }.first {
            $0.paddingValue != nil
        }
        guard let declaring, let value = declaring.paddingValue, format.samplesPerPixel == 1 else { return reasons }
        let other = declaring.paddingRangeLimit ?? value
        let stored = min(value, other)...max(value, other)
        switch options.padding {
        case .rescaled: reasons.padding = .rescaled(stored: stored)
        case .fill(let fill):
            reasons.padding = .filled(stored: stored, value: fill ?? VolumeOptions.background(unit))
        }
        return reasons
    }
}
