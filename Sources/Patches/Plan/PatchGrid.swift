public import ImageCore

/// What happens to patches that pass the right or bottom edge.
public enum EdgePolicy: String, Sendable, Hashable, CaseIterable, Codable {
    /// They are left out.
    case drop
    /// They are filled up with the slide's background.
    case pad
    /// They are moved back until they end at the edge.
    case shift
}

/// One regular grid over a slide, its first patch in the top-left corner; the same for all of the slide.
public struct PatchGrid: Sendable, Hashable {
    /// Left edges in pixels of the result, ascending.
    public let xs: [Int]
    /// Top edges in pixels of the result, ascending.
    public let ys: [Int]

    /// Lays the grid.
    ///
    /// - Parameters:
    ///   - canvas: Size of the slide in pixels of the result.
    ///   - size: Edge of a patch in pixels of the result.
    ///   - stride: Distance between the left edges of neighbors.
    ///   - edge: What happens at the far edges.
    public init(canvas: PixelSize, size: Int, stride: Int, edge: EdgePolicy) {
        xs = Self.starts(extent: canvas.width, size: size, stride: stride, edge: edge)
        ys = Self.starts(extent: canvas.height, size: size, stride: stride, edge: edge)
    }

    /// Number of patches.
    public var count: Int { xs.count * ys.count }

    private static func starts(extent: Int, size: Int, stride step: Int, edge: EdgePolicy) -> [Int] {
        precondition(size > 0 && step > 0, "size and stride are positive")
        guard extent > 0 else { return [] }
        let whole = extent >= size ? Array(stride(from: 0, through: extent - size, by: step)) : []
        switch edge {
        case .drop: return whole
        case .pad: return Array(stride(from: 0, to: extent, by: step))
        case .shift:
            guard let last = whole.last else { return [0] }
            return last + size < extent ? whole + [extent - size] : whole
        }
    }
}
