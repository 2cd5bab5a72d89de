import ImageCore
public import ImageProcessing

/// Exchanges and mirrors axes so that they lead along given directions of the body.
///
/// Volumes with a direction; voxels are moved, never interpolated. An oblique volume keeps its angles.
public struct Reorient: Transform {
    /// Three letters that say where x, y and z lead, for example LPS or RAS.
    public struct Code: RawRepresentable, Sendable, Hashable, CaseIterable {
        /// The orientation.
        public let orientation: Orientation

        /// An orientation as a code.
        public init(_ orientation: Orientation) { self.orientation = orientation }

        /// A code by its letters; `nil` for other than three letters that span space.
        public init?(rawValue: String) {
            guard let orientation = Orientation(rawValue) else { return nil }
            self.init(orientation)
        }

        /// The three letters.
        public var rawValue: String { orientation.code }
        /// All 48 codes.
        public static var allCases: [Code] { Orientation.all.map(Code.init) }
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Reorient>(
        "orientation", "Exchanges and mirrors axes so that they lead along given directions of the body.",
        group: .resample, domain: .volumes,
        parameters: [.choice("code", \.code, "Where x, y and z lead in the patient.")])

    /// Where x, y and z lead; the default is DICOM's patient space.
    public var code = Code(.lps)

    /// Every parameter at its default.
    public init() {}

    /// Nothing is random.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What the code does.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        guard let direction = scene.direction, let current = Orientation(closestTo: direction) else {
            throw .transform(path: Self.name, "expected a volume of known direction, found none")
        }
        let (old, new) = (current.directions, code.orientation.directions)
        let source = new.map { wanted in old.firstIndex { $0.axis == wanted.axis } ?? 0 }
        let flip = (0..<3).map { old[source[$0]] != new[$0] }
        return Lattice.operations(Lattice(source: source, flip: flip), in: scene)
    }
}
