extension SeriesFrames {
    /// The stack of a candidate: sorted, with its axes, geometry and defects.
    func stack(_ candidate: StackCandidate) -> DICOMStack {
        var stack: DICOMStack
        if candidate.frames.allSatisfy(hasPosition) {
            stack = isRotating(candidate.frames) ? rotatingStack(candidate) : placedStack(candidate)
        } else {
            stack = stackWithoutPosition(candidate)
        }
        stack.defects = candidate.defects + defects(of: stack)
        return stack
    }

    /// Whether slices of different orientations were kept together.
    func isRotating(_ frames: [DICOMFrameReference]) -> Bool {
        guard let first = facts(frames[0]).orientation else { return false }
        return frames.contains { frame in
            facts(frame).orientation.map { $0.degrees(to: first) > tolerance.degrees } ?? false
        }
    }

    private func emptyStack(_ candidate: StackCandidate, _ frames: [DICOMFrameReference]) -> DICOMStack {
        DICOMStack(
            frames: frames, sliceCount: frames.count, axes: [], geometry: StackGeometry(kind: .unknown),
            spacing: facts(frames[0]).spacing, pixels: instance(frames[0]).slicePixels, surplus: [],
            splitBy: candidate.splitBy, splitReasons: candidate.splitReasons, defects: [])
    }

    private func placedStack(_ candidate: StackCandidate) -> DICOMStack {
        let placed = place(candidate.frames)
        let grid = grid(placed)
        var stack = emptyStack(candidate, grid?.frames ?? placed.places.map { $0[0] })
        stack.axes = grid?.axes ?? []
        stack.holes = grid?.holes ?? []
        stack.sliceCount = placed.places.count
        if grid == nil { stack.surplus = placed.places.flatMap { $0.dropFirst() } }
        let first = stack.leadingFrames.map(facts)
        if let orientation = facts(stack.frames[0]).orientation {
            let numbers = first.compactMap(\.varying.instanceNumber)
            stack.geometry = StackGeometry(
                positions: first.compactMap(\.positionMillimetres), orientation: orientation, tolerance: tolerance,
                numbers: numbers.count == first.count && stack.axes.isEmpty ? numbers : nil)
        }
        return stack
    }

    /// Slices of many orientations, in the order of their numbers.
    private func rotatingStack(_ candidate: StackCandidate) -> DICOMStack {
        let sorted = candidate.frames.sorted(by: precedes)
        var stack = emptyStack(candidate, sorted)
        stack.geometry = StackGeometry(
            kind: .notParallel, orientation: facts(sorted[0]).orientation,
            positionsMillimetres: sorted.map { facts($0).positionMillimetres })
        return stack
    }

    /// A cine of one place, or slices of which nobody knows where they are.
    private func stackWithoutPosition(_ candidate: StackCandidate) -> DICOMStack {
        let sorted = candidate.frames.sorted(by: precedes)
        var stack = emptyStack(candidate, sorted)
        stack.geometry = StackGeometry(
            kind: .unknown, orientation: facts(sorted[0]).orientation,
            positionsMillimetres: sorted.map { facts($0).positionMillimetres })
        let isOneFile = Set(sorted.map(\.instance)).count == 1
        guard isOneFile, sorted.count > 1, instance(sorted[0]).modality != "CT", instance(sorted[0]).mosaic == nil
        else { return stack }
        let cine: [StackAttribute] = [.cineTime, .temporalPosition, .nuclearIndex]
        let attribute = cine.first { attribute in
            Set(sorted.map { attribute.values(of: facts($0)) }).count == sorted.count
                && !attribute.values(of: facts(sorted[0])).isEmpty
        }
        let values = sorted.map { frame in
            attribute.flatMap { $0.values(of: facts(frame)).first } ?? Double(frame.frame + 1)
        }
        stack.axes = [StackAxis(attribute: attribute ?? .instanceNumber, values: values)]
        stack.sliceCount = 1
        stack.geometry.positionsMillimetres = [facts(sorted[0]).positionMillimetres]
        return stack
    }
}
