import ImageCore
import ImageProcessing

/// A change of the grid: other sizes or distances of pixels, with what is too fine for the new grid smoothed away first.
enum Shrinking {
    /// From how many source pixels per result pixel on images are smoothed first.
    static let threshold = 1.5

    /// The map, and before it a Gaussian where the grid becomes coarser.
    ///
    /// Seen from the new grid, the deviation is √(f² − 1) / 2.355 source pixels for f of them per new one (Cardoso and others,
    /// "Scale factor point spread function matching", 2015). Labels are not smoothed; `steps` counts source pixels per
    /// result pixel along x, y (and z).
    static func operations(
        _ map: SpatialMap, steps: [Double], antialias: Bool, _ reading: Reading, in scene: Scene
    ) -> [Operation] {
        guard map.affine != .identity || map.outputSize != scene.size else { return [] }
        let geometry = Operation.geometry(map, reading.sampling(in: scene))
        let axes: [Axis] = [.x, .y, .z]
        let weights = steps.enumerated().compactMap { i, step -> (axis: Axis, weights: [Double])? in
            step > threshold ? (axes[i], GaussianWeight.all((step * step - 1).squareRoot() / 2.354_820_045)) : nil
        }
        guard antialias, !weights.isEmpty, reading.filter != .nearest else { return [geometry] }
        let smooth = Operation.image { image, _ throws(AugmentError) in
            do {
                image = try image.correlated(along: weights, border: .replicate)
            } catch {
                throw .sample("\(error)")
            }
        }
        return [smooth, geometry]
    }

    /// The map, with every new pixel the mean of the area that it covers, as `INTER_AREA` of OpenCV.
    ///
    /// The map reads the nearest pixel, so that images and labels follow the same one. Where the grid becomes coarser, the means
    /// are put where it reads before; where it becomes finer, pixels that it repeats are mixed afterwards.
    static func areaOperations(
        onto size: [Int], _ name: String, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let map = try map(onto: size, name, in: scene)
        guard map.outputSize != scene.size else { return [] }
        let old = size.indices.map { scene.extent($0) }
        let coarse = zip(old, size).map { min($0, $1) }
        let nearest = Reading(filter: .nearest, outside: .replicate)
        var operations = [Operation.geometry(map, nearest.sampling(in: scene))]
        if coarse != old { operations.insert(Coarsening.operation(coarse, down: .area, up: .nearest), at: 0) }
        if coarse != size { operations.append(Coarsening.operation(coarse, down: .nearest, up: .area)) }
        return operations
    }

    /// The map onto a grid over the whole extent of the image.
    static func map(onto size: [Int], _ name: String, in scene: Scene) throws(AugmentError) -> SpatialMap {
        try CropWindow.limit(size, name)
        var factors = SIMD3<Double>.one
        for axis in size.indices { factors[axis] = Double(scene.extent(axis)) / Double(size[axis]) }
        let output = SpatialSize(x: size[0], y: size[1], z: size.count > 2 ? size[2] : scene.size.z)
        return SpatialMap(outputSize: output, pulling: .scale(factors))
    }

    /// A flag of transforms that bring the whole extent onto another grid.
    static func areaParameter<Owner>(_ path: any WritableKeyPath<Owner, Bool> & Sendable) -> Parameter<Owner> {
        .flag(
            "area", path,
            "Whether every new pixel is the mean of the area that it covers; antialias, interpolation and border then do nothing."
        )
    }

    /// A flag that all such transforms have.
    static func parameter<Owner>(_ path: any WritableKeyPath<Owner, Bool> & Sendable) -> Parameter<Owner> {
        .flag("antialias", path, "Whether images are smoothed first where the grid becomes coarser by more than 1.5.")
    }
}
