extension SeriesReport {
    /// One row per stack, under a row of titles: its series, size, geometry, and what is wrong in a few words.
    var table: [String] {
        let titles = [
            "series", "modality", "description", "UID", "stack", "size", "slices", "spacing in mm", "geometry",
            "defects",
        ]
        let tails = Self.tails(of: series.map(\.uid))
        let rows = series.flatMap { $0.rows(tail: tails[$0.uid] ?? $0.uid) }
        return rows.isEmpty ? [] : aligned([titles] + rows)
    }

    /// The ends of UIDs, by which options choose a series: eight characters, or as many as tell it from all others.
    static func tails(of uids: [String]) -> [String: String] {
        let all = Set(uids)
        var tails: [String: String] = [:]
        for uid in all {
            var length = 8
            while length < uid.count,
                all.contains(where: {
                    $0 != uid && ($0.hasSuffix(uid.suffix(length)) || $0.hasPrefix(uid.suffix(length)))
                })
            {
                length += 1
            }
            tails[uid] = length < uid.count ? "…\(uid.suffix(length))" : uid
        }
        return tails
    }

    /// Columns as wide as their widest cell; the last one ends where its texts do.
    private func aligned(_ rows: [[String]]) -> [String] {
        let widths = rows[0].indices.dropLast().map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return (padded + row.suffix(1)).joined(separator: "  ")
        }
    }
}

extension String {
    /// The text in one line of at most some characters, `-` for none.
    fileprivate func cell(_ length: Int) -> String {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? "-" : line.count > length ? line.prefix(length - 1) + "…" : line
    }
}

extension SeriesReport.Series {
    fileprivate func rows(tail: String) -> [[String]] {
        let series =
            [number.map { "\($0)" } ?? "-", modality, description ?? ""].map { $0.cell(28) } + [tail.cell(65)]
        return stacks.enumerated().map { index, stack in
            // What concerns the series as a whole stands beside its largest stack.
            let own = stack.defects + (index == 0 ? defects : [])
            return series + ["\(index + 1)"] + stack.cells + [stack.summary(of: own)]
        }
    }
}

extension SeriesReport.Stack {
    /// Size, slices, spacing and geometry.
    fileprivate var cells: [String] {
        let further = axes.reversed().map { " x \($0.values.count) (\($0.attribute.words))" }
        var lengths = "-"
        if let spacing {
            let known = [spacing.xMillimetres, spacing.yMillimetres, sliceSpacingMillimetres].compactMap { $0 }
            lengths = known.map(short).joined(separator: " x ") + tiltRemark + spacing.remark
        }
        return ["\(width) x \(height)", "\(depth)\(further.joined())", lengths, place]
    }

    private var place: String {
        let tilt = tiltDegrees.map { " by \(short($0)) degrees" } ?? ""
        return [plane, geometryWords + tilt].compactMap { $0 }.joined(separator: ", ")
    }

    /// The defects by their kinds, the worst first.
    fileprivate func summary(of defects: [SeriesDefect]) -> String {
        var parts = refusal == nil ? [] : ["no volume by default"]
        for severity in [SeriesDefect.Severity.error, .warning, .note] {
            var kinds: [String] = []
            for defect in defects where defect.severity == severity {
                let words = defect.kind == .split ? splitWords : defect.kind.words
                if !kinds.contains(words) { kinds.append(words) }
            }
            if !kinds.isEmpty { parts.append("\(severity.rawValue): \(kinds.joined(separator: ", "))") }
        }
        return parts.isEmpty ? "none" : parts.joined(separator: "; ")
    }

    private var splitWords: String {
        splitBy.isEmpty ? SeriesDefect.Kind.split.words : "split by \(splitBy.map(\.words).joined(separator: ", "))"
    }
}

extension SeriesDefect.Kind {
    /// The kind's name as words: `missing slices`.
    fileprivate var words: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }
}
