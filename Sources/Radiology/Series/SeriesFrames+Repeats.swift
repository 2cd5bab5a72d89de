extension SeriesFrames {
    /// The grid of some contrasts, each combination of which has equally many frames at every place; these are told apart by
    /// one attribute more.
    ///
    /// - Parameters:
    ///   - placed: The frames; every place has the same number.
    ///   - contrasts: The slower axes; none for frames that only the inner attribute tells apart.
    ///   - inner: ``StackAttribute/diffusion`` for b-values that repeat, or an attribute whose order counts.
    /// - Returns: The grid; `nil` where there is none.
    func repeatedGrid(
        _ placed: PlacedFrames, within contrasts: [StackAttribute], inner: StackAttribute
    ) -> StackGrid? {
        guard !placed.places.isEmpty else { return nil }
        let levels = contrasts.map { attribute in
            Set(placed.places[0].map { attribute.values(of: facts($0)) }).sorted { $0.lexicographicallyPrecedes($1) }
        }
        guard let groups = groups(placed, by: contrasts, levels) else { return nil }
        var axis: StackAxis?
        var frames: [DICOMFrameReference] = []
        for group in groups {
            let found = inner == .diffusion ? repeatedDiffusion(group) : ranked(group, inner)
            guard let found, axis.map({ isSame($0, found.axes[0]) }) ?? true else { return nil }
            axis = axis ?? found.axes[0]
            frames += found.frames
        }
        let outer = zip(contrasts, levels).map { StackAxis(attribute: $0, values: axisValues($1)) }
        return axis.map { StackGrid(axes: outer + [$0], frames: frames) }
    }

    /// Whether repeats under two values of a contrast are one axis: as many, and the same b-values.
    private func isSame(_ one: StackAxis, _ other: StackAxis) -> Bool {
        one.attribute == .diffusion ? one == other : one.count == other.count
    }

    /// The frames of each combination of values, the last attribute fastest; `nil` where places differ in their numbers.
    private func groups(
        _ placed: PlacedFrames, by attributes: [StackAttribute], _ levels: [[[Double]]]
    ) -> [PlacedFrames]? {
        let cells = levels.reduce(1) { $0 * $1.count }
        let count = placed.places[0].count / cells
        guard count > 1, count * cells == placed.places[0].count else { return nil }
        var groups = Array(repeating: PlacedFrames(places: []), count: cells)
        for place in placed.places {
            var parts: [[DICOMFrameReference]] = Array(repeating: [], count: cells)
            for frame in place {
                var cell = 0
                for (attribute, level) in zip(attributes, levels) {
                    guard let number = level.firstIndex(of: attribute.values(of: facts(frame))) else { return nil }
                    cell = cell * level.count + number
                }
                parts[cell].append(frame)
            }
            guard parts.allSatisfy({ $0.count == count }) else { return nil }
            for cell in 0..<cells { groups[cell].places.append(parts[cell]) }
        }
        return groups
    }

    /// Diffusion series repeat images of one b-value and direction: the same values the same number of times everywhere.
    private func repeatedDiffusion(_ placed: PlacedFrames) -> StackGrid? {
        guard varies(.diffusion, at: placed.places[0]) else { return nil }
        func sorted(_ place: [DICOMFrameReference]) -> [(frame: DICOMFrameReference, values: [Double])] {
            place.map { ($0, StackAttribute.diffusion.values(of: facts($0))) }.sorted { one, other in
                one.values != other.values
                    ? one.values.lexicographicallyPrecedes(other.values) : precedes(one.frame, other.frame)
            }
        }
        let columns = placed.places.map(sorted)
        let level = columns[0].map(\.values)
        guard columns.allSatisfy({ $0.map(\.values) == level }) else { return nil }
        return StackGrid(
            axes: [StackAxis(attribute: .diffusion, values: axisValues(level))],
            frames: level.indices.flatMap { index in columns.map { $0[index].frame } })
    }

    /// The grid by the order of an attribute at each place, where no two frames of a place have the same value.
    private func ranked(_ placed: PlacedFrames, _ attribute: StackAttribute) -> StackGrid? {
        var columns: [[(frame: DICOMFrameReference, value: Double)]] = []
        for place in placed.places {
            let values = place.compactMap { frame in
                attribute.values(of: facts(frame)).first.map { (frame: frame, value: $0) }
            }
            guard values.count == place.count, Set(values.map(\.value)).count == place.count else { return nil }
            columns.append(values.sorted { $0.value < $1.value })
        }
        let axis = StackAxis(attribute: attribute, values: columns[0].map(\.value))
        return StackGrid(
            axes: [axis], frames: axis.values.indices.flatMap { index in columns.map { $0[index].frame } })
    }
}
