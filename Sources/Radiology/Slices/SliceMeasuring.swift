import ImageCore
import ImageProcessing

extension SliceSource {
    /// Millimetres along x and y, and between slices where they have one step, without what division left behind.
    var roundedSpacing: [Double]? {
        volume.geometry.map { geometry in
            let spacing = geometry.spacingMillimetres
            let known = placement == .grid ? [spacing.x, spacing.y, spacing.z] : [spacing.x, spacing.y]
            return known.map { ($0 * 1e6).rounded() / 1e6 }
        }
    }

    /// What the masks say about each slice.
    func measures(_ reference: SliceSelection.Reference) -> [SliceMeasure] {
        let geometry = volume.geometry
        let pixel = geometry.map { $0.spacingMillimetres.x * $0.spacingMillimetres.y } ?? 1
        let positions = placement.positions(geometry, depth: volume.depth)
        return (0..<volume.depth).map { z in
            let slice = mask?.slice(.z, at: z)
            let pixels = slice?.trueCount ?? 0
            let whole = reference == .slice ? volume.width * volume.height : body?.slice(.z, at: z).trueCount ?? 0
            var measure = SliceMeasure(
                index: z, positionMillimetres: positions[z], maskPixels: pixels,
                maskSquareMillimetres: Double(pixels) * pixel,
                maskRatio: whole > 0 ? Double(pixels) / Double(whole) : 0, box: slice?.boundingBox?.rect)
            measure.isInserted = validity.map { $0.depth == volume.depth && !$0[z, 0, 0] } ?? false
            return measure
        }
    }
}

extension VoxelBox {
    /// The box within a slice.
    fileprivate var rect: PixelRect { PixelRect(x: x.lowerBound, y: y.lowerBound, width: x.count, height: y.count) }
}
