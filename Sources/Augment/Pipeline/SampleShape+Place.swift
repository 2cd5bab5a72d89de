import ImageCore
import ImageProcessing

extension SampleShape {
    /// How far apart corners may be, in spacings: files round differently.
    private static let tolerance = 0.1

    /// What of the voxels' place in space differs from that of labels of the same size, in words; `nil` where voxels lie on
    /// voxels, for pictures, and where either has no place.
    func placeDifference(from labels: SampleShape) -> String? {
        guard length(.z) != nil, let own = geometry, let other = labels.geometry, own.isPlaced, other.isPlaced else {
            return nil
        }
        let distance = farthestCorner(own, other)
        let smallest = own.spacingMillimetres.min()
        guard !(distance <= Self.tolerance * smallest) else { return nil }
        let (spacing, found) = (own.spacingMillimetres, other.spacingMillimetres)
        if (0..<3).contains(where: { abs(spacing[$0] - found[$0]) > 1e-3 * spacing[$0] }) {
            return "expected the spacing of the image, \(text(spacing)) mm, found \(text(found)) mm"
        }
        let axes = [
            ("x", own.direction.x, other.direction.x), ("y", own.direction.y, other.direction.y),
            ("z", own.direction.z, other.direction.z),
        ]
        for (name, expected, found) in axes where (expected * found).sum() < 1 - 1e-6 {
            return "expected the direction of the image, \(name) along \(text(expected)), "
                + "found \(text(found))"
        }
        let (origin, shifted) = (own.originMillimetres, other.originMillimetres)
        return "expected the origin of the image, \(text(origin)) mm, found \(text(shifted)) mm"
    }

    /// The largest distance between the same corners of two grids.
    private func farthestCorner(_ a: Geometry, _ b: Geometry) -> Double {
        let far = ([.x, .y, .z] as [Axis]).map { Double((length($0) ?? 1) - 1) }
        return (0..<8).map { corner in
            let index = (0..<3).map { corner >> $0 & 1 == 1 ? far[$0] : 0 }
            let shift =
                a.position(x: index[0], y: index[1], z: index[2]) - b.position(x: index[0], y: index[1], z: index[2])
            return (shift * shift).sum().squareRoot()
        }.max() ?? 0
    }

    /// Files round differently: four decimals tell enough.
    private func text(_ vector: SIMD3<Double>) -> String {
        SIMD3(rounded(vector.x), rounded(vector.y), rounded(vector.z)).placeText()
    }

    private func rounded(_ number: Double) -> Double { (number * 1e4).rounded() / 1e4 }
}
