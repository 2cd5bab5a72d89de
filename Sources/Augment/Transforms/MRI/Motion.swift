import ImageCore
import ImageProcessing

/// Puts k-space together from an image that moves while its lines are taken.
///
/// Images and volumes. R. Shaw et al., "MRI k-space motion artefact augmentation" (2019), as TorchIO's RandomMotion: at random times the
/// object takes another pose, turned and shifted; lines are taken along an axis from the lowest frequency to the highest.
/// The pose that takes frequency 0 is the unmoved one, so that the image stays in its place. Without a known spacing a
/// millimetre is a pixel.
public struct Motion: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Motion>(
        "motion", "Shows movement while the lines of k-space are taken, as in MRI.", group: .mri,
        parameters: [
            .distribution(
                "rotate", \.rotate, unit: .degrees, in: -180...180,
                "What each angle of each pose is drawn from; pictures turn about z alone."),
            .distribution(
                "translate_millimetres", \.translateMillimetres, unit: .millimetres, in: -1000...1000,
                "What the shift of each pose along each axis is drawn from."),
            .distribution("events", \.events, unit: .count, in: 0...50, "Number of movements."),
            .choice("axis", \.axis, "The axis along which lines are taken one after another."),
        ])

    /// What each angle of each pose is drawn from, in degrees.
    public var rotate = Distribution.uniform(-10, 10)
    /// What each shift of each pose is drawn from, in millimetres.
    public var translateMillimetres = Distribution.uniform(-10, 10)
    /// The number of movements.
    public var events = Distribution.fixed(2)
    /// The axis along which lines are taken one after another.
    public var axis = EncodedAxis.y

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        try axis.check(Self.name, in: scene)
        let count = draws.value(of: events, named: "events").whole
        let step = 1 / Double(count + 1)
        var values = DrawnValues()
        // Evenly spread, each moved by up to half a step, as in TorchIO.
        values.numbers["time"] = (0..<count).map { event in
            step * (Double(event) + 0.5 + draws.unit(named: "time", index: event))
        }
        values.numbers["rotate"] = (0..<3 * count).map { number in
            scene.isVolume || number % 3 == 2 ? draws.value(of: rotate, named: "rotate", index: number) : 0
        }
        values.numbers["translate_millimetres"] = (0..<3 * count).map { number in
            guard scene.isVolume || number % 3 < 2 else { return 0 }
            return draws.value(of: translateMillimetres, named: "translate_millimetres", index: number)
        }
        return values
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let poses = try poses(values, in: scene)
        guard poses.contains(where: { $0.map != nil }) else { return [] }
        let axis = axis.number
        let middle = scene.extent(axis) / 2
        return [
            .change(Self.name) { (image, _) throws(ImageError) in
                var spectra: [Spectrum] = []
                for channel in 0..<image.channels {
                    spectra.append(try KSpace.spectrum(of: image, channel: channel))
                }
                for pose in poses {
                    guard let map = pose.map else { continue }
                    let moved = try AnyImage(image).rendered(
                        map: map, interpolation: .linear, border: .replicate, operations: [], kind: .float32,
                        axes: image.axes, workers: 1
                    ).converted(to: Float.self)
                    for channel in 0..<image.channels {
                        let other = try KSpace.spectrum(of: moved, channel: channel)
                        var index = 0
                        spectra[channel].forEachFrequency { frequencies, value in
                            if pose.lines.contains(frequencies[axis] + middle) { value = other.values[index] }
                            index += 1
                        }
                    }
                }
                for channel in 0..<image.channels {
                    try KSpace.write(spectra[channel], to: &image, channel: channel)
                }
            }
        ]
    }

    /// The lines that each pose takes, counted from the lowest frequency, and how it is moved; `nil` for the unmoved one.
    private func poses(
        _ values: DrawnValues, in scene: Scene
    ) throws(AugmentError) -> [(lines: Range<Int>, map: SpatialMap?)] {
        let count = scene.extent(axis.number)
        let ends =
            values.list("time").sorted().map { min(count, max(0, ($0 * Double(count)).rounded(.down).whole)) } + [count]
        let (angles, shifts) = (values.list("rotate"), values.list("translate_millimetres"))
        var poses: [(lines: Range<Int>, map: SpatialMap?)] = []
        var (start, event) = (0, 0)
        for end in ends {
            let lines = start..<end
            start = end
            guard !lines.isEmpty else { continue }
            var map: SpatialMap?
            // One pose of all takes frequency 0; the movements belong to the others, in order.
            if !lines.contains(count / 2), 3 * event + 3 <= min(angles.count, shifts.count) {
                map = try Self.map(
                    degrees: Array(angles[3 * event..<3 * event + 3]),
                    millimetres: Array(shifts[3 * event..<3 * event + 3]), in: scene)
                event += 1
            }
            poses.append((lines, map))
        }
        return poses
    }

    /// The map of a pose; `nil` for the unmoved one.
    private static func map(
        degrees: [Double], millimetres: [Double], in scene: Scene
    ) throws(AugmentError) -> SpatialMap? {
        let spacing = scene.spacingMillimetres.flatMap { $0.min() > 0 ? $0 : nil } ?? SIMD3(repeating: 1)
        var values = DrawnValues(["rotate": degrees, "scale": [1], "shear": [0]])
        values.numbers["translate"] = scene.axisNumbers.map { _ in 0 }
        values.numbers["translate_pixels"] = scene.axisNumbers.map { millimetres[$0] / spacing[$0] }
        let affine = Affine.map(values, in: scene)
        guard affine != .identity else { return nil }
        do {
            return try SpatialMap(outputSize: scene.size, pushing: affine)
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }
}
