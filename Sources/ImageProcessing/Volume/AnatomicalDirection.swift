public import ImageCore

/// A direction in the body of a patient, as seen by the patient.
public enum AnatomicalDirection: Character, Sendable, Hashable, CaseIterable {
    case left = "L"
    case right = "R"
    case posterior = "P"
    case anterior = "A"
    case superior = "S"
    case inferior = "I"

    /// The other way.
    public var opposite: AnatomicalDirection {
        switch self {
        case .left: .right
        case .right: .left
        case .posterior: .anterior
        case .anterior: .posterior
        case .superior: .inferior
        case .inferior: .superior
        }
    }

    /// The axis of patient space (LPS) that it runs along.
    public var axis: Axis {
        switch self {
        case .left, .right: .x
        case .posterior, .anterior: .y
        case .superior, .inferior: .z
        }
    }

    /// The unit vector in patient space: x to the left, y to the back, z to the head.
    public var vector: SIMD3<Double> {
        switch self {
        case .left: SIMD3(1, 0, 0)
        case .right: SIMD3(-1, 0, 0)
        case .posterior: SIMD3(0, 1, 0)
        case .anterior: SIMD3(0, -1, 0)
        case .superior: SIMD3(0, 0, 1)
        case .inferior: SIMD3(0, 0, -1)
        }
    }
}
