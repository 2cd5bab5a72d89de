import ImageCore

/// The samples that a volume is resampled to, along its own axes.
struct VolumeGrid {
    let x: AxisSampling
    let y: AxisSampling
    let z: AxisSampling

    /// The grid with a spacing, as many samples as cover the old extent best, and the old center.
    ///
    /// - Throws: `ImageError` for a spacing that is not above 0, and for more samples than memory can hold.
    init(_ layout: Layout, _ geometry: Geometry, spacing: SIMD3<Double>) throws(ImageError) {
        func sampling(_ axis: Axis, _ i: Int) throws(ImageError) -> AxisSampling {
            let (old, new, count) = (geometry.spacingMillimetres[i], spacing[i], layout.size(of: axis))
            guard new > 0, new.isFinite, old > 0, old.isFinite else {
                throw .invalidArgument("expected spacings above 0, found \(old) mm to become \(new) mm along \(axis)")
            }
            guard layout.index(of: axis) != nil else {
                return AxisSampling(sourceCount: 1, count: 1, start: 0, step: 1)
            }
            let step = new / old
            let wanted = (Double(count) / step).rounded()
            guard wanted < 0x1p31 else { throw .invalidArgument("\(wanted) samples along \(axis) are too many") }
            let rounded = max(1, Int(wanted))
            return AxisSampling(
                sourceCount: count, count: rounded, start: (Double(count) - Double(rounded) * step) / 2, step: step)
        }
        (x, y, z) = (try sampling(.x, 0), try sampling(.y, 1), try sampling(.z, 2))
    }

    /// The grid with other sizes over the same extent.
    init(_ layout: Layout, width: Int, height: Int, depth: Int) throws(ImageError) {
        func sampling(_ axis: Axis, _ count: Int) throws(ImageError) -> AxisSampling {
            let old = layout.size(of: axis)
            guard count > 0, count < 1 << 31 else { throw .invalidArgument("a size of \(count) along \(axis)") }
            guard layout.index(of: axis) != nil || count == 1 else { throw .missingAxis(axis) }
            return AxisSampling(sourceCount: old, count: count, start: 0, step: Double(old) / Double(count))
        }
        (x, y, z) = (try sampling(.x, width), try sampling(.y, height), try sampling(.z, depth))
    }

    /// Checks that the new samples fit memory; gives the sizes in the order of some axes.
    func sizes(_ layout: Layout) throws(ImageError) -> [Int] {
        let sizes = zip(layout.axes, layout.sizes).map { axis, size in
            switch axis {
            case .x: x.count
            case .y: y.count
            case .z: z.count
            default: size
            }
        }
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, product < 1 << 40 else { throw .invalidArgument("a volume of \(sizes) is too large") }
            count = product
        }
        return sizes
    }

    /// The geometry of the new samples.
    func geometry(_ old: Geometry) -> Geometry {
        var result = old
        for (i, axis) in [x, y, z].enumerated() {
            let direction = i == 0 ? old.direction.x : i == 1 ? old.direction.y : old.direction.z
            result.spacingMillimetres[i] = old.spacingMillimetres[i] * axis.step
            result.originMillimetres += direction * (old.spacingMillimetres[i] * (axis.start + (axis.step - 1) / 2))
        }
        return result
    }
}
