import Formats
import ImageCore

/// Which frame goes where in a volume, and where its slices lie, before any pixel is decoded.
struct VolumePlan: Sendable {
    let series: DICOMSeries
    let stack: DICOMStack
    /// For every index along z the slice of the stack, or `nil` where a slice is put in.
    private(set) var order: [Int?]
    private(set) var positions: [SIMD3<Double>?]
    private(set) var geometry: Geometry?
    private(set) var isGridExact = true
    private(set) var reasons = VolumeReasons()
    private(set) var defects: [SeriesDefect]

    /// Frames whose values nobody knows: they count as missing.
    private(set) var unknownFrames: Set<DICOMFrameReference> = []

    /// Number of volumes along the axes before z.
    var places: Int { stack.axes.reduce(1) { $0 * $1.count } }
    var depth: Int { order.count }
    /// Whether slices are put in at places that no file has.
    var hasInserted: Bool { order.contains { $0 == nil } }
    /// Whether any slice of any volume is put in.
    var isIncomplete: Bool {
        hasInserted || !(stack.holes.isEmpty && unknownFrames.isEmpty) && usedFrames.count < places * depth
    }
    /// The frames of the stack whose values are known.
    var knownFrames: [DICOMFrameReference] {
        unknownFrames.isEmpty ? stack.frames : stack.frames.filter { !unknownFrames.contains($0) }
    }

    /// The frame of a slab, counted along z first; `nil` where it is put in.
    func reference(slab: Int) -> DICOMFrameReference? {
        let found = order[slab % depth].flatMap { stack.frame(cell: slab / depth * stack.sliceCount + $0) }
        return found.flatMap { unknownFrames.contains($0) ? nil : $0 }
    }

    /// The frame of every slab that has one.
    var usedFrames: [DICOMFrameReference] { (0..<places * depth).compactMap { reference(slab: $0) } }

    /// Applies a policy to a stack.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/volumeRefused`` with the policy and what stands against it.
    init(_ series: DICOMSeries, _ stack: DICOMStack, policy: VolumePolicy) throws(FormatError) {
        self.series = series
        self.stack = stack
        order = Array(0..<stack.sliceCount)
        positions = stack.geometry.positionsMillimetres
        defects = stack.defects + series.defects
        guard stack.sliceCount > 0, stack.frames.count + stack.holes.count == stack.sliceCount * places
        else {
            throw refusal(policy, "a stack with slices", "none")
        }
        try checkDefects(policy)
        try findUnknownFrames(policy)
        var grid = stack.geometry
        switch policy {
        case .faithful, .strict, .insertMissing: insertMissing()
        case .keepIrregular, .resample: break
        case .largestConsistent: grid = try keepLargestRun()
        }
        try place(grid, policy)
    }

    /// Finds the frames whose slope or intercept is no number, or whose pixels the file lacks; there must be others.
    private mutating func findUnknownFrames(_ policy: VolumePolicy) throws(FormatError) {
        let isGray = stack.pixels.colorClass == "gray"
        let lacking = stack.frames.filter { series.instances[$0.instance].lacksPixels(frame: $0.frame) }
        let meaningless = isGray ? stack.frames.filter { series.facts($0).hasUnknownValues } : []
        unknownFrames = Set(lacking + meaningless + (isGray ? framesWithoutRescale : []))
        guard !unknownFrames.isEmpty, unknownFrames.count == stack.frames.count else { return }
        guard lacking.isEmpty else { throw refusal(policy, "a slice with all of its pixels", "none") }
        let number = series.facts(stack.frames[0]).invalidNumbers.first { $0.attribute.isRescale }
        let found = number.flatMap { $0.text.isEmpty ? nil : "\"\($0.text)\"" } ?? "none"
        throw refusal(policy, "a number in \(number?.attribute.words ?? "Rescale Slope")", found)
    }

    /// Slices of a CT stack that have no slope and intercept where others have them: no Hounsfield units.
    private var framesWithoutRescale: [DICOMFrameReference] {
        guard series.modality == "CT" else { return [] }
        let without = stack.frames.filter { frame in
            let facts = series.facts(frame)
            return facts.rescale == nil && facts.modalityTableBits == nil && !facts.hasUnknownValues
        }
        let others = stack.frames.count { series.facts($0).rescale != nil }
        return others > 0 ? without : []
    }

    /// A refusal that names a file: the one at fault where one is, else the folder of all.
    private func refusal(
        _ policy: VolumePolicy, _ expected: String, _ found: String, file: String? = nil
    ) -> FormatError {
        let paths = stack.frames.map { series.instances[$0.instance].path }
        return FormatError(
            .volumeRefused, file: file ?? FilePaths.common(paths) ?? paths.first ?? series.uid,
            place: "series \(series.uid)", expected: "\(expected) (policy \(policy.rawValue))", found: found)
    }

    /// Refuses what a policy does not allow.
    ///
    /// Unknown and unparallel places are a matter of the geometry, not of the defects that report them.
    private mutating func checkDefects(_ policy: VolumePolicy) throws(FormatError) {
        let least: SeriesDefect.Severity = policy == .strict ? .warning : .error
        // What the caller's policy mends is no error of the volume.
        defects = defects.map { defect in
            guard defect.severity == .error, Self.mends(policy, defect.kind) else { return defect }
            return SeriesDefect(defect.kind, .warning, defect.message, files: defect.files)
        }
        for defect in defects where defect.severity >= least {
            let isPlace = defect.kind == .notParallel || defect.kind == .missingPosition
            // Slices without a place beside this stack are missing ones of it.
            let isOfOthers =
                defect.kind == .missingPosition && stack.geometry.kind != .unknown && policy != .strict
            if isPlace && (policy == .faithful || policy == .keepIrregular || isOfOthers) { continue }
            let expected = policy == .strict ? "a series without defects" : "a series whose files make one volume"
            throw refusal(policy, expected, defect.message, file: defect.files.first)
        }
    }

    /// Whether a policy makes a volume in spite of a defect that others refuse.
    private static func mends(_ policy: VolumePolicy, _ kind: SeriesDefect.Kind) -> Bool {
        switch kind {
        case .samePosition, .conflictingDuplicate: policy == .largestConsistent
        case .truncatedPixelData, .missingPixelData:
            [.insertMissing, .resample, .largestConsistent].contains(policy)
        default: false
        }
    }

    private mutating func insertMissing() {
        let missing = stack.geometry.missing
        guard !missing.isEmpty, let step = stack.geometry.stepMillimetres, let origin = positions.first ?? nil else {
            return
        }
        let absent = Set(missing)
        var next = 0
        order = (0..<stack.sliceCount + missing.count).map { index in
            guard !absent.contains(index) else { return nil }
            next += 1
            return next - 1
        }
        positions = order.enumerated().map { index, slice in
            slice.map { positions[$0] } ?? origin + step * Double(index)
        }
    }

    /// Keeps the longest run of slices with one step.
    private mutating func keepLargestRun() throws(FormatError) -> StackGeometry {
        let isGrid = stack.geometry.missing.isEmpty && stack.geometry.stepMillimetres != nil
        guard !isGrid || !stack.holes.isEmpty || !unknownFrames.isEmpty, stack.geometry.kind != .singleSlice else {
            return stack.geometry
        }
        let known = positions.compactMap { $0 }
        guard known.count == order.count, !stack.geometry.distancesMillimetres.isEmpty,
            let orientation = stack.geometry.orientation
        else { throw refusal(.largestConsistent, "parallel slices with positions", "slices without") }
        let cells = stack.frames.count + stack.holes.count
        let incomplete = Set(
            (0..<cells).filter { stack.frame(cell: $0).map(unknownFrames.contains) ?? true }
                .map { $0 % stack.sliceCount })
        let run =
            stack.geometry.stepMillimetres == nil
            ? Self.longestRun(known, without: incomplete) : longestRunOfPlaces(without: incomplete)
        guard !run.isEmpty else { throw refusal(.largestConsistent, "slices that every volume has", "none") }
        defects.append(
            SeriesDefect(
                .split, .warning,
                "only slices \(run.lowerBound + 1)-\(run.upperBound) of \(order.count) are used: the longest regular run",
                files: droppedFiles(run)))
        order = Array(run)
        positions = Array(positions[run])
        return StackGeometry(positions: Array(known[run]), orientation: orientation)
    }

    private func droppedFiles(_ run: Range<Int>) -> [String] {
        let cells = (0..<places * stack.sliceCount).filter { !run.contains($0 % stack.sliceCount) }
        let dropped = cells.compactMap { stack.frame(cell: $0) }
        return Set(dropped.map { series.instances[$0.instance].path }).sorted()
    }

    /// The longest run of slices at neighboring places of the stack's grid, without some indices; the first of equals.
    private func longestRunOfPlaces(without excluded: Set<Int>) -> Range<Int> {
        let missing = Set(stack.geometry.missing)
        let places = (0..<stack.sliceCount + missing.count).filter { !missing.contains($0) }
        var (best, start) = (0..<0, 0)
        for index in places.indices {
            if index > start, places[index] != places[index - 1] + 1 { start = index }
            if excluded.contains(index) { start = index + 1 }
            if index + 1 - start > best.count { best = start..<index + 1 }
        }
        return best
    }

    /// The longest run of positions whose steps equal the run's first one, without some indices; the first of equals.
    static func longestRun(_ positions: [SIMD3<Double>], without excluded: Set<Int> = []) -> Range<Int> {
        var best = 0..<0
        var start = 0
        while start < positions.count {
            var end = start + (excluded.contains(start) ? 0 : 1)
            if end > start, end < positions.count, !excluded.contains(end) {
                let step = positions[end] - positions[start]
                let limit = StackTolerance.standard.limit(step.length)
                end += 1
                while end < positions.count, !excluded.contains(end),
                    (positions[end] - positions[end - 1] - step).length <= limit
                { end += 1 }
            }
            if end - start > best.count { best = start..<end }
            start = max(start + 1, end - 1)
        }
        return best
    }

    private mutating func place(_ grid: StackGeometry, _ policy: VolumePolicy) throws(FormatError) {
        let hasGaps = !hasInserted && !grid.missing.isEmpty
        let hasGrid = grid.stepMillimetres != nil || grid.kind == .singleSlice
        if hasGaps || !hasGrid {
            isGridExact = false
            if policy == .insertMissing || policy == .strict {
                throw refusal(policy, "slices on a grid", "slices without a common step")
            }
        }
        if policy == .resample && !hasGrid && grid.kind != .irregular {
            throw refusal(policy, "parallel slices with positions", "slices without")
        }
        guard let spacing = stack.spacing else { return }
        reasons.inPlaneSpacing = spacing.kind
        let step = sliceStep(grid, hasGaps: hasGaps)
        let direction = grid.orientation.map { Direction(x: $0.x, y: $0.y, z: step.vector / step.vector.length) }
        let origin = positions.first ?? nil
        reasons.origin = origin == nil ? .unknown : .imagePosition
        reasons.spacing = step.reason
        let frameOfReference = stack.frames.first.flatMap { series.instances[$0.instance].frameOfReferenceUID }
        reasons.frameOfReference = frameOfReference == nil ? .unknown : .frameOfReferenceUID
        reasons.direction = directionReason(grid)
        geometry = Geometry(
            spacingMillimetres: SIMD3(spacing.xMillimetres, spacing.yMillimetres, step.vector.length),
            originMillimetres: origin ?? .zero, direction: direction ?? .identity,
            frameOfReference: frameOfReference)
        geometry?.isPlaced = origin != nil && direction != nil
    }

    private func directionReason(_ grid: StackGeometry) -> VolumeReasons.Direction {
        switch grid.kind {
        case .sheared: .sheared
        case .notParallel: .firstSlice
        default: grid.orientation == nil ? .unknown : .orientation
        }
    }

    private func sliceStep(
        _ grid: StackGeometry, hasGaps: Bool
    ) -> (vector: SIMD3<Double>, reason: VolumeReasons.Spacing) {
        let normal = grid.orientation?.normal ?? SIMD3(0, 0, 1)
        switch grid.kind {
        case .uniform(_, let deviation), .uniformWithGaps(_, let deviation, _), .sheared(_, _, let deviation, _):
            let reason: VolumeReasons.Spacing =
                hasGaps ? .nominal : .positions(maximumDeviationMillimetres: deviation)
            return (grid.stepMillimetres ?? normal, reason)
        case .irregular:
            let distances = grid.distancesMillimetres
            let gaps = zip(distances.dropFirst(), distances).map { $0 - $1 }.sorted()
            return (normal * (gaps.isEmpty ? 1 : gaps[gaps.count / 2]), .nominal)
        case .singleSlice, .unknown, .notParallel:
            let thickness = stack.frames.first.flatMap { series.facts($0).sliceThicknessMillimetres }
            guard let thickness, thickness > 0, thickness.isFinite else { return (normal, .unknown) }
            return (normal * thickness, .sliceThickness)
        }
    }
}
