public import Formats

extension ClassMap {
    /// What happens to a region whose class no entry names.
    public enum UnknownClasses: Sendable, Hashable {
        /// An error names the file, the place and the class.
        case fail
        /// The region is left out, with a warning.
        case skip
    }

    /// Gives every region its class and sorts them into painting order.
    ///
    /// A region's class is looked up by the class that the file assigns, then by its group and the groups around it,
    /// then by its own name; exact spelling goes before another case. Low priorities come first, equal ones in the order of
    /// the file, exclusions last. Points and lines have no area and are left out.
    ///
    /// - Throws: ``FormatError`` for the first class that no entry knows, unless `unknown` is `skip`, and for a label
    ///   outside of 1 to 65,535.
    public func resolve(
        _ set: AnnotationSet, unknown: UnknownClasses = .fail
    ) throws(FormatError) -> ResolvedAnnotations {
        if let entry = classes.first(where: { !(1...65535).contains($0.label) }) {
            throw FormatError(
                .limitExceeded, file: set.source, place: "class \"\(entry.name)\"", expected: "a label from 1 to 65535",
                found: "\(entry.label)")
        }
        let lookup = ClassLookup(map: self, parentGroups: set.parentGroups)
        let classIndices = self.classIndices
        var warnings: [String] = []
        var painted: [(isExclusion: Bool, priority: Int, layer: ResolvedAnnotations.Layer)] = []
        for region in set.regions where region.hasArea {
            let found = lookup.entry(for: region)
            guard let found else {
                let ignored = lookup.isIgnored(region)
                guard ignored || unknown == .skip else { throw unknownClass(of: region, in: set.source) }
                warnings.append("\(region.place): \(region.spokenClass) is not in the class map, left out")
                continue
            }
            let entry = entries[found]
            let isExclusion = entry.isExclusion || region.role == .exclude
            let layer = ResolvedAnnotations.Layer(
                label: isExclusion ? 0 : entry.label, classIndex: isExclusion ? nil : classIndices[found],
                polygons: region.shape.polygons, place: region.place)
            painted.append((isExclusion, entry.priority, layer))
        }
        warnings += Self.warnings(aboutShapesWithoutAreaIn: set)
        let order = painted.indices.sorted {
            let (a, b) = (painted[$0], painted[$1])
            return (a.isExclusion ? 1 : 0, a.priority, $0) < (b.isExclusion ? 1 : 0, b.priority, $1)
        }
        return ResolvedAnnotations(
            layers: order.map { painted[$0].layer }, classNames: classes.map(\.name), classLabels: classes.map(\.label),
            warnings: warnings, source: set.source)
    }

    /// For each entry its index among those that are no exclusions.
    private var classIndices: [Int?] {
        var next = 0
        return entries.map { entry in
            guard !entry.isExclusion else { return nil }
            defer { next += 1 }
            return next
        }
    }

    private func unknownClass(of region: AnnotationRegion, in file: String) -> FormatError {
        let known = entries.map(\.name).joined(separator: ", ")
        return FormatError(
            .invalidRequest, file: file, place: region.place, expected: "a class of the map (\(known))",
            found: region.spokenClass)
    }

    private static func warnings(aboutShapesWithoutAreaIn set: AnnotationSet) -> [String] {
        let count = set.regions.count { !$0.hasArea }
        return count == 0
            ? [] : ["\(count) \(count == 1 ? "annotation" : "annotations") without area (points, lines) left out"]
    }
}

extension AnnotationRegion {
    /// The region's class in words, for messages.
    fileprivate var spokenClass: String {
        if let className { return "class \"\(className)\"" }
        if let group { return "group \"\(group)\"" }
        return name.isEmpty ? "a region without class" : "annotation \"\(name)\" without class or group"
    }
}

/// Finds the entry of a region.
private struct ClassLookup {
    let index: [String: Int]
    let ignored: Set<String>
    let parentGroups: [String: String]

    init(map: ClassMap, parentGroups: [String: String]) {
        index = map.index()
        ignored = Set(map.ignored)
        self.parentGroups = parentGroups
    }

    func entry(for region: AnnotationRegion) -> Int? {
        for name in names(of: region) {
            if let found = index[name] ?? index[name.lowercased()] { return found }
        }
        return nil
    }

    func isIgnored(_ region: AnnotationRegion) -> Bool {
        ignored.contains(region.className ?? region.group ?? ClassMap.unnamed)
    }

    private func names(of region: AnnotationRegion) -> [String] {
        var names = [region.className, region.group].compactMap { $0 }
        var group = region.group
        // A loop among groups ends after as many steps as there are groups.
        for _ in 0..<parentGroups.count {
            group = group.flatMap { parentGroups[$0] }
            if let group { names.append(group) }
        }
        if !region.name.isEmpty { names.append(region.name) }
        if region.className == nil && region.group == nil { names.append(ClassMap.unnamed) }
        return names
    }
}
