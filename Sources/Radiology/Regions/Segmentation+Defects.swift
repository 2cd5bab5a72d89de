import Formats

extension Segmentation {
    /// What the file has beyond the frames that it declares.
    static func surplus(described: Int, of pixels: SegmentationPixels, _ header: DICOMHeader) -> [RegionDefect] {
        let declared = pixels.frameCount
        if described > declared {
            return [
                RegionDefect(
                    .surplusFrames, .error,
                    "expected the number of frames that it declares, \(declared), found \(described) described; "
                        + "\(counted(described - declared, "frame")) at the end left out")
            ]
        }
        guard !header.transferSyntax.isEncapsulated, let length = header.pixelData?.length,
            length >= evenBytes(pixels, frames: declared + 1), length > evenBytes(pixels, frames: declared)
        else { return [] }
        return [
            RegionDefect(
                .surplusFrames, .warning,
                "expected pixels of \(counted(declared, "frame")), as it declares, found \(length) bytes, which are more; "
                    + "those beyond are left out")
        ]
    }

    /// The length of native pixel data.
    private static func evenBytes(_ pixels: SegmentationPixels, frames: Int) -> Int {
        let bytes = (pixels.pixelsPerFrame * pixels.bitsAllocated * frames + 7) / 8
        return bytes + bytes % 2
    }

    /// Frames that show one segment at one place and differ.
    func conflicts(
        _ placement: SegmentationPlacement, _ isCancelled: CancellationCheck
    ) throws(RegionError) -> [RegionDefect] {
        var defects = RegionDefects()
        var (one, other) = (
            [UInt16](repeating: 0, count: rows * columns), [UInt16](repeating: 0, count: rows * columns)
        )
        for (segment, indices) in placement.framesBySegment.sorted(by: { $0.key < $1.key }) {
            var firsts: [SegmentationPlacement.Target: Int] = [:]
            for index in indices {
                let target = placement.targets[index]
                guard let first = firsts[target] else {
                    firsts[target] = index
                    continue
                }
                if isCancelled() { throw .interrupted(name) }
                try read(first, into: &one)
                try read(index, into: &other)
                guard one != other else { continue }
                let rule =
                    kind == .labelMap ? "the later frame counts" : "a voxel is inside where either frame has it"
                defects.add(
                    RegionDefect(
                        .conflictingFrames, .warning, region: kind == .labelMap ? nil : segment,
                        "frames \(first + 1) and \(index + 1) lie on slice \(target.slice + 1)"
                            + (kind == .labelMap ? "" : ", show segment \(segment)") + " and differ; \(rule)"))
            }
        }
        return defects.all
    }
}
