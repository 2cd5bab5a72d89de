/// Tells a change of spacing from lost slices, where wider gaps follow each other.
enum SpacingChange {
    /// Whether slices change their distance somewhere.
    ///
    /// Up to two equal wider gaps in a row are loss. From three on, the instance numbers decide: where they leave out as
    /// many as the gap is wide, slices were lost; where they go on by one, none were. Where they say nothing, three wider
    /// gaps are a change of spacing at an end of the stack; inside, they are loss when regular slices at least as many
    /// stand on both sides.
    ///
    /// - Parameters:
    ///   - multiples: The gaps as multiples of the unit.
    ///   - numbers: Instance numbers of the slices, one more than gaps.
    /// - Returns: Whether there is a change.
    static func exists(in multiples: [Int], numbers: [Int]?) -> Bool {
        let steps = numbers.map { numbers in zip(numbers.dropFirst(), numbers).map { $0 - $1 } }
        return runs(multiples).contains { run in
            let width = multiples[run.lowerBound]
            guard width > 1, run.count >= 3 else { return false }
            if let steps, let isLoss = isLoss(run, width, multiples, steps) { return !isLoss }
            let before = multiples[..<run.lowerBound].reversed().prefix { $0 == 1 }.count
            let after = multiples[run.upperBound...].prefix { $0 == 1 }.count
            return before < run.count || after < run.count
        }
    }

    /// The ranges of equal gaps.
    private static func runs(_ multiples: [Int]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in multiples.indices {
            if let last = runs.last, multiples[last.lowerBound] == multiples[index] {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs
    }

    /// What the numbers say of a run; `nil` where they say neither.
    private static func isLoss(_ run: Range<Int>, _ width: Int, _ multiples: [Int], _ steps: [Int]) -> Bool? {
        let single = steps.indices.filter { multiples[$0] == 1 }.map { steps[$0] }
        guard let step = single.first, step != 0, single.allSatisfy({ $0 == step }) else { return nil }
        if run.allSatisfy({ steps[$0] == step * width }) { return true }
        return run.allSatisfy { steps[$0] == step } ? false : nil
    }
}
