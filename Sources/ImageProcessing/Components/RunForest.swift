/// Which runs belong to one component: union-find where the earlier run is the root.
struct RunForest {
    private var parents: [Int32]

    init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

    /// Joins the runs of a row with those of an earlier row that lie within a reach of them.
    mutating func join(_ runs: MaskRuns, _ row: Range<Int>, _ earlier: Range<Int>, _ reach: Int32) {
        var other = earlier.lowerBound
        for i in row {
            let run = runs.runs[i]
            // The runs of a row lie in order: those that end before this one begins are done with.
            while other < earlier.upperBound && runs.runs[other].end + reach <= run.start { other += 1 }
            var next = other
            while next < earlier.upperBound && runs.runs[next].start < run.end + reach {
                join(i, next)
                next += 1
            }
        }
    }

    /// The number of each run's component, from 1, in the order of their first runs.
    mutating func numbered() -> [Int32] {
        var numbers = parents
        var count: Int32 = 0
        for i in parents.indices {
            if parents[i] == Int32(i) {
                count += 1
                numbers[i] = count
            } else {
                // Parents come before their children: theirs is known.
                numbers[i] = numbers[Int(parents[i])]
            }
        }
        return numbers
    }

    private mutating func join(_ a: Int, _ b: Int) {
        let (first, second) = (root(of: Int32(a)), root(of: Int32(b)))
        if first != second { parents[Int(max(first, second))] = min(first, second) }
    }

    /// The root of a run, halving the path on the way.
    private mutating func root(of run: Int32) -> Int32 {
        var run = run
        while parents[Int(run)] != run {
            parents[Int(run)] = parents[Int(parents[Int(run)])]
            run = parents[Int(run)]
        }
        return run
    }
}
