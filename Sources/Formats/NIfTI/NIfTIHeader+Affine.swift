extension NIfTIHeader {
    /// Where the map from voxels to space comes from.
    enum AffineSource: String, Sendable {
        /// An affine map; its code is above 0.
        case sform
        /// A rotation and an offset; its code is above 0.
        case qform
        /// Only the distances between voxels: nothing says where the patient is.
        case pixdim
    }

    /// The unit of lengths in millimetres; files that name none are taken to use millimetres.
    var millimetresPerUnit: Double {
        switch units & 7 {
        case 1: 1000
        case 3: 0.001
        default: 1
        }
    }

    /// The unit of time in seconds; `nil` when the fourth dimension is a frequency or the like.
    var secondsPerUnit: Double? {
        switch units & 0x38 {
        case 0, 8: 1
        case 16: 0.001
        case 24: 0.000_001
        default: nil
        }
    }

    /// The map from voxels to space in millimetres: the sform where its code is above 0 and it spans space, else the
    /// qform, else the distances alone.
    var affine: (map: NIfTIAffine, source: AffineSource) {
        if sformCode > 0 {
            let map = NIfTIAffine(rows: srow).scaled(by: millimetresPerUnit)
            if map.isInvertible { return (map, .sform) }
        }
        if qformCode > 0 {
            let map = NIfTIAffine(quaternion: quaternion, pixdim: pixdim).scaled(by: millimetresPerUnit)
            if map.isInvertible { return (map, .qform) }
        }
        let steps = (1...3).map { pixdim[$0].isFinite && pixdim[$0] != 0 ? abs(pixdim[$0]) : 1 }
        let map = NIfTIAffine(
            i: SIMD3(steps[0], 0, 0), j: SIMD3(0, steps[1], 0), k: SIMD3(0, 0, steps[2]), translation: .zero)
        return (map.scaled(by: millimetresPerUnit), .pixdim)
    }

    /// Sets both forms, in millimetres: the sform exactly, the qform where a rotation can hold the map; with a code of 0
    /// the distances alone.
    mutating func setAffine(_ map: NIfTIAffine, code: Int) {
        let steps = [map.i, map.j, map.k].map { ($0 * $0).sum().squareRoot() }
        for axis in 0..<3 { pixdim[axis + 1] = steps[axis] }
        guard code > 0 else { return }
        srow = Array(map.matrix[..<12])
        sformCode = code
        guard !map.isSheared else { return }
        let rotation = map.rotation
        qformCode = code
        pixdim[0] = rotation.handedness
        quaternion = [rotation.b, rotation.c, rotation.d, map.translation.x, map.translation.y, map.translation.z]
    }
}
