import ImageCore

/// Fills cells of a coarse grid, each with the same probability.
///
/// Pictures and volumes; the boxes of a volume are cells of all three axes. What ECVL and imgaug call coarse dropout.
public struct CellDropout: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CellDropout>(
        "cell_dropout", "Fills cells of a coarse grid, each with the same probability.", group: .dropout,
        parameters: [
            .distribution("amount", \.amount, unit: .probability, in: 0...1, "How likely a cell is filled."),
            .distribution("cell", \.cell, unit: .fraction, in: 0.0001...1, "Side of a cell as a part of the image's."),
            .automatic(
                "fill", \.fill, unit: .value, in: -1e9...1e9,
                "What cells are filled with; auto is black, or -1000 in Hounsfield units."),
        ])

    /// How likely a cell is filled.
    public var amount = Distribution.fixed(0.02)
    /// Side of a cell as a part of the side of the image.
    public var cell = Distribution.fixed(0.05)
    /// What cells are filled with; `nil` takes black, or −1000 in Hounsfield units.
    public var fill: Double?

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "amount": [draws.value(of: amount, named: "amount")], "cell": [draws.value(of: cell, named: "cell")],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let (amount, cell, fill) = (values["amount"], values["cell"], Float(fill ?? Reading.emptiness(scene)))
        guard amount > 0 else { return [] }
        let key = KeyedHash(seed: draws.noiseKey())
        let sides = (0..<3).map { max(1, Int(Double(scene.extent($0)) * cell)) }
        return [
            .image { image, _ in
                let (channels, volume) = (image.channels, image.count / max(1, image.channels))
                let (width, height) = (image.width, image.height)
                let columns = (width + sides[0] - 1) / sides[0]
                let rows = (height + sides[1] - 1) / sides[1]
                var samples = image.mutableSamples
                for row in 0..<volume / width {
                    let (y, z) = (row % height, row / height)
                    let line = (z / sides[2] * rows + y / sides[1]) * columns
                    for column in 0..<columns {
                        let hash = key.combined(with: UInt64(line + column)).value
                        guard Double(hash >> 11) * 0x1p-53 < amount else { continue }
                        let first = column * sides[0]
                        for channel in 0..<channels {
                            let start = channel * volume + row * width
                            for x in first..<min(width, first + sides[0]) { samples[start + x] = fill }
                        }
                    }
                }
            }
        ]
    }
}
