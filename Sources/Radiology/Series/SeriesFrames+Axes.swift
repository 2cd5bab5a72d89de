/// Frames in a complete grid of further axes and places.
struct StackGrid {
    var axes: [StackAxis]
    /// Slowest axis first, places last; holes left out.
    var frames: [DICOMFrameReference]
    /// Cells without a frame, rising.
    var holes: [Int] = []
}

extension SeriesFrames {
    /// Finds attributes that put the frames into a complete grid: every combination of their values has exactly one
    /// frame at every place.
    ///
    /// One attribute is tried before two, two before three, the most telling first; then b-values that repeat, and last
    /// the order of times or instance numbers at each place.
    func completeGrid(_ placed: PlacedFrames) -> StackGrid? {
        guard let count = placed.places.first?.count, count > 1, placed.places.allSatisfy({ $0.count == count })
        else { return nil }
        let varying = axisCandidates(placed).filter { varies($0, at: placed.places[0]) }
        for attribute in varying {
            if let grid = exactGrid(placed, [attribute]) { return grid }
        }
        if let grid = repeatedDiffusionGrid(placed) { return grid }
        for attributes in pairsAndTriples(varying) {
            if let grid = exactGrid(placed, attributes) { return grid }
        }
        for attribute in StackAttribute.rankCandidates {
            if let grid = rankGrid(placed, attribute) { return grid }
        }
        return nil
    }

    /// The attributes that may be an axis; a mosaic is a whole volume of one time, which tells more than its number.
    func axisCandidates(_ placed: PlacedFrames) -> [StackAttribute] {
        guard instance(placed.places[0][0]).mosaic != nil else { return StackAttribute.axisCandidates }
        return StackAttribute.axisCandidates.filter { $0 != .acquisitionNumber } + [.acquisitionNumber]
    }

    /// Every two, then every three of some attributes, in their order.
    func pairsAndTriples(_ attributes: [StackAttribute]) -> [[StackAttribute]] {
        let pairs = attributes.indices.flatMap { first in
            attributes[(first + 1)...].indices.map { [first, $0] }
        }
        let triples = pairs.flatMap { pair in attributes[(pair[1] + 1)...].indices.map { pair + [$0] } }
        return (pairs + triples).map { $0.map { attributes[$0] } }
    }

    private func varies(_ attribute: StackAttribute, at place: [DICOMFrameReference]) -> Bool {
        let values = Set(place.map { attribute.values(of: facts($0)) })
        return values.count > 1 && !values.contains([])
    }

    /// The grid of some attributes, if it is complete.
    private func exactGrid(_ placed: PlacedFrames, _ attributes: [StackAttribute]) -> StackGrid? {
        let levels = attributes.map { attribute in
            Set(placed.places[0].map { attribute.values(of: facts($0)) }).sorted { $0.lexicographicallyPrecedes($1) }
        }
        let cells = levels.reduce(1) { $0 * $1.count }
        guard cells == placed.places[0].count else { return nil }
        let numbers = levels.map { level in
            Dictionary(uniqueKeysWithValues: level.enumerated().map { ($0.element, $0.offset) })
        }
        var frames: [DICOMFrameReference?] = Array(repeating: nil, count: cells * placed.places.count)
        for (slice, place) in placed.places.enumerated() {
            for frame in place {
                var cell = 0
                for (index, attribute) in attributes.enumerated() {
                    guard let number = numbers[index][attribute.values(of: facts(frame))] else { return nil }
                    cell = cell * levels[index].count + number
                }
                guard frames[cell * placed.places.count + slice] == nil else { return nil }
                frames[cell * placed.places.count + slice] = frame
            }
        }
        let axes = zip(attributes, levels).map { attribute, level in
            StackAxis(attribute: attribute, values: axisValues(level))
        }
        return StackGrid(axes: axes, frames: frames.compactMap { $0 })
    }

    /// One number per place: of values with several parts the first part that varies.
    func axisValues(_ level: [[Double]]) -> [Double] {
        let parts = level.map(\.count).min() ?? 0
        let part = (0..<parts).first { part in Set(level.map { $0[part] }).count > 1 } ?? 0
        return level.map { part < $0.count ? $0[part] : 0 }
    }

    /// Diffusion series repeat images of one b-value and direction: the same values the same number of times everywhere.
    private func repeatedDiffusionGrid(_ placed: PlacedFrames) -> StackGrid? {
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
    private func rankGrid(_ placed: PlacedFrames, _ attribute: StackAttribute) -> StackGrid? {
        var columns: [[(frame: DICOMFrameReference, value: Double)]] = []
        for place in placed.places {
            let values = place.compactMap { frame in rankValue(attribute, frame).map { (frame: frame, value: $0) } }
            guard values.count == place.count, Set(values.map(\.value)).count == place.count else { return nil }
            columns.append(values.sorted { $0.value < $1.value })
        }
        let axis = StackAxis(attribute: attribute, values: columns[0].map(\.value))
        return StackGrid(
            axes: [axis], frames: axis.values.indices.flatMap { index in columns.map { $0[index].frame } })
    }

    private func rankValue(_ attribute: StackAttribute, _ frame: DICOMFrameReference) -> Double? {
        attribute.values(of: facts(frame)).first
    }
}
