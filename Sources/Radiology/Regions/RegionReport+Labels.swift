extension RegionReport {
    /// Label maps of all regions on a grid; the value of a voxel is the region's place in the report, from 1.
    ///
    /// What cannot be painted is told in the result's defects; the rest is painted.
    /// - Parameters:
    ///   - grid: The slices of the series that the report measures.
    ///   - segmentations: Segmentations that regions may refer to.
    ///   - isCancelled: Asked before each slice of a region.
    /// - Returns: One layer when nothing overlaps.
    /// - Throws: ``RegionError`` when the grid lacks a geometry that is needed, the result is too large, or the caller asked to
    ///   stop.
    public func labels(
        on grid: SliceGrid, segmentations: [Segmentation] = [], isCancelled: @escaping CancellationCheck = { false }
    ) throws(RegionError) -> RegionLabels {
        guard regions.count <= 65535 else { throw .tooManyRegions(file: name, count: regions.count) }
        var painting = try RegionPainting(grid, file: name, limits: limits, defects: defects, isCancelled: isCancelled)
        for region in regions {
            let outlined = OutlinedRegion(
                label: region.number, name: region.name, contours: region.contours,
                frameOfReferenceUID: region.frameOfReferenceUID, combination: .union)
            var voxels: [Range<Int>] = []
            for reference in region.segments {
                if isCancelled() { throw .interrupted(name) }
                guard let segmentation = segmentations.first(where: { $0.sopInstanceUID == reference.sopInstanceUID })
                else {
                    painting.add(
                        outlined.defect(
                            .missingSegment, .error, "its segmentation \(reference.sopInstanceUID) is not at hand"))
                    continue
                }
                do throws(RegionError) {
                    voxels += try Self.voxels(of: reference, in: segmentation, on: grid)
                } catch {
                    painting.add(outlined.defect(.missingSegment, .error, "its segmentation does not fit: \(error)"))
                }
            }
            if !region.contours.isEmpty || !voxels.isEmpty { try painting.paint(outlined, with: voxels) }
        }
        return painting.finish(
            regions.map { region in
                var entry = RegionLabels.Region(label: region.number, name: region.name)
                entry.concept = region.finding
                entry.type = region.findingCategory?.meaning
                entry.trackingUID = region.trackingUID
                return entry
            })
    }

    private static func voxels(
        of reference: SegmentReference, in segmentation: Segmentation, on grid: SliceGrid
    ) throws(RegionError) -> [Range<Int>] {
        let all = segmentation.segments.map(\.number).filter { $0 > 0 }
        var voxels: [Range<Int>] = []
        for number in reference.numbers.isEmpty ? all : reference.numbers {
            voxels += try segmentation.mask(of: number, on: grid).runs()
        }
        return voxels
    }
}
