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
        guard oldSize > 0, newSize > 0 else { return self }
        return scaled(axis, by: Double(oldSize) / Double(newSize))
    }

    /// The geometry after each `factor` pixels along an axis became one, starting with the first.
    ///
    /// The near edge stays where it is; the far edge of a last, partial block lies beyond the old one.
    public func reduced(_ axis: Axis, by factor: Int) -> Geometry { scaled(axis, by: Double(factor)) }

    /// The geometry with a spacing that many times as wide and the near edge where it is.
    private func scaled(_ axis: Axis, by factor: Double) -> Geometry {
        guard let i = axis.spatialIndex else { return self }
        var result = self
        let spacing = spacingMillimetres[i] * factor
        result.spacingMillimetres[i] = spacing
        result.originMillimetres += direction[i] * ((spacing - spacingMillimetres[i]) / 2)
        return result
    }

    /// The geometry of images stacked along a new axis: along z, spacing and direction lead to the next image's origin.
    @usableFromInline
    func stacked(along axis: Axis, next: Geometry?) -> Geometry {
        guard let i = axis.spatialIndex, let next else { return self }
        let step = next.originMillimetres - originMillimetres
        let distance = (step * step).sum().squareRoot()
        guard distance > 0 else { return self }
        var result = self
        result.spacingMillimetres[i] = distance
        result.direction[i] = step / distance
        return result
    }
}
