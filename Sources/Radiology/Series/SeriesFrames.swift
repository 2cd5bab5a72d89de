/// The instances of a series while they are sorted into stacks.
struct SeriesFrames {
    let instances: [DICOMInstance]
    let tolerance: StackTolerance

    /// Every frame of every instance, in the order of the instances.
    var all: [DICOMFrameReference] {
        instances.indices.flatMap { index in
            instances[index].frames.indices.map { DICOMFrameReference(instance: index, frame: $0) }
        }
    }

    func instance(_ frame: DICOMFrameReference) -> DICOMInstance { instances[frame.instance] }

    func facts(_ frame: DICOMFrameReference) -> DICOMFrameFacts { instances[frame.instance].frames[frame.frame] }

    /// The paths of some frames, each once, sorted.
    func paths(_ frames: some Sequence<DICOMFrameReference>) -> [String] {
        Set(frames.map(\.instance)).map { instances[$0].path }.sorted()
    }

    /// Whether a frame comes before another one at the same place: by temporal position, acquisition, instance number,
    /// then SOP instance UID and frame.
    func precedes(_ first: DICOMFrameReference, _ second: DICOMFrameReference) -> Bool {
        let (one, other) = (facts(first).varying, facts(second).varying)
        for attribute in [\DICOMVaryingFacts.temporalPosition, \.acquisitionNumber, \.instanceNumber] {
            let (left, right) = (one[keyPath: attribute] ?? .max, other[keyPath: attribute] ?? .max)
            if left != right { return left < right }
        }
        // Instances are sorted by their UID.
        return (first.instance, first.frame) < (second.instance, second.frame)
    }
}

/// Frames on the way to be a stack, and why they are apart from others.
struct StackCandidate {
    var frames: [DICOMFrameReference]
    var splitBy: [StackAttribute] = []
    var splitReasons: [String] = []
    var defects: [SeriesDefect] = []

    /// A part of this candidate.
    func part(_ frames: [DICOMFrameReference], by attribute: StackAttribute, reason: String) -> StackCandidate {
        StackCandidate(
            frames: frames, splitBy: splitBy + [attribute], splitReasons: splitReasons + [reason], defects: defects)
    }
}
