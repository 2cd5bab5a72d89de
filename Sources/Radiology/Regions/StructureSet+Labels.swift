extension StructureSet {
    /// Label maps of all regions on a grid; the value of a voxel is the region's number in the file where numbers from 1
    /// to 65535 are used, each once, and otherwise its place in the list, from 1.
    ///
    /// What cannot be painted is told in the result's defects; the rest is painted.
    /// - Parameters:
    ///   - grid: The slices of the series that the contours were drawn on.
    ///   - isCancelled: Asked before each slice of a region.
    /// - Returns: One layer when nothing overlaps.
    /// - Throws: ``RegionError`` when the grid has no geometry, the result is too large, or the caller asked to stop.
    public func labels(
        on grid: SliceGrid, isCancelled: @escaping CancellationCheck = { false }
    ) throws(RegionError) -> RegionLabels {
        let numbering = RegionNumbering(regions.map(\.number))
        guard regions.count <= 65535 else { throw .tooManyRegions(file: name, count: regions.count) }
        var painting = try RegionPainting(
            grid, file: name, limits: limits, defects: numbering.relabeled(defects) + renumbering(numbering),
            isCancelled: isCancelled)
        for (region, label) in zip(regions, numbering.labels) {
            try painting.paint(
                OutlinedRegion(
                    label: label, name: region.name, contours: region.contours,
                    frameOfReferenceUID: region.frameOfReferenceUID ?? frameOfReferenceUID, combination: .exclusive))
        }
        return painting.finish(
            zip(regions, numbering.labels).map { region, label in
                var entry = RegionLabels.Region(label: label, name: region.name)
                entry.numberInFile = region.number == label ? nil : region.number
                entry.color = region.color
                entry.concept = region.identification
                entry.type = region.interpretedType
                return entry
            })
    }

    private func renumbering(_ numbering: RegionNumbering) -> [RegionDefect] {
        guard numbering.isRenumbered else { return [] }
        return [
            RegionDefect(
                .renumbered, .note, "region numbers cannot all be labels; labels count from 1 in the order of the file")
        ]
    }
}
