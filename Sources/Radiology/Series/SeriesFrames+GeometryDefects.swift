extension SeriesFrames {
    /// What is to be known of a stack: its geometry, its pixels, its attributes.
    func defects(of stack: DICOMStack) -> [SeriesDefect] {
        geometryDefects(stack) + spacingDefects(stack) + axisDefects(stack) + pixelDefects(stack)
            + attributeDefects(stack)
    }

    private func geometryDefects(_ stack: DICOMStack) -> [SeriesDefect] {
        var defects: [SeriesDefect] = []
        let missing = stack.geometry.missing
        if !missing.isEmpty {
            let places = stack.sliceCount + missing.count
            defects.append(
                SeriesDefect(
                    .missingSlices, .warning,
                    "\(missing.count) of \(places) places \(missing.count == 1 ? "has" : "have") no slice: \(Self.listed(missing.map { $0 + 1 }))"
                ))
        }
        if !stack.holes.isEmpty { defects.append(holes(stack)) }
        switch stack.geometry.kind {
        case .uniform, .uniformWithGaps, .singleSlice: break
        case .irregular: defects.append(irregularity(stack.geometry))
        case .sheared(let degrees, _, _, _):
            defects.append(
                SeriesDefect(
                    .tilted, .warning,
                    "the slices are sheared by \(short(degrees)) degrees; only the affine with this step is right"))
        case .notParallel:
            defects.append(
                SeriesDefect(
                    .notParallel, .error, "the slices have different orientations and make no volume",
                    files: paths(stack.frames)))
        case .unknown: defects += unknownPosition(stack)
        }
        return defects
    }

    /// Which place along the axes lacks which slices.
    private func holes(_ stack: DICOMStack) -> SeriesDefect {
        let volumes = Dictionary(grouping: stack.holes) { $0 / stack.sliceCount }.sorted { $0.key < $1.key }
        let texts = volumes.prefix(4).map { volume, cells in
            var rest = volume
            var names: [String] = []
            for axis in stack.axes.reversed() {
                names.append("\(axis.attribute.words) \(short(axis.values[rest % axis.count]))")
                rest /= axis.count
            }
            let slices = Self.listed(cells.map { $0 % stack.sliceCount + 1 })
            return "\(names.reversed().joined(separator: ", ")) lacks slice \(slices)"
        }
        let message =
            "\(stack.holes.count) of \(stack.holes.count + stack.frames.count) images \(stack.holes.count == 1 ? "is" : "are") missing: "
            + texts.joined(separator: "; ") + (volumes.count > 4 ? " …" : "")
        return SeriesDefect(.missingSlices, .warning, message)
    }

    private func irregularity(_ geometry: StackGeometry) -> SeriesDefect {
        let (positions, distances) = (geometry.positionsMillimetres.compactMap { $0 }, geometry.distancesMillimetres)
        let gaps = zip(distances.dropFirst(), distances).map { $0 - $1 }
        let (least, most) = (short(gaps.min() ?? 0), short(gaps.max() ?? 0))
        var places = "\(least) to \(most) mm apart"
        // How far they are from the line through the first and the last, which leans where the stack is sheared.
        if let first = positions.first, let last = positions.last, let span = distances.last, span > 0 {
            let offsets = zip(positions, distances).map { ($0 - first - (last - first) * ($1 / span)).length }
            if let aside = offsets.max(), aside > StackTolerance.standard.inPlaneMillimetres {
                let words = "aside of each other by up to \(short(aside)) mm"
                places = least == most ? words : "\(places) and \(words)"
            }
        }
        let tooWide = Self.excessOfGaps(distances).map { "; \($0)" } ?? ""
        return SeriesDefect(.irregularSpacing, .warning, "the slices lie \(places), on no regular grid\(tooWide)")
    }

    /// Slices with one step between them and gaps too wide to be filled: how long the grid would be, and the limit.
    private static func excessOfGaps(_ distances: [Double]) -> String? {
        let limit = StackGeometry.mostSteps(distances.count)
        guard let steps = StackGeometry.unboundedPlaces(of: distances, tolerance: .standard)?.last, steps > limit else {
            return nil
        }
        return "with gaps it would be one of \(steps) steps, and \(distances.count) slices may have at most \(limit)"
    }

    private func unknownPosition(_ stack: DICOMStack) -> [SeriesDefect] {
        let makesSlices = ["CT", "MR", "PT"].contains(instance(stack.frames[0]).modality)
        if stack.sliceCount == 1 && !makesSlices { return [] }
        let message = "position or orientation unknown of \(counted(stack.frames.count, "frame"))"
        return [SeriesDefect(.missingPosition, .error, message, files: paths(stack.frames))]
    }

    private func spacingDefects(_ stack: DICOMStack) -> [SeriesDefect] {
        func defect(_ severity: SeriesDefect.Severity, _ message: String) -> [SeriesDefect] {
            [SeriesDefect(.uncertainSpacing, severity, message, files: paths(stack.frames))]
        }
        switch stack.spacing?.kind {
        case nil: return defect(.warning, "the distance between pixels is not known")
        case .detector:
            return defect(.warning, "the distance between pixels counts on the detector, not in the patient")
        case .unspecified: return defect(.warning, "nothing says whether the distance between pixels was calibrated")
        case .scanned: return defect(.warning, "the distance between pixels counts on the scanned page")
        case .calibrated: return defect(.note, "the distance between pixels was found by calibration")
        case .patient, .ultrasound: return []
        }
    }

    private func axisDefects(_ stack: DICOMStack) -> [SeriesDefect] {
        var defects: [SeriesDefect] = []
        if !stack.surplus.isEmpty {
            defects.append(
                SeriesDefect(
                    .samePosition, .error,
                    "\(counted(stack.surplus.count, "frame")) at the place of another one, and no attribute tells them apart; "
                        + "refused, but for --policy largestConsistent, which takes the first of each place",
                    files: paths(stack.surplus)))
        }
        if let axis = stack.axes.first(where: { $0.attribute == .instanceNumber }), hasPosition(stack.frames[0]) {
            defects.append(
                SeriesDefect(
                    .unnamedAxis, .warning,
                    "\(axis.count) images at every place are told apart by their instance numbers only"))
        }
        return defects + shiftedImages(stack)
    }

    /// Images of one slice that lie aside of each other by more than rounding, where the volume has one place for them.
    private func shiftedImages(_ stack: DICOMStack) -> [SeriesDefect] {
        guard !stack.axes.isEmpty else { return [] }
        let first = stack.leadingFrames.map { facts($0).positionMillimetres }
        let shifts = (0..<(stack.frames.count + stack.holes.count)).compactMap { cell in
            stack.frame(cell: cell).flatMap { frame in shift(of: frame, from: first[cell % stack.sliceCount]) }
        }.filter { $0.millimetres > tolerance.inPlaneMillimetres }
        guard let most = shifts.map(\.millimetres).max() else { return [] }
        return [
            SeriesDefect(
                .conflictingAttributes, .warning,
                "\(counted(shifts.count, "image")) up to \(short(most)) mm aside of the first of their place, whose position the volume has",
                files: paths(shifts.map(\.frame)))
        ]
    }

    private func shift(
        of frame: DICOMFrameReference, from place: SIMD3<Double>?
    ) -> (frame: DICOMFrameReference, millimetres: Double)? {
        guard let place, let own = facts(frame).positionMillimetres else { return nil }
        return (frame, (own - place).length)
    }

    /// Numbers in a sentence, runs shortened, at most ten.
    static func listed(_ numbers: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        let texts = runs.prefix(10).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return texts.joined(separator: ", ") + (runs.count > 10 ? " …" : "")
    }
}
