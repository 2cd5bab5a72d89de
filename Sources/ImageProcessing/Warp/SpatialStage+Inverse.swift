extension SpatialStage {
    /// The stage that undoes this one, or `nil` for an affine or projective map that flattens space.
    public var inverse: SpatialStage? {
        switch self {
        case .affine(let map): map.inverse.map(SpatialStage.affine)
        case .perspective(let map): map.inverse.map(SpatialStage.perspective)
        case .radial, .bSpline, .lattice: .inverse(of: self)
        case .window: self
        case .inverse(let stage): stage
        }
    }

    /// The point that goes to a given one, or `nil` where there is none or the iteration does not find it.
    ///
    /// Exact for affine and projective maps; within 10⁻⁶ pixels for the others.
    public func origin(of target: SIMD3<Double>) -> SIMD3<Double>? {
        let found: SIMD3<Double>? =
            switch self {
            case .affine(let map): map.inverse?.applied(to: target)
            case .perspective(let map): map.inverse?.applied(to: target)
            case .radial, .bSpline, .lattice: newton(target) ?? fixedPoint(target)
            // What lies inside stays; nothing outside is shown.
            case .window(let window): SpatialWindow(size: window.size, border: .constant(0)).applied(to: target)
            case .inverse(let stage): stage.applied(to: target)
            }
        guard let found, found.sum().isFinite else { return nil }
        return found
    }

    /// Moves against the error, one to one: converges slowly, wherever displacements differ less than places do.
    private func fixedPoint(_ target: SIMD3<Double>) -> SIMD3<Double>? {
        var point = target
        for _ in 0..<200 {
            let error = applied(to: point) - target
            guard error.sum().isFinite else { return nil }
            if (error * error).sum() < 1e-14 { return point }
            point -= error
        }
        return nil
    }

    /// Newton's method with derivatives by central differences.
    private func newton(_ target: SIMD3<Double>) -> SIMD3<Double>? {
        var point = target
        for _ in 0..<25 {
            let error = applied(to: point) - target
            guard error.sum().isFinite else { return nil }
            if (error * error).sum() < 1e-18 { return point }
            guard let inverse = derivative(at: point).inverse else { return nil }
            point -= inverse.applied(to: error)
        }
        return nil
    }

    private func derivative(at point: SIMD3<Double>) -> AffineMap {
        let step = 1e-4
        func column(_ offset: SIMD3<Double>) -> SIMD3<Double> {
            (applied(to: point + offset) - applied(to: point - offset)) / (2 * step)
        }
        let (x, y, z) = (column(SIMD3(step, 0, 0)), column(SIMD3(0, step, 0)), column(SIMD3(0, 0, step)))
        return AffineMap(x: SIMD4(x.x, y.x, z.x, 0), y: SIMD4(x.y, y.y, z.y, 0), z: SIMD4(x.z, y.z, z.z, 0))
    }
}
