/// Labels of regions: their numbers where those can be labels, else 1, 2, 3.
struct RegionNumbering {
    let labels: [Int]
    private let numbers: [Int]

    init(_ numbers: [Int]) {
        self.numbers = numbers
        let areLabels = numbers.allSatisfy { (1...65535).contains($0) } && Set(numbers).count == numbers.count
        labels = areLabels ? numbers : Array(1...max(1, numbers.count)).prefix(numbers.count).map { $0 }
    }

    var isRenumbered: Bool { labels != numbers }

    /// Defects of the file, under the labels.
    func relabeled(_ defects: [RegionDefect]) -> [RegionDefect] {
        guard isRenumbered else { return defects }
        let table = Dictionary(zip(numbers, labels), uniquingKeysWith: { first, _ in first })
        return defects.map { defect in
            var defect = defect
            defect.region = defect.region.flatMap { table[$0] }
            return defect
        }
    }
}
