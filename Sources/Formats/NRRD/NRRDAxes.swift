import ImageCore

/// What a header says about the axes of a volume, fastest first.
struct NRRDAxes: Sendable, Hashable {
    var sizes: [Int]
    var kinds: [String]
    /// The line that names the space; `nil` without a geometry.
    var space: String?
    /// A vector, or `none`; `nil` without a geometry.
    var directions: [String]?
    /// A distance, or `nan`; `nil` where the directions say it, or nothing does.
    ///
    /// A file with distances names no place.
    var spacings: [String]?
    var origin: String?

    init(_ volume: InterleavedVolume, timeStepSeconds: Double?) {
        let hasChannels = volume.image.axes.contains(.channel)
        let axes = (hasChannels ? [.channel] : []) + volume.axes
        sizes = (hasChannels ? [volume.channels] : []) + volume.sizes
        kinds = axes.map { axis in
            switch axis {
            case .x, .y, .z: "domain"
            case .time: "time"
            case .channel: Self.channelKind(volume)
            case .other: "list"
            }
        }
        if let geometry = volume.image.geometry, geometry.isPlaced {
            place(geometry, axes, timeStepSeconds: timeStepSeconds ?? 1)
        } else if let distances = volume.image.geometry?.spacingMillimetres {
            spacings = axes.map { axis in
                let time = axis == .time ? timeStepSeconds : nil
                return (axis.spatialIndex.map { distances[$0] } ?? time)?.shortest ?? "nan"
            }
        } else if let timeStepSeconds, axes.contains(.time) {
            spacings = axes.map { $0 == .time ? timeStepSeconds.shortest : "nan" }
        }
    }

    /// ITK asks for a space of as many dimensions as the image has: a plane, LPS, or LPS and time.
    private mutating func place(_ geometry: Geometry, _ axes: [Axis], timeStepSeconds: Double) {
        let hasTime = axes.contains(.time)
        let rank = hasTime ? 4 : axes.contains(.z) ? 3 : 2
        space =
            rank == 2
            ? "space dimension: 2"
            : rank == 3 ? "space: left-posterior-superior" : "space: left-posterior-superior-time"
        func vector(_ v: SIMD3<Double>, _ time: Double = 0) -> String {
            // Minus zero is written as zero.
            "(" + ([v.x, v.y, v.z, time].prefix(rank)).map { ($0 + 0).shortest }.joined(separator: ",") + ")"
        }
        let steps = [
            geometry.direction.x * geometry.spacingMillimetres.x, geometry.direction.y * geometry.spacingMillimetres.y,
            geometry.direction.z * geometry.spacingMillimetres.z,
        ]
        directions = axes.map { axis in
            axis == .time ? vector(.zero, timeStepSeconds) : axis.spatialIndex.map { vector(steps[$0]) } ?? "none"
        }
        origin = vector(geometry.originMillimetres)
    }

    private static func channelKind(_ volume: InterleavedVolume) -> String {
        switch volume.image.color {
        case .rgb, .bgr: "RGB-color"
        case .rgba: "RGBA-color"
        default: "vector"
        }
    }
}
