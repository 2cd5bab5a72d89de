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
    /// frame at every place, and no contrast differs but along an axis that names it.
    ///
    /// One attribute is tried before two, two before three, the most telling first; then what is repeated under each value
    /// of a contrast, told apart by b-values that repeat, or by the order of times or instance numbers at each place.
    func completeGrid(_ placed: PlacedFrames) -> StackGrid? {
        completeGrids(placed).first { hiddenContrast(of: $0) == nil }
    }

    /// Every complete grid, the most telling first, also those that hide a contrast.
    func completeGrids(_ placed: PlacedFrames) -> some Sequence<StackGrid> {
        let count = placed.places.first?.count ?? 0
        let isEven = count > 1 && placed.places.allSatisfy { $0.count == count }
        let varying = isEven ? axisCandidates(placed).filter { varies($0, at: placed.places[0]) } : []
        let outer = varying.filter(StackAttribute.contrasts.contains)
        var attempts: [() -> StackGrid?] = varying.map { attribute in { exactGrid(placed, [attribute]) } }
        attempts.append { repeatedGrid(placed, within: [], inner: .diffusion) }
        attempts += pairsAndTriples(varying).map { attributes in { exactGrid(placed, attributes) } }
        let combinations = isEven ? [[]] + outer.map { [$0] } + pairsAndTriples(outer) : []
        for contrasts in combinations {
            for inner in StackAttribute.repeatCandidates(under: contrasts) {
                attempts.append { repeatedGrid(placed, within: contrasts, inner: inner) }
            }
        }
        return attempts.lazy.compactMap { $0() }
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

    func varies(_ attribute: StackAttribute, at place: [DICOMFrameReference]) -> Bool {
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
}
