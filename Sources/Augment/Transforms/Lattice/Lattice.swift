import ImageCore
import ImageProcessing

/// A symmetry of the pixel lattice: axes exchanged, then some of them mirrored.
struct Lattice: Hashable, Sendable {
    /// The axis of the source that each axis of the result runs along: 0 for x, 1 for y, 2 for z.
    var source = [0, 1, 2]
    /// The axes of the result that run backwards.
    var flip = [false, false, false]

    init(source: [Int] = [0, 1, 2], flip: [Bool] = [false, false, false]) {
        self.source = source
        self.flip = flip
    }

    /// The eight symmetries of the square: four with x and y exchanged.
    static let square: [Lattice] = [[0, 1, 2], [1, 0, 2]].flatMap { source in
        mirrors(4).map { Lattice(source: source, flip: $0) }
    }

    /// The 48 symmetries of the cube.
    static let cube: [Lattice] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].flatMap { source in
        mirrors(8).map { Lattice(source: source, flip: $0) }
    }

    /// The first ways to mirror: none, x, y, both, then the same with z.
    private static func mirrors(_ count: Int) -> [[Bool]] {
        (0..<count).map { number in [number & 1 != 0, number & 2 != 0, number & 4 != 0] }
    }

    /// Quarter turns about an axis that take the first of two axes towards the second.
    static func quarterTurns(_ count: Int, from a: Int, to b: Int) -> Lattice {
        var result = Lattice()
        switch ((count % 4) + 4) % 4 {
        case 1:
            result.source.swapAt(a, b)
            result.flip[a] = true
        case 2:
            result.flip[a] = true
            result.flip[b] = true
        case 3:
            result.source.swapAt(a, b)
            result.flip[b] = true
        default: break
        }
        return result
    }

    /// The map of the symmetry, or nothing for the identity.
    static func operations(_ lattice: Lattice, in scene: Scene) -> [Operation] {
        guard lattice != Lattice() else { return [] }
        let old = [scene.size.x, scene.size.y, scene.size.z]
        let size = lattice.source.map { old[$0] }
        // Result coordinate i runs along axis source[i] of the source.
        var rows = [[Double]](repeating: [0, 0, 0, 0], count: 3)
        for (axis, from) in lattice.source.enumerated() {
            rows[from][axis] = lattice.flip[axis] ? -1 : 1
            rows[from][3] = lattice.flip[axis] ? Double(size[axis]) : 0
        }
        let map = SpatialMap(
            outputSize: SpatialSize(x: size[0], y: size[1], z: size[2]),
            pulling: AffineMap(x: SIMD4(rows[0]), y: SIMD4(rows[1]), z: SIMD4(rows[2])))
        return [.geometry(map, .exact)]
    }
}
