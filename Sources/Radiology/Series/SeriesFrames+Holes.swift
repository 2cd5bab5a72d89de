extension SeriesFrames {
    /// Finds attributes that put the frames into a grid that is complete but for a few cells: a phase lacks a slice.
    ///
    /// At most a tenth of the cells may be empty (or one), and every place along the axes needs at least half of the slices:
    /// anything less is not one grid with losses, but scans of different extent.
    func gridWithHoles(_ placed: PlacedFrames) -> StackGrid? {
        gridsWithHoles(placed).first { hiddenContrast(of: $0) == nil }
    }

    /// Every such grid, the most telling first, also those that hide a contrast.
    func gridsWithHoles(_ placed: PlacedFrames) -> some Sequence<StackGrid> {
        let frames = placed.collisions > 0 && placed.places.count > 1 ? placed.frames : []
        let varying = axisCandidates(placed).filter { attribute in
            let values = Set(frames.map { attribute.values(of: facts($0)) })
            return values.count > 1 && !values.contains([])
        }
        var attempts: [() -> StackGrid?] = (varying.map { [$0] } + pairsAndTriples(varying)).map { attributes in
            { namedGridWithHoles(placed, frames, attributes) }
        }
        if !frames.isEmpty { attempts.append { numberedGridWithHoles(placed) } }
        return attempts.lazy.compactMap { $0() }
    }

    private func namedGridWithHoles(
        _ placed: PlacedFrames, _ frames: [DICOMFrameReference], _ attributes: [StackAttribute]
    ) -> StackGrid? {
        let levels = attributes.map { attribute in
            Set(frames.map { attribute.values(of: facts($0)) }).sorted { $0.lexicographicallyPrecedes($1) }
        }
        let axes = zip(attributes, levels).map { StackAxis(attribute: $0, values: axisValues($1)) }
        return grid(placed, axes: axes) { frame in
            zip(attributes, levels).reduce(0) { cell, part in
                cell * part.1.count + (part.1.firstIndex(of: part.0.values(of: facts(frame))) ?? 0)
            }
        }
    }

    /// Volumes that only the instance numbers tell apart: every place has its own remainder by the number of places.
    private func numberedGridWithHoles(_ placed: PlacedFrames) -> StackGrid? {
        let count = placed.places.count
        let numbers = placed.places.map { $0.compactMap { facts($0).varying.instanceNumber } }
        guard zip(numbers, placed.places).allSatisfy({ $0.count == $1.count }),
            let first = numbers.joined().min(), let last = numbers.joined().max(),
            numbers.allSatisfy({ Set($0.map { ($0 - first) % count }).count == 1 })
        else { return nil }
        let values = (0...(last - first) / count).map { Double(first + $0 * count) }
        guard values.count > 1, values.count <= placed.frames.count else { return nil }
        return grid(placed, axes: [StackAxis(attribute: .instanceNumber, values: values)]) { frame in
            ((facts(frame).varying.instanceNumber ?? first) - first) / count
        }
    }

    /// The grid in which every frame lies at its own place along the axes, when few cells stay empty.
    private func grid(
        _ placed: PlacedFrames, axes: [StackAxis], place: (DICOMFrameReference) -> Int
    ) -> StackGrid? {
        let volumes = axes.reduce(1) { $0 * $1.count }
        let count = placed.frames.count
        let (slices, cells) = (placed.places.count, volumes * placed.places.count)
        guard volumes > 1, cells >= count, (cells - count) * 10 <= cells || cells - count == 1 else { return nil }
        var filled: [DICOMFrameReference?] = Array(repeating: nil, count: cells)
        for (slice, frames) in placed.places.enumerated() {
            for frame in frames {
                let cell = place(frame) * slices + slice
                guard filled[cell] == nil else { return nil }
                filled[cell] = frame
            }
        }
        let isHalf = (0..<volumes).allSatisfy { volume in
            2 * filled[(volume * slices)..<((volume + 1) * slices)].count { $0 != nil } >= slices
        }
        guard isHalf else { return nil }
        return StackGrid(
            axes: axes, frames: filled.compactMap { $0 }, holes: filled.indices.filter { filled[$0] == nil })
    }
}
