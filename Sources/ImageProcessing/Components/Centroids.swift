public import ImageCore

extension Components {
    /// The center of gravity of each component, in the order of ``components``; pixel (i, j) has its center at (i + ½, j + ½).
    public var centroids: [Point] {
        var sums = [(x: Int, y: Int)](repeating: (0, 0), count: components.count)
        let samples = labels.samples
        let width = labels.width
        for i in 0..<samples.count where samples[i] > 0 {
            let (y, x) = i.quotientAndRemainder(dividingBy: width)
            let index = Int(samples[i]) - 1
            sums[index] = (sums[index].x + x, sums[index].y + y)
        }
        return zip(sums, components).map { sum, component in
            Point(x: Double(sum.x) / Double(component.area) + 0.5, y: Double(sum.y) / Double(component.area) + 0.5)
        }
    }
}

extension VolumeComponents {
    /// The center of gravity of each component along x, y and z, in voxels, in the order of ``components``; voxel i has its
    /// center at i + ½.
    public var centroids: [SIMD3<Double>] {
        var sums = [SIMD3<Double>](repeating: .zero, count: components.count)
        let labels = labels
        let samples = labels.samples
        let (width, height) = (labels.width, labels.height)
        for i in 0..<samples.count where samples[i] > 0 {
            let (row, x) = i.quotientAndRemainder(dividingBy: width)
            let (z, y) = row.quotientAndRemainder(dividingBy: height)
            sums[Int(samples[i]) - 1] += SIMD3(Double(x), Double(y), Double(z))
        }
        return zip(sums, components).map { $0 / Double($1.volume) + 0.5 }
    }
}
