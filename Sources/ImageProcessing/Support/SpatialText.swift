extension SpatialSize: CustomStringConvertible {
    /// The lengths along x, y and, where there are several slices, z: `40 x 30`.
    public var description: String { (z == 1 ? [x, y] : [x, y, z]).map(String.init).joined(separator: " x ") }
}

extension AffineMap: CustomStringConvertible {
    /// The three rows: `[[1, 0, 0, 5], [0, 1, 0, 0], [0, 0, 1, 0]]`.
    public var description: String {
        "["
            + [x, y, z].map { row in "[" + (0..<4).map { row[$0].shortText }.joined(separator: ", ") + "]" }
            .joined(separator: ", ") + "]"
    }
}

extension SpatialStage: CustomStringConvertible {
    /// The kind of map, with the numbers of an affine one.
    public var description: String {
        switch self {
        case .affine(let map): "the affine map \(map)"
        case .perspective: "a projective map"
        case .radial: "the distortion of a lens"
        case .bSpline(let lattice), .lattice(let lattice): "a lattice of \(lattice.counts) displacements"
        case .window(let window): "a window of \(window.size)"
        case .inverse(let stage): "the inverse of \(stage)"
        }
    }
}
