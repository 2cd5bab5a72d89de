/// Logic of masks, sample by sample: shapes and meaning follow the rules of arithmetic.
extension Image where Scalar == Bool {
    /// Where both masks are `true`.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public static func & (first: Image, second: Image) throws(ImageError) -> Image {
        try first.combined(with: second) { $0 && $1 }
    }

    /// Where either mask is `true`.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public static func | (first: Image, second: Image) throws(ImageError) -> Image {
        try first.combined(with: second) { $0 || $1 }
    }

    /// Where exactly one mask is `true`.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public static func ^ (first: Image, second: Image) throws(ImageError) -> Image {
        try first.combined(with: second) { $0 != $1 }
    }

    /// Where the mask is `false`.
    @inlinable
    public static prefix func ! (mask: Image) -> Image { mask.map { !$0 } }

    /// Keeps only what another mask holds, too.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; the mask is then unchanged.
    @inlinable
    public static func &= (mask: inout Image, other: Image) throws(ImageError) {
        try mask.combine(with: other) { $0 && $1 }
    }

    /// Takes in what another mask holds.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; the mask is then unchanged.
    @inlinable
    public static func |= (mask: inout Image, other: Image) throws(ImageError) {
        try mask.combine(with: other) { $0 || $1 }
    }

    /// Number of samples that are `true`.
    @inlinable public var trueCount: Int { count { $0 } }
}

extension Image where Scalar: NumericScalar {
    /// The mask of the samples that meet a condition, with this image's axes, geometry and metadata.
    @inlinable
    public func mask(where condition: (Scalar) -> Bool) -> Image<Bool> {
        var mask = map(condition)
        mask.color = .labels
        mask.domain = .labels
        return mask
    }
}
