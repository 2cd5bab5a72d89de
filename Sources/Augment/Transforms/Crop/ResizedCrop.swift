import Glibc
import ImageProcessing

/// Cuts out a window of random size, shape and place, and brings it to one size.
///
/// Any picture or volume. The area (volume) is a part of the image's, drawn uniformly; the ratio of width to height is drawn
/// on a logarithmic scale. In volumes depth takes the same part of its axis as the square root of width times height. A
/// window that does not fit is drawn again up to ten times, then shortened.
public struct ResizedCrop: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ResizedCrop>(
        "resized_crop", "Cuts out a window of random size and shape, and brings it to one size.", group: .crop,
        domain: .any,
        parameters: [
            CropWindow.sizeParameter(\.size),
            .distribution(
                "scale", \.scale, unit: .fraction, in: 0.0001...1,
                "Area (volume) of the window as a part of the image's."),
            .distribution("ratio", \.ratio, unit: .factor, in: 0.01...100, "Width of the window by its height."),
            Shrinking.parameter(\.antialias),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Size of the result along x, y (and z), in pixels.
    public var size = [224.0]
    /// Area (volume) of the window as a part of the image's.
    public var scale = Distribution.uniform(0.08, 1)
    /// Width of the window by its height.
    public var ratio = Distribution.logUniform(0.75, 4.0 / 3)
    /// Whether images are smoothed before they shrink.
    public var antialias = true
    /// How pixels are read.
    public var reading = Reading(outside: .replicate)

    /// Every parameter at its default.
    public init() {}

    /// Draws the window.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let size = try CropWindow.size(size, Self.name, in: scene)
        var window = CropWindow(start: [], size: [])
        for attempt in 0..<10 {
            window.size = extent(draws, attempt, in: scene)
            if window.size.indices.allSatisfy({ window.size[$0] <= scene.extent($0) }) { break }
        }
        for axis in window.size.indices { window.size[axis] = min(window.size[axis], scene.extent(axis)) }
        var values = CropWindow.random(window.size, draws, in: scene).values
        values.numbers["output"] = size.map(Double.init)
        return values
    }

    private func extent(_ draws: Draws, _ attempt: Int, in scene: Scene) -> [Int] {
        let part = draws.value(of: scale, named: "scale", index: attempt)
        let ratio = draws.value(of: ratio, named: "ratio", index: attempt)
        let (width, height) = (Double(scene.size.x), Double(scene.size.y))
        // The part of the plane; in volumes that of each axis squared.
        let plane = scene.isVolume ? pow(part, 2.0 / 3) : part
        let area = width * height * plane
        var size = [(area * ratio).squareRoot(), (area / ratio).squareRoot()]
        if scene.isVolume { size.append(Double(scene.size.z) * plane.squareRoot()) }
        return size.map { max(1, Int($0.rounded())) }
    }

    /// What the drawn window does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let window = try CropWindow(values, Self.name, in: scene)
        let output = try CropWindow.recordedSize("output", values, Self.name, in: scene)
        var (factors, steps) = (SIMD3<Double>.one, [Double]())
        for axis in output.indices {
            factors[axis] = Double(window.size[axis]) / Double(output[axis])
            steps.append(factors[axis])
        }
        let size = SpatialSize(x: output[0], y: output[1], z: output.count > 2 ? output[2] : scene.size.z)
        let map = SpatialMap(outputSize: size, pulling: .scale(factors))
        // Smoothed is what the window shows, and nothing beyond it.
        let crop = window.operations(reading, in: scene)
        var cropped = scene
        for operation in crop { cropped.follow(operation) }
        return crop + Shrinking.operations(map, steps: steps, antialias: antialias, reading, in: cropped)
    }
}
