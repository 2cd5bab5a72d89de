/// What one dimension of an image stands for.
public enum Axis: Sendable, Hashable, Codable {
    /// Columns: x grows to the right.
    case x
    /// Rows: y grows downwards.
    case y
    /// Slices of a volume.
    case z
    /// Color components or bands.
    case channel
    /// Time points or repetitions.
    case time
    /// A dimension with a name of its own, for example a diffusion direction.
    case other(String)

    /// Whether the axis has a place in physical space.
    public var isSpatial: Bool { spatialIndex != nil }

    /// 0, 1, 2 for x, y, z; `nil` for the others.
    @inlinable
    public var spatialIndex: Int? {
        switch self {
        case .x: 0
        case .y: 1
        case .z: 2
        case .channel, .time, .other: nil
        }
    }
}

extension Axis: CustomStringConvertible {
    /// `x`, `y`, `z`, `channel`, `time`, or the name of its own.
    public var description: String {
        switch self {
        case .x: "x"
        case .y: "y"
        case .z: "z"
        case .channel: "channel"
        case .time: "time"
        case .other(let name): name
        }
    }
}
