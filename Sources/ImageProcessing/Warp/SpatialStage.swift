/// One step on the way from a place in a result to the place in the source that it shows.
public indirect enum SpatialStage: Sendable, Hashable {
    /// An affine map.
    case affine(AffineMap)
    /// A projective map of the plane.
    case perspective(Homography)
    /// The distortion of a lens.
    case radial(RadialDistortion)
    /// Adds the displacement of a lattice, blended by cubic B-splines.
    case bSpline(DisplacementLattice)
    /// Adds the displacement of a lattice, linear between its points.
    case lattice(DisplacementLattice)
    /// Ends at the edges of an image between two maps.
    case window(SpatialWindow)
    /// Undoes a stage that has no inverse in closed form, by iteration.
    case inverse(of: SpatialStage)

    /// Where a point goes; NaN where it goes nowhere.
    public func applied(to point: SIMD3<Double>) -> SIMD3<Double> {
        switch self {
        case .affine(let map): map.applied(to: point)
        case .perspective(let map): map.applied(to: point)
        case .radial(let map): map.applied(to: point)
        case .bSpline(let lattice): point + lattice.cubicDisplacement(at: point)
        case .lattice(let lattice): point + lattice.linearDisplacement(at: point)
        case .window(let window): window.applied(to: point)
        case .inverse(let stage): stage.origin(of: point) ?? SIMD3(repeating: .nan)
        }
    }
}

extension SpatialStage: Codable {
    private enum Key: CodingKey { case affine, perspective, radial, bSpline, lattice, window, inverse }

    /// Reads a stage: an object with one key that names its kind.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        guard values.allKeys.count == 1, let key = values.allKeys.first else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: values.codingPath,
                    debugDescription: "expected one kind of stage, found \(values.allKeys.count)"))
        }
        switch key {
        case .affine: self = .affine(try values.decode(AffineMap.self, forKey: key))
        case .perspective: self = .perspective(try values.decode(Homography.self, forKey: key))
        case .radial: self = .radial(try values.decode(RadialDistortion.self, forKey: key))
        case .bSpline: self = .bSpline(try values.decode(DisplacementLattice.self, forKey: key))
        case .lattice: self = .lattice(try values.decode(DisplacementLattice.self, forKey: key))
        case .window: self = .window(try values.decode(SpatialWindow.self, forKey: key))
        case .inverse: self = .inverse(of: try values.decode(SpatialStage.self, forKey: key))
        }
    }

    /// Writes a stage: an object with one key that names its kind.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .affine(let map): try values.encode(map, forKey: .affine)
        case .perspective(let map): try values.encode(map, forKey: .perspective)
        case .radial(let map): try values.encode(map, forKey: .radial)
        case .bSpline(let lattice): try values.encode(lattice, forKey: .bSpline)
        case .lattice(let lattice): try values.encode(lattice, forKey: .lattice)
        case .window(let window): try values.encode(window, forKey: .window)
        case .inverse(let stage): try values.encode(stage, forKey: .inverse)
        }
    }
}
