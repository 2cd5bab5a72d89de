/// Which region of a structure set's list the contours of a number belong to.
///
/// Where several regions have one number, and as many items have contours of it, they belong together in their order. With
/// other counts nobody knows: the first region gets all contours, the others are left out.
struct RegionPlaces {
    /// The regions that are kept, in the order of the list.
    private(set) var regions: [StructureSet.Region] = []
    /// What is told of numbers that several regions have.
    private(set) var defects: [RegionDefect] = []
    /// The regions of a number whose contours have not come yet; the last one stays.
    private var places: [Int: [Int]] = [:]
    /// Numbers that several regions have.
    private var shared: Set<Int> = []

    /// - Parameters:
    ///   - listed: The regions of the list.
    ///   - stated: The number that each item with contours states.
    init(_ listed: [StructureSet.Region], outlined stated: [Int?]) {
        let names = Dictionary(grouping: listed, by: \.number).mapValues { $0.map(\.name) }
        for region in listed {
            let (all, number) = (names[region.number] ?? [], region.number)
            if all.count > 1 {
                let isPaired = stated.count { $0 == number } == all.count
                if shared.insert(number).inserted {
                    defects.append(Self.defect(number, all, isPaired: isPaired))
                } else if !isPaired {
                    continue
                }
            }
            add(number, at: regions.count)
            regions.append(region)
        }
    }

    private static func defect(_ number: Int, _ names: [String], isPaired: Bool) -> RegionDefect {
        let rule =
            isPaired
            ? "contours belong to them in the order of the file" : "all contours are taken as those of the first"
        return RegionDefect(
            .duplicateNumber, isPaired ? .warning : .error, region: number,
            "region number \(number) stands for \(names.joined(separator: " and for ")); \(rule)")
    }

    /// Adds a region that the list does not have.
    mutating func add(_ number: Int, at place: Int) { places[number, default: []].append(place) }

    /// The region of the next item with contours of a number; `nil` when none has the number.
    mutating func next(_ number: Int) -> Int? {
        guard let all = places[number], let first = all.first else { return nil }
        if all.count > 1 { places[number] = Array(all.dropFirst()) }
        return first
    }

    /// The region of a number that one region has.
    func only(_ number: Int) -> Int? { shared.contains(number) ? nil : places[number]?.first }
}
