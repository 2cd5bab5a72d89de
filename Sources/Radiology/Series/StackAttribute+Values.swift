extension StackAttribute {
    /// The attributes along which a stack may have a further axis, the most telling ones first.
    static let axisCandidates: [StackAttribute] = [
        .diffusion, .echoTime, .echoNumber, .inversionTime, .flipAngle, .cardiacPhase, .temporalPosition, .nuclearIndex,
        .triggerTime, .frameReferenceTime, .acquisitionNumber, .dimensionIndex, .cineTime, .acquisitionTime,
        .contentTime,
    ]

    /// What makes another picture of the same place; never mixed within a volume without a word.
    static let contrasts: [StackAttribute] = [.diffusion, .echoTime, .echoNumber, .inversionTime, .flipAngle]

    /// The attributes whose order alone may make an axis, when every place has the same number of frames.
    static let rankCandidates: [StackAttribute] = [
        .triggerTime, .frameReferenceTime, .cineTime, .acquisitionTime, .contentTime, .instanceNumber,
    ]

    /// The attributes that may tell repeats under each value of some contrasts apart; of repeats under none, their order alone
    /// does.
    static func repeatCandidates(under contrasts: [StackAttribute]) -> [StackAttribute] {
        let named: [StackAttribute] = contrasts.isEmpty ? [] : [.temporalPosition, .acquisitionNumber]
        return ([.diffusion] + named + rankCandidates).filter { !contrasts.contains($0) }
    }

    /// The attribute of a frame as numbers that can be compared; empty when the frame does not have it.
    func values(of facts: DICOMFrameFacts) -> [Double] {
        let varying = facts.varying
        switch self {
        case .diffusion:
            guard let bValue = varying.bValue else { return [] }
            guard bValue > 0, let direction = varying.diffusionDirection else { return [bValue] }
            return [bValue, rounded(direction.x), rounded(direction.y), rounded(direction.z)]
        case .nuclearIndex: return varying.nuclearIndices.map(Double.init)
        case .dimensionIndex: return varying.dimensionIndices.map(Double.init)
        default: return singleValue(of: varying).map { [$0] } ?? []
        }
    }

    private func singleValue(of varying: DICOMVaryingFacts) -> Double? {
        switch self {
        case .echoTime: varying.echoTimeMilliseconds
        case .echoNumber: varying.echoNumber.map(Double.init)
        case .inversionTime: varying.inversionTimeMilliseconds
        case .flipAngle: varying.flipAngleDegrees
        case .cardiacPhase: varying.cardiacPhasePercent
        case .temporalPosition: varying.temporalPosition.map(Double.init)
        case .triggerTime: varying.triggerTimeMilliseconds
        case .frameReferenceTime: varying.frameReferenceTimeMilliseconds
        case .cineTime: varying.cineTimeMilliseconds
        case .acquisitionNumber: varying.acquisitionNumber.map(Double.init)
        case .acquisitionTime: varying.acquisitionTimeSeconds
        case .contentTime: varying.contentTimeSeconds
        case .instanceNumber: varying.instanceNumber.map(Double.init)
        default: nil
        }
    }

    private func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }

    /// The attribute's name in sentences.
    var words: String {
        switch self {
        case .orientation: "orientation"
        case .imageSize: "size"
        case .pixelSpacing: "pixel spacing"
        case .colorClass: "kind of color"
        case .frameOfReference: "frame of reference"
        case .imageType: "image type"
        case .convolutionKernel: "convolution kernel"
        case .tubeVoltage: "tube voltage"
        case .patientPosition: "patient position"
        case .sliceThickness: "slice thickness"
        case .sequenceName: "sequence name"
        case .stackID: "stack ID"
        case .mosaic: "mosaic"
        case .modality: "modality"
        case .hasPosition: "known position"
        case .localizer: "localizer"
        case .inPlanePosition: "in-plane position"
        case .file: "file"
        case .diffusion: "b-value and direction"
        case .echoTime: "echo time"
        case .echoNumber: "echo number"
        case .inversionTime: "inversion time"
        case .flipAngle: "flip angle"
        case .cardiacPhase: "cardiac phase"
        case .temporalPosition: "temporal position"
        case .triggerTime: "trigger time"
        case .frameReferenceTime: "frame reference time"
        case .cineTime: "time of the frame"
        case .nuclearIndex: "place in the frame increment vectors"
        case .dimensionIndex: "dimension index"
        case .acquisitionNumber: "acquisition number"
        case .acquisitionTime: "acquisition time"
        case .contentTime: "content time"
        case .instanceNumber: "instance number"
        }
    }
}
