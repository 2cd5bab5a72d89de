extension Geometry {
    /// The geometry after the first `start` pixels along an axis were cut away; other axes than x, y, z change nothing.
    public func cropped(_ axis: Axis, from start: Int) -> Geometry {
        guard let i = axis.spatialIndex else { return self }
        var result = self
        result.originMillimetres += direction[i] * (spacingMillimetres[i] * Double(start))
        return result
    }

    /// The geometry after the pixels along an axis were put in reverse order: every sample keeps its place in space.
    public func flipped(_ axis: Axis, size: Int) -> Geometry {
        guard let i = axis.spatialIndex else { return self }
        var result = cropped(axis, from: size - 1)
        result.direction[i] = -direction[i]
        return result
    }

    /// The geometry after an axis was resampled from one number of pixels to another over the same extent.
    ///
    /// The outer edges stay where they are, so the center of the first pixel moves by half the change of the spacing.
    public func resized(_ axis: Axis, from oldSize: Int, to newSize: Int) -> Geometry {
        guard let i = axis.spatialIndex, oldSize > 0, newSize > 0 else { return self }
        var result = self
        let spacing = spacingMillimetres[i] * Double(oldSize) / Double(newSize)
        result.spacingMillimetres[i] = spacing
        result.originMillimetres += direction[i] * ((spacing - spacingMillimetres[i]) / 2)
        return result
    }
}
