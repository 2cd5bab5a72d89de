import ImageCore

extension NIfTIHeader {
    /// Where the map from voxels to space comes from, if there is one.
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

    /// The sform in millimetres; `nil` unless its code is above 0 and it spans space.
    var sform: NIfTIAffine? {
        guard sformCode > 0 else { return nil }
        let map = NIfTIAffine(rows: srow).scaled(by: millimetresPerUnit)
        return map.isInvertible ? map : nil
    }

    /// The qform in millimetres; `nil` unless its code is above 0 and it spans space.
    var qform: NIfTIAffine? {
        guard qformCode > 0 else { return nil }
        let map = NIfTIAffine(quaternion: quaternion, pixdim: pixdim).scaled(by: millimetresPerUnit)
        return map.isInvertible ? map : nil
    }

    /// The map from voxels to space in millimetres: the sform where there is one, else the qform; `nil` where nothing says a
    /// place.
    var affine: NIfTIAffine? { sform ?? qform }

    /// What the place rests on.
    var affineSource: AffineSource { sform != nil ? .sform : qform != nil ? .qform : .pixdim }

    /// Where the samples lie, in LPS; the distances alone where nothing says a place.
    var geometry: Geometry? {
        if let affine { return affine.geometry }
        let steps = (1...3).map { pixdim[$0].isFinite && pixdim[$0] != 0 ? abs(pixdim[$0]) * millimetresPerUnit : 1 }
        var geometry = Geometry(spacingMillimetres: SIMD3(steps[0], steps[1], steps[2]))
        geometry.isPlaced = false
        return geometry
    }

    /// What is said where sform and qform put voxels at different places, more than a tenth of the smallest distance apart.
    var contradiction: String? {
        guard let sform, let qform else { return nil }
        let last = (1...3).map { Double($0 <= dim[0] ? max(dim[$0] - 1, 0) : 0) }
        let corners = (0..<8).map { corner in (0..<3).map { corner >> $0 & 1 == 1 ? last[$0] : 0 } }
        let distance = corners.map { (sform.place($0) - qform.place($0)).length }.max() ?? 0
        guard distance > 0.1 * min(sform.i.length, sform.j.length, sform.k.length) else { return nil }
        return "sform (code \(sformCode)) and qform (code \(qformCode)) put voxels up to "
            + "\(((distance * 1000).rounded() / 1000).shortest) mm apart, of which other programs take either; the sform counts: "
            + "\(sform.words), the qform has \(qform.words)"
    }

    /// Sets both forms, in millimetres: the sform exactly, the qform where a rotation can hold the map; with a code of 0
    /// the distances alone.
    ///
    /// ITK takes the sform for code 1, the qform for others, which therefore has to be as exact there.
    mutating func setAffine(_ map: NIfTIAffine, code: Int) {
        let steps = [map.i, map.j, map.k].map { ($0 * $0).sum().squareRoot() }
        for axis in 0..<3 { pixdim[axis + 1] = steps[axis] }
        guard code > 0 else { return }
        srow = Array(map.matrix[..<12])
        sformCode = code
        guard !map.isSheared(beyond: code == 1 ? NIfTIAffine.shearTolerance : 1e-6) else { return }
        let rotation = map.rotation
        qformCode = code
        pixdim[0] = rotation.handedness
        quaternion = [rotation.b, rotation.c, rotation.d, map.translation.x, map.translation.y, map.translation.z]
    }
}
