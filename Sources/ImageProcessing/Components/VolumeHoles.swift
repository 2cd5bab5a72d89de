public import ImageCore

extension Image<Bool> {
    /// The mask in space with its holes filled: parts of the background that cannot be reached from the edge.
    ///
    /// As SciPy's `binary_fill_holes` with ``VolumeConnectivity/twentySix`` in space, or slice by slice with
    /// ``VolumeConnectivity/sliceEight``. The background is connected by the dual of the objects' connectivity.
    ///
    /// - Parameters:
    ///   - volume: Smallest number of voxels of a hole that stays open; `Int.max` fills all.
    ///   - connectivity: Which voxels belong to one object.
    /// - Returns: The mask, with color, domain, geometry and metadata as before.
    /// - Throws: ``ImageError`` for axes other than `[.z, .y, .x]`.
    public func fillingVolumeHoles(
        below volume: Int = .max, connectivity: VolumeConnectivity = .twentySix
    ) throws(ImageError) -> Image<Bool> {
        let background = try VolumeComponents(of: self, connectivity: connectivity.dual, inverted: true)
        let bySlice = connectivity == .sliceFour || connectivity == .sliceEight
        let (width, height, depth) = (width, height, depth)
        let open = background.mask { part in
            let box = part.bounds
            let touchesEnds = box.z.lowerBound == 0 || box.z.upperBound == depth
            return part.volume >= volume || box.x.lowerBound == 0 || box.x.upperBound == width || box.y.lowerBound == 0
                || box.y.upperBound == height || !bySlice && touchesEnds
        }
        var result = open.inverted()
        (result.color, result.domain) = (color, domain)
        return result
    }
}
