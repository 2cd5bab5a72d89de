import Glibc
import ImageCore
import ImageProcessing

/// White noise at the points of a lattice: every number is a function of key, point and axis.
struct LatticeNoise {
    let key: UInt64

    /// A number from −1 up to but not including 1.
    func uniform(point: Int, axis: Int) -> Double {
        let hash = KeyedHash(seed: key).combined(with: UInt64(point)).combined(with: UInt64(axis))
        return Double(hash.value >> 11) * 0x1p-52 - 1
    }

    /// A standard normal number, limited to three deviations (Box and Muller 1958).
    func normal(point: Int, axis: Int) -> Double {
        let first = (1 - uniform(point: 2 * point, axis: axis)) / 2
        let second = uniform(point: 2 * point + 1, axis: axis)
        let value = (-2 * log(max(first, 0x1p-60))).squareRoot() * cos(.pi * second)
        return min(max(value, -3), 3)
    }
}

extension SpatialSize {
    /// Number of points of a lattice of this size; `nil` beyond what is reasonable.
    var latticeCount: Int? {
        let (plane, overflow) = x.multipliedReportingOverflow(by: y)
        let (count, again) = plane.multipliedReportingOverflow(by: z)
        return overflow || again || count < 1 || count > 1 << 27 ? nil : count
    }
}

extension Transform {
    /// The geometry that adds the displacements of a lattice.
    func bent(
        _ stage: (DisplacementLattice) -> SpatialStage, _ scene: Scene, _ reading: Reading,
        _ lattice: () throws(ImageError) -> DisplacementLattice
    ) throws(AugmentError) -> [Operation] {
        do {
            let map = SpatialMap(outputSize: scene.size, stages: [stage(try lattice())])
            return [.geometry(map, reading.sampling(in: scene))]
        } catch {
            throw .transform(path: Self.name, "\(error)")
        }
    }

    /// A value for each axis of the scene: one distribution is drawn once for all axes, several each on its own; axes without
    /// one have a default.
    func drawnPerAxis(
        _ distributions: [Distribution], _ name: String, _ draws: Draws, in scene: Scene, otherwise: Double
    ) -> [Double] {
        (0..<scene.dimensions).map { axis in
            if distributions.count == 1 { return draws.value(of: distributions[0], named: name) }
            guard axis < distributions.count else { return otherwise }
            return draws.value(of: distributions[axis], named: name, index: axis)
        }
    }
}
