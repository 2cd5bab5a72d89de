extension NIfTIHeader {
    /// Refuses numbers that are not finite where the file gives them a meaning: in the sform and the qform when their codes
    /// are above 0, and in the distances along the dimensions that there are; also an sform that does not span space without a
    /// qform that could take its place, and distances below 0 where the qform counts: programs make different places of them.
    ///
    /// - Throws: `corrupt` with the field.
    func checkPlace(file: String) throws(FormatError) {
        for i in 1...4 where i <= dim[0] { try Self.check(pixdim[i], "pixdim[\(i)]", file) }
        if sformCode > 0 {
            let rows = ["srow_x", "srow_y", "srow_z"]
            for i in 0..<12 { try Self.check(srow[i], "\(rows[i / 4])[\(i % 4)]", file) }
        }
        if qformCode > 0 {
            let names = ["quatern_b", "quatern_c", "quatern_d", "qoffset_x", "qoffset_y", "qoffset_z"]
            try Self.check(pixdim[0], "pixdim[0]", file)
            for (name, number) in zip(names, quaternion) { try Self.check(number, name, file) }
        }
        for i in 1...3 where i <= dim[0] && pixdim[i] < 0 && affine.source == .qform {
            throw FormatError(
                .corrupt, file: file, place: "pixdim[\(i)]", expected: "a distance above 0 beside a qform",
                found: pixdim[i].shortest)
        }
        if sformCode > 0, affine.source == .pixdim {
            throw FormatError(
                .corrupt, file: file, place: "srow_x, srow_y, srow_z", expected: "directions that span space",
                found: srow.map(\.shortest).joined(separator: " "))
        }
    }

    /// Refuses a slope or an intercept that is not finite, other than both NaN, which nibabel and SPM write for "none", and
    /// an intercept beside a slope of 0, which means nothing.
    ///
    /// - Throws: `corrupt` with the field.
    func checkScaling(file: String) throws(FormatError) {
        guard slope != 0, !(slope.isNaN && intercept.isNaN) else { return }
        try Self.check(slope, "scl_slope", file)
        try Self.check(intercept, "scl_inter", file)
    }

    private static func check(_ number: Double, _ field: String, _ file: String) throws(FormatError) {
        guard number.isFinite else {
            throw FormatError(.corrupt, file: file, place: field, expected: "a finite number", found: "\(number)")
        }
    }
}
