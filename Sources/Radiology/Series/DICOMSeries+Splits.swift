extension DICOMSeries {
    /// Says on every stack what was split off from it, and how.
    mutating func describeSplits(_ frames: SeriesFrames) {
        guard stacks.count > 1 else { return }
        for index in stacks.indices.dropFirst() {
            guard let attribute = stacks[index].splitBy.last else { continue }
            let main = parent(of: index)
            let defect = Self.defect(
                of: stacks[index], beside: stacks[main], by: attribute, files: frames.paths(stacks[index].frames),
                lacksPixels: stacks[index].frames.contains { frames.instance($0).pixelDataOffset == nil })
            stacks[main].defects.append(defect)
        }
    }

    /// The largest other stack that shares the most splits: the one that the slices would have been part of.
    private func parent(of index: Int) -> Int {
        let reasons = stacks[index].splitReasons
        func shared(_ other: Int) -> Int { zip(stacks[other].splitReasons, reasons).prefix { $0 == $1 }.count }
        let others = stacks.indices.filter { $0 < index }
        return others.max { shared($0) != shared($1) ? shared($0) < shared($1) : $0 > $1 } ?? 0
    }

    private static func defect(
        of stack: DICOMStack, beside main: DICOMStack, by attribute: StackAttribute, files: [String],
        lacksPixels: Bool
    ) -> SeriesDefect {
        let count = stack.frames.count + stack.surplus.count
        let reason = stack.splitReasons.last ?? attribute.words
        let frames = count == 1 ? "1 frame has its" : "\(count) frames have their"
        let message = "\(frames) own stack: \(reason)"
        // A file that was cut within its header lacks what would have kept it with its neighbors.
        guard !lacksPixels else {
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
