extension SeriesFrames {
    /// Splits candidates whose frames share places without making a grid, complete or nearly so, by the attribute that
    /// leaves the fewest frames at taken places.
    func resolve(_ candidate: StackCandidate, depth: Int = 0) -> [StackCandidate] {
        let placed = place(candidate.frames)
        guard depth < 4, placed.collisions > 0, completeGrid(placed) == nil, gridWithHoles(placed) == nil else {
            return [candidate]
        }
        guard let (attribute, classes) = bestSplit(placed) else { return [candidate] }
        let names = classes.map { valueText($0.values) }
        return zip(classes, names).flatMap { part, name in
            let others = names.filter { $0 != name }.prefix(3).joined(separator: ", ")
            let reason = "\(attribute.words) \(name); the places of \(others) differ"
            return resolve(candidate.part(part.frames, by: attribute, reason: reason), depth: depth + 1)
        }
    }

    private typealias ValueClass = (values: [Double], frames: [DICOMFrameReference])

    private func bestSplit(_ placed: PlacedFrames) -> (StackAttribute, [ValueClass])? {
        let largest = placed.places.map(\.count).max() ?? 1
        var best: (attribute: StackAttribute, classes: [ValueClass], left: Int)?
        for attribute in StackAttribute.axisCandidates {
            let groups = Dictionary(grouping: placed.frames) { attribute.values(of: facts($0)) }
            guard groups.count > 1, groups.count <= 2 * largest else { continue }
            let left = groups.values.reduce(0) { $0 + place($1).collisions }
            guard 2 * left <= placed.collisions, best.map({ left < $0.left }) ?? true else { continue }
            let classes = groups.map { (values: $0.key, frames: $0.value) }.sorted {
                $0.values.lexicographicallyPrecedes($1.values)
            }
            best = (attribute, classes, left)
        }
        return best.map { ($0.attribute, $0.classes) }
    }

    private func valueText(_ values: [Double]) -> String {
        values.isEmpty ? "none" : values.map { short($0) }.joined(separator: " ")
    }
}
