extension DICOMSeries {
    /// Says on every stack what was split off from it, and how.
    mutating func describeSplits(_ frames: SeriesFrames) {
        guard stacks.count > 1 else { return }
        for index in stacks.indices.dropFirst() where !stacks[index].splitBy.isEmpty {
            let main = parent(of: index)
            // The split that parted the two; what was parted further later on is told there.
            let depth = min(sharedSplits(index, main), stacks[index].splitBy.count - 1)
            let branch = stacks[index].splitReasons.prefix(depth + 1)
            let parted = stacks.filter { $0.splitReasons.starts(with: branch) }
            stacks[main].defects.append(
                Self.defect(
                    of: parted, by: stacks[index].splitBy[depth], branch.last ?? "", beside: stacks[main], frames))
        }
    }

    /// Number of splits that two stacks have in common.
    private func sharedSplits(_ one: Int, _ other: Int) -> Int {
        zip(stacks[one].splitReasons, stacks[other].splitReasons).prefix { $0 == $1 }.count
    }

    /// The largest other stack that shares the most splits: the one that the slices would have been part of.
    private func parent(of index: Int) -> Int {
        let others = stacks.indices.filter { $0 < index }
        return others.max { one, other in
            let (first, second) = (sharedSplits(one, index), sharedSplits(other, index))
            return first != second ? first < second : one > other
        } ?? 0
    }

    private static func defect(
        of parted: [DICOMStack], by attribute: StackAttribute, _ reason: String, beside main: DICOMStack,
        _ frames: SeriesFrames
    ) -> SeriesDefect {
        let parts = parted.flatMap(\.frames)
        let files = frames.paths(parts)
        let count = parts.count + parted.reduce(0) { $0 + $1.surplus.count }
        let whose = count == 1 ? "1 frame has its" : "\(count) frames have their"
        let message = "\(whose) own \(parted.count == 1 ? "stack" : "\(parted.count) stacks"): \(reason)"
        // A file that was cut within its header lacks what would have kept it with its neighbors.
        guard !parts.contains(where: { frames.instance($0).pixelDataOffset == nil }) else {
            return SeriesDefect(.missingPixelData, .error, "\(message), and no pixel data", files: files)
        }
        let isFew = count <= 3 && main.frames.count > 3 * count
        switch attribute {
        case .localizer: return SeriesDefect(.localizer, .note, message, files: files)
        case .orientation where isFew: return SeriesDefect(.localizer, .note, message, files: files)
        case .imageSize where isFew, .pixelSpacing where isFew, .colorClass where isFew:
            return SeriesDefect(.oddSize, .warning, message, files: files)
        case .hasPosition: return SeriesDefect(.missingPosition, .error, message, files: files)
        default: return SeriesDefect(.split, .note, message, files: files)
        }
    }
}

extension SeriesFrames {
    /// Defects of the series as a whole.
    func seriesDefects() -> [SeriesDefect] {
        let empty = instances.filter { $0.frames.isEmpty }.map(\.path).sorted()
        var defects = invalidGeometry()
        if !empty.isEmpty {
            defects.append(
                SeriesDefect(.missingPixelData, .error, "no frames in \(counted(empty.count, "file"))", files: empty))
        }
        let withoutUID = instances.filter { $0.sopInstanceUID.isEmpty }.map(\.path).sorted()
        if !withoutUID.isEmpty {
            defects.append(
                SeriesDefect(
                    .header, .note, "no SOP instance UID in \(counted(withoutUID.count, "file"))", files: withoutUID))
        }
        return defects
    }
}
