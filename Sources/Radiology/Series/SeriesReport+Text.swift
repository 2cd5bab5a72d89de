extension SeriesReport {
    /// The report as a person reads it: a line per series, a line per stack, a line per defect.
    public var text: String {
        var lines = series.flatMap(\.lines)
        for object in objects {
            let name = object.seriesDescription.map { " \"\($0)\"" } ?? ""
            lines.append("\(object.path): \(object.kind.rawValue)\(name), no image")
        }
        if otherFiles > 0 { lines.append("\(otherFiles) other files") }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension SeriesReport.Series {
    fileprivate var lines: [String] {
        let title = [number.map { "series \($0)" } ?? "series", modality, description.map { "\"\($0)\"" }]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        let files = "\(instances) \(instances == 1 ? "file" : "files")"
        let head = "\(title): \(files), \(stacks.count) \(stacks.count == 1 ? "stack" : "stacks"), \(uid)"
        return [head] + stacks.enumerated().flatMap { $0.element.lines(number: $0.offset + 1) }
            + defects.map { "    \($0.line)" }
    }
}

extension SeriesReport.Stack {
    fileprivate func lines(number: Int) -> [String] {
        let extent = ([width, height, depth] + axes.map(\.values.count)).map(String.init).joined(separator: " x ")
        var line = "  stack \(number): \(extent)"
        if !axes.isEmpty { line += " (\(axes.map(\.attribute.rawValue).joined(separator: ", ")))" }
        line += ", \(photometric) \(bitsStored) bits, \(geometry)"
        if let spacing {
            let lengths = [spacing.xMillimetres, spacing.yMillimetres, sliceSpacingMillimetres].compactMap { $0 }
            line += ", \(lengths.map(short).joined(separator: " x ")) mm"
        }
        if let tiltDegrees { line += ", tilt \(short(tiltDegrees)) degrees" }
        return [line, "    from \(firstFile)"] + splitReasons.map { "    split: \($0)" }
            + defects.map { "    \($0.line)" }
    }
}

extension SeriesDefect {
    /// Severity, kind and message in one line, with the first file concerned.
    fileprivate var line: String {
        let place = files.first.map { files.count > 1 ? " [\($0) and \(files.count - 1) more]" : " [\($0)]" } ?? ""
        return "\(severity.rawValue): \(kind.rawValue): \(message)\(place)"
    }
}
