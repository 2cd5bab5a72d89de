extension SeriesFrames {
    /// Splits slices of CT acquisitions that lie between each other, half a step apart or otherwise: another time or breath.
    ///
    /// Acquisitions that follow each other along the table, one per rotation, are one stack; so are the packages of MR, whose
    /// slices alternate by design.
    func splitByInterleavedAcquisition(_ candidate: StackCandidate) -> [StackCandidate] {
        guard candidate.frames.allSatisfy(hasPosition), instance(candidate.frames[0]).modality == "CT" else {
            return [candidate]
        }
        let placed = place(candidate.frames)
        let numbers = placed.frames.compactMap { facts($0).varying.acquisitionNumber }
        guard placed.collisions == 0, numbers.count == placed.frames.count, 3 * Set(numbers).count <= numbers.count
        else {
            return [candidate]
        }
        let changes = zip(numbers, numbers.dropFirst()).count { $0 != $1 }
        guard 4 * changes >= 3 * (numbers.count - 1) else { return [candidate] }
        return splitByValue(candidate, of: .acquisitionNumber)
    }
}
