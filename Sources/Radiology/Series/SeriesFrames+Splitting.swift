/// An attribute that frames of one stack share, and how they are compared.
private struct SplitStep {
    let attribute: StackAttribute
    let isSame: (DICOMFrameReference, DICOMFrameReference) -> Bool
    let text: (DICOMFrameReference) -> String
}

extension SeriesFrames {
    /// Splits all frames by what can't vary within a stack.
    func candidates() -> [StackCandidate] {
        let steps = [
            exact(.modality) { instance($0).modality }, exact(.mosaic, mosaicText), exact(.imageSize, sizeText),
            exact(.colorClass) { instance($0).pixels.colorClass },
            exact(.frameOfReference) { instance($0).frameOfReferenceUID ?? "none" },
            exact(.localizer) { isLocalizer($0) ? "localizer" : "no localizer" },
            exact(.hasPosition) { hasPosition($0) ? "known" : "unknown" },
            SplitStep(attribute: .orientation, isSame: sameOrientation, text: orientationText),
            SplitStep(attribute: .pixelSpacing, isSame: sameSpacing, text: spacingText),
            exact(.imageType, typeText), exact(.convolutionKernel) { facts($0).convolutionKernel ?? "none" },
            exact(.tubeVoltage) { (facts($0).tubeVoltage ?? "unknown") + " kV" },
            exact(.patientPosition) { facts($0).patientPosition ?? "unknown" },
            exact(.stackID) { facts($0).varying.stackID ?? "none" },
        ]
        var candidates = [StackCandidate(frames: all.sorted(by: liesBefore))]
        for step in steps { candidates = candidates.flatMap { split($0, by: step) } }
        return candidates.flatMap(splitWithoutPosition)
    }

    /// A step that keeps frames together whose texts are equal.
    private func exact(_ attribute: StackAttribute, _ text: @escaping (DICOMFrameReference) -> String) -> SplitStep {
        SplitStep(attribute: attribute, isSame: { text($0) == text($1) }, text: text)
    }

    /// An order by place alone, so that what is compared with the first frame of a class does not depend on identifiers.
    private func liesBefore(_ first: DICOMFrameReference, _ second: DICOMFrameReference) -> Bool {
        let nowhere = SIMD3(repeating: Double.greatestFiniteMagnitude)
        let one = facts(first).positionMillimetres ?? nowhere
        let other = facts(second).positionMillimetres ?? nowhere
        for axis in [2, 1, 0] where one[axis] != other[axis] { return one[axis] < other[axis] }
        return (first.instance, first.frame) < (second.instance, second.frame)
    }

    /// Splits a candidate into classes of equal frames; the leader of each class is its first frame.
    private func split(_ candidate: StackCandidate, by step: SplitStep) -> [StackCandidate] {
        let (attribute, isSame, text) = (step.attribute, step.isSame, step.text)
        var classes: [[DICOMFrameReference]] = []
        for frame in candidate.frames {
            // Mostly the class of the frame before.
            if let last = classes.indices.last, isSame(classes[last][0], frame) {
                classes[last].append(frame)
            } else if let index = classes.firstIndex(where: { isSame($0[0], frame) }) {
                classes[index].append(frame)
            } else {
                classes.append([frame])
            }
            if classes.count > Self.largestClassCount { return [unsplit(candidate, by: attribute)] }
        }
        if classes.count == 1 || attribute == .orientation && isRotating(classes) { return [candidate] }
        let leaders = classes.map { text($0[0]) }
        return zip(classes, leaders).map { frames, value in
            let others = leaders.lazy.filter { $0 != value }.prefix(3).joined(separator: ", ")
            let reason = "\(attribute.words) \(value)" + (others.isEmpty ? "" : ", others have \(others)")
            return candidate.part(frames, by: attribute, reason: reason)
        }
    }

    /// More values than this are no sorting: such a series is refused instead of becoming thousands of stacks.
    static let largestClassCount = 256

    /// A candidate that stays together although its frames differ, and says so.
    func unsplit(_ candidate: StackCandidate, by attribute: StackAttribute) -> StackCandidate {
        var candidate = candidate
        // Slices of many orientations are one stack that says so itself.
        guard attribute != .orientation else { return candidate }
        candidate.defects.append(
            SeriesDefect(
                .conflictingAttributes, .error,
                "the \(attribute.words) has more than \(Self.largestClassCount) values; its frames were not taken apart",
                files: paths(candidate.frames)))
        return candidate
    }

    /// Whether slices of different orientations belong together: at least four orientations, all equally often.
    private func isRotating(_ classes: [[DICOMFrameReference]]) -> Bool {
        classes.count >= 4 && classes.allSatisfy { $0.count == classes[0].count }
    }

    /// Pictures without a position stand alone, file by file, unless their modality makes slices.
    private func splitWithoutPosition(_ candidate: StackCandidate) -> [StackCandidate] {
        guard let first = candidate.frames.first, !hasPosition(first), Set(candidate.frames.map(\.instance)).count > 1,
            !["CT", "MR", "PT"].contains(instance(first).modality) || candidate.frames.contains(where: { $0.frame > 0 })
        else { return [candidate] }
        let files = Dictionary(grouping: candidate.frames, by: \.instance).sorted { $0.key < $1.key }
        return files.map { candidate.part($0.value, by: .file, reason: "images without a position stand alone") }
    }

    private func sameOrientation(_ first: DICOMFrameReference, _ second: DICOMFrameReference) -> Bool {
        guard let one = facts(first).orientation, let other = facts(second).orientation else {
            return facts(first).orientation == nil && facts(second).orientation == nil
        }
        return one == other || one.degrees(to: other) <= tolerance.degrees
    }

    private func sameSpacing(_ first: DICOMFrameReference, _ second: DICOMFrameReference) -> Bool {
        guard let one = facts(first).spacing, let other = facts(second).spacing else {
            return facts(first).spacing == nil && facts(second).spacing == nil
        }
        return abs(one.xMillimetres - other.xMillimetres) <= tolerance.relativePixelSpacing * one.xMillimetres
            && abs(one.yMillimetres - other.yMillimetres) <= tolerance.relativePixelSpacing * one.yMillimetres
    }

    /// Whether the frame's place in space is known.
    func hasPosition(_ frame: DICOMFrameReference) -> Bool {
        facts(frame).positionMillimetres != nil && facts(frame).orientation != nil
    }

    /// Whether the image type says that the frame is a localizer.
    func isLocalizer(_ frame: DICOMFrameReference) -> Bool { facts(frame).imageType.contains("LOCALIZER") }
}

extension SeriesFrames {
    private func sizeText(_ frame: DICOMFrameReference) -> String {
        let pixels = instance(frame).slicePixels
        return "\(pixels.columns) x \(pixels.rows)"
    }

    private func mosaicText(_ frame: DICOMFrameReference) -> String {
        instance(frame).mosaic == nil ? "no" : "yes"
    }

    private func typeText(_ frame: DICOMFrameReference) -> String {
        facts(frame).imageType.joined(separator: "\\")
    }

    private func spacingText(_ frame: DICOMFrameReference) -> String {
        facts(frame).spacing.map { "\(short($0.xMillimetres)) x \(short($0.yMillimetres)) mm" } ?? "none"
    }

    private func orientationText(_ frame: DICOMFrameReference) -> String {
        guard let orientation = facts(frame).orientation else { return "none" }
        let (x, y) = (orientation.x, orientation.y)
        return "\(orientation.plane) (\([x.x, x.y, x.z, y.x, y.y, y.z].map { short($0) }.joined(separator: ", ")))"
    }
}

/// A number with its noun, which takes an s for more than one.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A number with at most four digits behind the point.
func short(_ value: Double) -> String {
    let rounded = (value * 1e4).rounded() / 1e4
    if rounded == rounded.rounded(), abs(rounded) < 1e15 { return String(Int(rounded)) }
    return String(rounded)
}
