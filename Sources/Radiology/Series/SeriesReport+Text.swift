extension SeriesReport {
    /// The report as a person reads it: a table with a row per stack, and a line for what is no image.
    ///
    /// - Parameter withReasons: Adds, per series and stack, every defect with its files, why the stack stands apart, and what a
    ///   volume of it is by default and why.
    /// - Returns: Lines, each with its break.
    public func text(withReasons: Bool = false) -> String {
        var lines = table
        if withReasons { lines += [""] + series.flatMap(\.lines) + [""] }
        lines += objectLines
        if otherFiles > 0 { lines.append(counted(otherFiles, "other file")) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Objects of one kind and name in a line.
    private var objectLines: [String] {
        var groups: [(title: String, paths: [String])] = []
        for object in objects {
            let title = object.kind.words + (object.seriesDescription.map { " \"\($0)\"" } ?? "")
            if let index = groups.firstIndex(where: { $0.title == title }) {
                groups[index].paths.append(object.path)
            } else {
                groups.append((title, [object.path]))
            }
        }
        return groups.map { title, paths in
            let more = paths.count > 1 ? " and \(paths.count - 1) more" : ""
            return "\(title), no image: \(paths[0])\(more)"
        }
    }
}

extension NonImageObject.Kind {
    /// The kind in words: `structure set`.
    public var words: String {
        switch self {
        case .segmentation: "segmentation"
        case .structureSet: "structure set"
        case .radiotherapy: "radiotherapy object"
        case .report: "report"
        case .presentationState: "presentation state"
        case .keyObjectSelection: "key object selection"
        case .directory: "directory"
        case .slide: "slide"
        case .other: "other object"
        }
    }
}

extension SeriesReport.Series {
    fileprivate var lines: [String] {
        let title = [number.map { "series \($0)" } ?? "series", modality, description.map { "\"\($0)\"" }]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        let files = counted(instances, "file")
        let count = stacks.count > 1 ? ", \(stacks.count) stacks" : ""
        let folder = stacks.first.map { Self.folder($0.firstFile) } ?? ""
        return ["\(title): \(files)\(count), \(uid.isEmpty ? "without UID" : uid)"]
            + Self.lines(of: defects, in: folder).map { "  \($0)" }
            + stacks.enumerated().flatMap { $0.element.lines(number: $0.offset + 1) }
    }

    /// A line per kind of defect: that of the first, and how many others there are.
    private static func lines(of defects: [SeriesDefect], in folder: String) -> [String] {
        var kinds: [SeriesDefect.Kind] = []
        for defect in defects where !kinds.contains(defect.kind) { kinds.append(defect.kind) }
        return kinds.map { kind in
            let same = defects.filter { $0.kind == kind }
            return same[0].line(in: folder) + (same.count > 1 ? " (and \(counted(same.count - 1, "more object")))" : "")
        }
    }

    static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}

extension SeriesReport.Stack {
    fileprivate func lines(number: Int) -> [String] {
        let extent = ([width, height, depth] + axes.reversed().map(\.values.count)).map(String.init)
            .joined(separator: " x ")
        var parts = [extent]
        if !axes.isEmpty { parts[0] += " (\(axes.reversed().map(\.attribute.words).joined(separator: ", ")))" }
        parts += [plane, geometryWords].compactMap { $0 }
        if let spacing {
            let lengths = [spacing.xMillimetres, spacing.yMillimetres, sliceSpacingMillimetres].compactMap { $0 }
            parts.append(lengths.map(short).joined(separator: " x ") + " mm\(tiltRemark)\(spacing.remark)")
        }
        if let tiltDegrees { parts.append("tilt \(short(tiltDegrees)) degrees") }
        parts.append("\(photometric) \(bitsStored) bits")
        let folder = SeriesReport.Series.folder(firstFile)
        // Each stack that was split off says so itself.
        let told = defects.filter { $0.kind != .split }
        let more = files > 1 ? " and \(files - 1) more" : ""
        return ["  stack \(number): \(parts.joined(separator: ", "))", "    from \(firstFile)\(more)"]
            + (splitReasons.isEmpty ? [] : ["    apart by \(splitReasons.joined(separator: "; "))"])
            + choiceLines + told.map { "    \($0.line(in: folder))" }
    }

    /// What a volume of the stack is by default, and why.
    private var choiceLines: [String] {
        if let refusal { return ["    no volume by default: \(refusal)"] }
        return (choices?.all ?? []).map { "    \($0.name) \($0.choice.value): \($0.choice.words)" }
    }

    /// The distance between slices is that along the normal; a sheared stack has another one.
    var tiltRemark: String { stepMillimetres.map { " (\(short($0)) along the tilt)" } ?? "" }

    var geometryWords: String {
        switch geometry {
        case "uniformWithGaps": "uniform with gaps"
        case "notParallel": "not parallel"
        case "singleSlice": "one slice"
        case "unknown": depth == 1 ? "without position" : "positions unknown"
        default: geometry
        }
    }
}

extension SeriesDefect {
    /// Severity, kind and message in one line, with the first file concerned; its folder is left out where it is the known
    /// one.
    fileprivate func line(in folder: String) -> String {
        var place = ""
        if let first = files.first {
            let name = first.hasPrefix(folder) ? String(first.dropFirst(folder.count)) : first
            place = files.count > 1 ? " [\(name) and \(files.count - 1) more]" : " [\(name)]"
        }
        return "\(severity.rawValue): \(kind.rawValue): \(message)\(place)"
    }
}

extension DICOMPixelSpacing {
    /// What the spacing was measured on, where that is not the patient.
    var remark: String { kind == .patient ? "" : " (\(kind.rawValue))" }
}
