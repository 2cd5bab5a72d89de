extension SeriesFrames {
    /// Splits slices of different contrasts that lie at different places: each contrast is a volume, however little of the
    /// body it shows.
    ///
    /// Where contrasts share places, they are an axis: see ``completeGrid(_:)``. A value that hardly two slices have in
    /// common varies from slice to slice by design, and no slices are parted then.
    func splitByContrast(_ candidate: StackCandidate) -> [StackCandidate] {
        guard candidate.frames.allSatisfy(hasPosition), place(candidate.frames).collisions == 0 else {
            return [candidate]
        }
        return (StackAttribute.contrasts + [.temporalPosition]).reduce([candidate]) { parts, attribute in
            parts.flatMap { splitByValue($0, of: attribute) }
        }
    }

    /// A candidate for each value of an attribute, unless hardly two frames have one in common.
    func splitByValue(_ candidate: StackCandidate, of attribute: StackAttribute) -> [StackCandidate] {
        let groups = Dictionary(grouping: candidate.frames) { frame in
            // The gradient's direction makes no other volume, its strength does.
            StackValue(numbers: Array(attribute.values(of: facts(frame)).prefix(1)))
        }
        guard groups.count > 1, 2 * groups.count <= candidate.frames.count, groups.count <= Self.largestClassCount
        else { return [candidate] }
        return groups.sorted { $0.key < $1.key }.map { value, frames in
            let others = groups.keys.filter { $0 != value }.sorted().prefix(3).map(\.words).joined(separator: ", ")
            return candidate.part(
                frames, by: attribute, reason: "\(attribute.words) \(value.words), others have \(others)")
        }
    }
}
