import ImageCore

extension Image {
    /// Takes over color, domain, geometry and metadata.
    mutating func keepMeaning<Other>(of other: Image<Other>) {
        color = other.color
        domain = other.domain
        geometry = other.geometry
        metadata = other.metadata
    }

    /// This image with the meaning of another.
    func withMeaning<Other>(of other: Image<Other>) -> Image {
        var result = self
        result.keepMeaning(of: other)
        return result
    }

    /// Whether the samples are numbers of classes or objects, or of a mask: they are never mixed.
    var holdsLabels: Bool { Scalar.kind == .bool || color == .labels || domain == .labels }

    /// Refuses an image without samples.
    func checkNotEmpty() throws(ImageError) {
        if isEmpty { throw .emptyImage }
    }

    /// Refuses an image without an axis, or without samples along it.
    func checkAxes(_ needed: [Axis]) throws(ImageError) {
        for axis in needed where layout.index(of: axis) == nil { throw .missingAxis(axis) }
        try checkNotEmpty()
    }
}

extension ImageScalar {
    /// Whether `Float` holds every value: sums of products are then calculated in it, otherwise in `Double`.
    static var fitsFloat: Bool { kind.byteCount <= 2 || kind == .float32 }
}
