extension SeriesFrames {
    /// Positions, orientations and spacings of a series that are none.
    func invalidGeometry() -> [SeriesDefect] {
        invalidNumbers(of: all, { !$0.isRescale }, "it counts as absent")
    }

    /// Slopes and intercepts of a stack that are no numbers or 0, where they would count.
    func invalidRescales(_ stack: DICOMStack) -> [SeriesDefect] {
        guard stack.pixels.colorClass == "gray" else { return [] }
        let frames = stack.frames + stack.surplus
        let unknown = frames.filter { facts($0).hasUnknownValues }
        let zero = frames.filter { facts($0).modalityTableBits == nil && facts($0).rescale?.slope == 0 }
        var defects = invalidNumbers(
            of: unknown, { $0.isRescale }, "what its pixels mean is unknown: they count as missing")
        if !zero.isEmpty {
            let files = paths(zero)
            defects.append(
                SeriesDefect(
                    .invalidNumber, .warning,
                    "Rescale Slope (0028,1053) is 0 in \(counted(files.count, "file")); their values stay as stored",
                    files: files))
        }
        return defects
    }

    /// A defect for each attribute and text.
    private func invalidNumbers(
        of frames: [DICOMFrameReference], _ isMeant: (DICOMInvalidNumber.Attribute) -> Bool, _ consequence: String
    ) -> [SeriesDefect] {
        var groups: [DICOMInvalidNumber: [DICOMFrameReference]] = [:]
        for frame in frames {
            for number in facts(frame).invalidNumbers where isMeant(number.attribute) {
                groups[number, default: []].append(frame)
            }
        }
        return groups.map { number, frames in
            let files = paths(frames)
            let count = counted(files.count, "file")
            let what =
                number.text.isEmpty
                ? "missing in \(count)" : "\"\(number.text)\" in \(count), expected \(number.attribute.expectation)"
            return SeriesDefect(
                .invalidNumber, .warning, "\(number.attribute.words) is \(what); \(consequence)", files: files)
        }.sorted { $0.message < $1.message }
    }
}
