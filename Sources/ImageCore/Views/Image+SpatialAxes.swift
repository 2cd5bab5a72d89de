extension Image {
    /// The same samples with the axes x, y and z given other roles, as a view.
    ///
    /// What was the axis named by `x` is called x afterwards, and so on; the order of the axes in memory order of names
    /// stays as it was, so that `[.z, .y, .x]` stays `[.z, .y, .x]`. Spacing and direction follow their axes: every
    /// sample keeps its place in space.
    /// - Parameters:
    ///   - x: The axis that becomes x.
    ///   - y: The axis that becomes y.
    ///   - z: The axis that becomes z.
    /// - Returns: A view of the same samples.
    /// - Precondition: the three are x, y and z in some order, and the image has each axis that changes.
    public func exchangingAxes(x: Axis, y: Axis, z: Axis) -> Image {
        let (old, new) = ([x, y, z], [Axis.x, .y, .z])
        precondition(Set(old) == Set(new), "x, y and z, each once")
        let moved = zip(old, new).filter { $0 != $1 }
        precondition(moved.allSatisfy { layout.index(of: $0.0) != nil }, "the image has the axes that change")
        let names = axes.map { axis in moved.first { $0.0 == axis }?.1 ?? axis }
        let renamed = Layout(axes: names, sizes: sizes, strides: layout.strides, offset: layout.offset)
        guard let restored = renamed.permuted(to: axes) else { preconditionFailure("the same axes, each once") }
        var result = view(restored)
        result.geometry = geometry?.exchangingAxes(old.compactMap(\.spatialIndex))
        return result
    }
}

extension Geometry {
    /// The geometry after the axes at three positions became x, y and z.
    func exchangingAxes(_ old: [Int]) -> Geometry {
        var result = self
        for (new, old) in old.enumerated() {
            result.spacingMillimetres[new] = spacingMillimetres[old]
            result.direction[new] = direction[old]
        }
        return result
    }
}
