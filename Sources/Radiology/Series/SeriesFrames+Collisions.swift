extension SeriesFrames {
    /// Splits candidates whose frames share places by the attribute that leaves the fewest frames at taken places: those
    /// that make no grid, complete or nearly so, and those whose grid would mix what belongs to no one axis.
    func resolve(_ candidate: StackCandidate, depth: Int = 0) -> [StackCandidate] {
        let placed = place(candidate.frames)
        guard depth < 4, placed.collisions > 0,
            let (attribute, classes) = hiddenSplit(placed) ?? bestSplit(placed, by: separatingAttributes(placed))
        else { return [candidate] }
        let names = classes.map(\.value.words)
        return zip(classes, names).flatMap { part, name in
            let others = names.filter { $0 != name }.prefix(3).joined(separator: ", ")
            let reason = "\(attribute.words) \(name); the places of \(others) differ"
            return resolve(candidate.part(part.frames, by: attribute, reason: reason), depth: depth + 1)
        }
    }

    /// The attributes that may take frames at one place apart.
    ///
    /// Slices of two thicknesses are two reconstructions whatever else varies. The name of a sequence tells b-values and
    /// echoes, too, and comes last: before the mere order of images, but after every attribute that names an axis.
    private func separatingAttributes(_ placed: PlacedFrames) -> [StackAttribute] {
        guard let grid = grid(placed) else {
            return [.sliceThickness] + StackAttribute.axisCandidates + [.sequenceName]
        }
        let isNamed = grid.axes.allSatisfy { ![.contentTime, .instanceNumber].contains($0.attribute) }
        return isNamed ? [.sliceThickness] : [.sliceThickness, .sequenceName]
    }

    private typealias ValueClass = (value: StackValue, frames: [DICOMFrameReference])

    /// The values of a contrast that every grid would hide, where these are few.
    private func hiddenSplit(_ placed: PlacedFrames) -> (StackAttribute, [ValueClass])? {
        guard let contrast = grid(placed).flatMap({ hiddenContrast(of: $0) }) else { return nil }
        let groups = Dictionary(grouping: placed.frames) { contrast.value(of: facts($0)) }
        guard groups.count > 1, 2 * groups.count <= placed.places.count else { return nil }
        return (contrast, groups.map { (value: $0.key, frames: $0.value) }.sorted { $0.value < $1.value })
    }

    private func bestSplit(
        _ placed: PlacedFrames, by attributes: [StackAttribute]
    ) -> (StackAttribute, [ValueClass])? {
        let largest = placed.places.map(\.count).max() ?? 1
        var best: (attribute: StackAttribute, classes: [ValueClass], left: Int)?
        for attribute in attributes {
            let groups = Dictionary(grouping: placed.frames) { attribute.value(of: facts($0)) }
            guard groups.count > 1, groups.count <= 2 * largest else { continue }
            let left = groups.values.reduce(0) { $0 + place($1).collisions }
            guard 2 * left <= placed.collisions, best.map({ left < $0.left }) ?? true else { continue }
            let classes = groups.map { (value: $0.key, frames: $0.value) }.sorted { $0.value < $1.value }
            best = (attribute, classes, left)
        }
        return best.map { ($0.attribute, $0.classes) }
    }
}
