import CKernels
import ImageCore

/// A stage of a map in the terms of kernels, which count places from the center of the first pixel.
struct KernelStage {
    let kind: tessera_stage_kind
    var isInverse = false
    var numbers: [Double] = []
    var lattice: DisplacementLattice?

    /// Number of points of the lattice, with those that kernels want before and behind each row.
    var pointCount: Int { lattice.map { ($0.counts.x + 7) * $0.counts.y * $0.counts.z } ?? 0 }

    /// Translates a stage; inverses in closed form become ordinary stages.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for an inverse of a stage that flattens space.
    init(_ stage: SpatialStage) throws(ImageError) {
        switch stage {
        case .affine(let map):
            let half = SIMD3(repeating: 0.5)
            let centered = AffineMap.translation(-half) * map * .translation(half)
            self.init(
                kind: TESSERA_STAGE_AFFINE,
                numbers: [centered.x, centered.y, centered.z].flatMap { [$0.x, $0.y, $0.z, $0.w] })
        case .perspective(let map):
            let forth = Homography(x: SIMD3(1, 0, 0.5), y: SIMD3(0, 1, 0.5), w: SIMD3(0, 0, 1))
            let back = Homography(x: SIMD3(1, 0, -0.5), y: SIMD3(0, 1, -0.5), w: SIMD3(0, 0, 1))
            let centered = back * map * forth
            self.init(
                kind: TESSERA_STAGE_PERSPECTIVE,
                numbers: [centered.x, centered.y, centered.w].flatMap { [$0.x, $0.y, $0.z] })
        case .radial(let map):
            let (center, scale) = (map.center - 0.5, 1 / map.focalLength)
            self.init(
                kind: TESSERA_STAGE_RADIAL, numbers: [center.x, center.y, scale.x, scale.y, map.k1, map.k2])
        case .bSpline(let lattice): self.init(kind: TESSERA_STAGE_B_SPLINE, lattice: lattice)
        case .lattice(let lattice): self.init(kind: TESSERA_STAGE_LATTICE, lattice: lattice)
        case .window(let window):
            let size = [window.size.x, window.size.y, window.size.z].map(Double.init)
            self.init(kind: TESSERA_STAGE_WINDOW, numbers: size + [Double(window.border.kernelName.rawValue)])
        case .inverse(let stage):
            guard let inverse = stage.inverse else {
                throw .invalidArgument("expected a stage that can be undone, found \(stage)")
            }
            if case .inverse = inverse {
                try self.init(stage)
                isInverse = true
            } else {
                try self.init(inverse)
            }
        }
    }

    private init(kind: tessera_stage_kind, numbers: [Double] = [], lattice: DisplacementLattice? = nil) {
        self.kind = kind
        self.numbers = numbers
        self.lattice = lattice
    }
}
