extension NIfTIHeader {
    /// Refuses numbers that are not finite where the file gives them a meaning: in the sform and the qform when their codes
    /// are above 0, and in the distances along the dimensions that there are; also an sform that does not span space without a
    /// qform that could take its place, codes that NIfTI does not have, and, where the qform counts, distances below 0 and
    /// quaternions longer than 1: programs make different places of them.
    ///
    /// - Throws: `corrupt` with the field.
    func checkPlace(file: String) throws(FormatError) {
        for (name, code) in [("qform_code", qformCode), ("sform_code", sformCode)] where code > Self.highestCode {
            throw FormatError(
                .corrupt, file: file, place: name, expected: "0 to \(Self.highestCode)", found: "\(code)")
        }
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
        for i in 1...3 where i <= dim[0] && pixdim[i] < 0 && affineSource == .qform {
            throw FormatError(
                .corrupt, file: file, place: "pixdim[\(i)]", expected: "a distance above 0 beside a qform",
                found: pixdim[i].shortest)
        }
        let length = quaternion[..<3].reduce(0) { $0 + $1 * $1 }
        if affineSource == .qform, length > 1 + 1e-6 {
            throw FormatError(
                .corrupt, file: file, place: "quatern_b, quatern_c, quatern_d",
                expected: "squares whose sum is at most 1",
                found: length.shortest)
        }
        if sformCode > 0, affineSource == .pixdim {
            throw FormatError(
                .corrupt, file: file, place: "srow_x, srow_y, srow_z", expected: "directions that span space",
                found: srow.map(\.shortest).joined(separator: " "))
        }
    }

    /// NIFTI_XFORM_TEMPLATE_OTHER.
    static let highestCode = 5

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
