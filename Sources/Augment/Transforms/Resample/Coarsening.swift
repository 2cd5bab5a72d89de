import ImageCore

/// How samples of a coarser grid come about, and how they are brought back to the old one; shared by what simulates low
/// resolution.
public struct Coarsening: Sendable, Hashable {
    /// How the samples of the coarser grid come about.
    public enum Down: String, Sendable, Hashable, CaseIterable {
        /// The nearest sample.
        case nearest
        /// Linear between neighbors.
        case linear
        /// The mean of the extent that a coarse sample covers.
        case area
    }

    /// How the old grid is filled again.
    public enum Up: String, Sendable, Hashable, CaseIterable {
        case nearest, linear, cubic
    }

    /// How the samples of the coarser grid come about.
    public var down: Down
    /// How the old grid is filled again.
    public var up: Up

    /// A way down and up.
    public init(down: Down, up: Up) {
        self.down = down
        self.up = up
    }

    static let parameters: [Parameter<Coarsening>] = [
        .choice("down", \.down, "How the samples of the coarser grid come about."),
        .choice("up", \.up, "How the old grid is filled again."),
    ]

    /// Brings images to fewer samples along each axis and back; labels stay as they are.
    func operations(_ scales: [Double], in scene: Scene) -> [Operation] {
        let counts = scales.indices.map { max(1, Int((Double(scene.extent($0)) * scales[$0]).rounded())) }
        guard counts.indices.contains(where: { counts[$0] != scene.extent($0) }) else { return [] }
        let (down, up) = (AxisTaps.Method(down), AxisTaps.Method(up))
        return [Self.operation(counts, down: down, up: up)]
    }

    /// Brings images to other numbers of samples along each axis and back.
    static func operation(_ counts: [Int], down: AxisTaps.Method, up: AxisTaps.Method) -> Operation {
        .image { (image, _) throws(AugmentError) in
            do {
                image = try image.coarsened(to: counts, down: down, up: up)
            } catch {
                throw .sample("\(error)")
            }
        }
    }
}

extension AxisTaps.Method {
    init(_ down: Coarsening.Down) {
        self =
            switch down {
            case .nearest: .nearest
            case .linear: .linear
            case .area: .area
            }
    }

    init(_ up: Coarsening.Up) {
        self =
            switch up {
            case .nearest: .nearest
            case .linear: .linear
            case .cubic: .cubic
            }
    }
}
