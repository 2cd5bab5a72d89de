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
            var firsts: [FrameTarget: Int] = [:]
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

    /// The segments by the first of every number, and what is told of further ones.
    static func distinct(_ listed: [Segment]) -> (segments: [Segment], defects: [RegionDefect]) {
        var (segments, defects) = ([Segment](), RegionDefects())
        var places: [Int: Int] = [:]
        for segment in listed {
            guard let place = places[segment.number] else {
                places[segment.number] = segments.count
                segments.append(segment)
                continue
            }
            defects.add(
                RegionDefect(
                    .duplicateNumber, .error, region: segment.number,
                    "segment number \(segment.number) stands for \(segments[place].label) and for \(segment.label): "
                        + "its voxels are painted once, as those of the first"))
        }
        return (segments, defects.all)
    }

    /// Values of a label map that are no segments, as regions without a name.
    func undeclared(_ counts: [Int: Int]) -> (regions: [RegionLabels.Region], defects: [RegionDefect]) {
        let known = Set(segments.map(\.number))
        var defects = RegionDefects()
        let values = counts.keys.filter { !known.contains($0) }.sorted()
        for value in values {
            defects.add(
                RegionDefect(
                    .unlistedRegion, .warning,
                    "the value \(value) (\(counted(counts[value] ?? 0, "voxel"))) is no number of a segment: it has no name"
                ))
        }
        return (values.map { RegionLabels.Region(label: $0, name: "") }, defects.all)
    }

    /// Segments that no voxel belongs to.
    func emptySegments(_ counts: [Int: Int]) -> [RegionDefect] {
        segments.filter { $0.number > 0 && counts[$0.number] == nil }.map {
            RegionDefect(
                .noVoxels, .warning, region: $0.number, "region \($0.number) (\($0.label)): no voxel is inside")
        }
    }
}
