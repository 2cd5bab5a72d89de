import ImageCore

/// One random or fixed change of a sample.
///
/// A transform is a value with parameters. Drawing numbers is one step, turning them into an operation is another: the
/// drawn numbers go into the record of the sample, from which the same operation is made again.
public protocol Transform: Sendable {
    /// What lists, files and documentation say of it.
    static var declaration: TransformDeclaration<Self> { get }
    /// The transform with every parameter at its default.
    init()

    /// What of the parameters contradicts itself, whatever the sample: what would be right, and what is there.
    var conflict: (expected: String, found: String)? { get }

    /// Draws the numbers that the operation depends on.
    ///
    /// - Parameters:
    ///   - draws: Random numbers by name.
    ///   - scene: What reaches the transform.
    /// - Returns: The drawn numbers by name; they are what the record keeps.
    /// - Throws: ``AugmentError`` where the transform cannot work on what reaches it.
    func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues

    /// The operations for drawn numbers, in order; none where the numbers change nothing.
    ///
    /// - Parameters:
    ///   - values: What ``draw(_:in:)`` gave, now or in another run.
    ///   - draws: The key of the place, for fields of noise whose samples are not part of the record.
    ///   - scene: What reaches the transform.
    /// - Returns: The operations.
    /// - Throws: ``AugmentError`` where the transform cannot work on what reaches it.
    func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation]
}

extension Transform {
    /// None: each parameter is in its range, and that is all.
    public var conflict: (expected: String, found: String)? { nil }
}

/// What lists, files and documentation say of a transform.
public struct TransformDeclaration<Owner: Sendable>: Sendable {
    /// The name in pipeline files, in snake case.
    public var name: String
    /// What it does, in one sentence.
    public var summary: String
    /// The part of the list in which it stands.
    public var group: TransformGroup
    /// What it can work on.
    public var domain: TransformDomain
    /// Its parameters, in the order of the list.
    public var parameters: [Parameter<Owner>]
    /// Whether it leaves places and types as they are, so that `per_channel` may hold it.
    public var changesValuesOnly: Bool

    /// A declaration by its parts; whether values alone are changed follows from the group unless stated.
    public init(
        _ name: String, _ summary: String, group: TransformGroup, domain: TransformDomain = .any,
        parameters: [Parameter<Owner>] = [], changesValuesOnly: Bool? = nil
    ) {
        self.name = name
        self.summary = summary
        self.group = group
        self.domain = domain
        self.parameters = parameters
        self.changesValuesOnly = changesValuesOnly ?? group.changesValuesOnly
    }
}

/// The part of the list of transforms in which one stands.
public enum TransformGroup: String, Sendable, CaseIterable, Codable {
    case lattice, affine, elastic, crop, resample, intensity, color, stain, blur, noise, mri, local, dropout, codec,
        batch,
        preparation

    /// Whether transforms of the group leave places and types as they are, with few exceptions.
    var changesValuesOnly: Bool {
        switch self {
        case .lattice, .affine, .elastic, .crop, .resample, .batch, .preparation: false
        case .intensity, .color, .stain, .blur, .noise, .mri, .local, .dropout, .codec: true
        }
    }
}

/// What a transform can work on.
public struct TransformDomain: Sendable, Hashable {
    /// Whether pictures (x and y) are accepted.
    public var pictures: Bool
    /// Whether volumes (x, y and z) are accepted.
    public var volumes: Bool
    /// Whether the image must be RGB.
    public var needsRGB: Bool

    /// Any picture or volume.
    public static let any = TransformDomain(pictures: true, volumes: true, needsRGB: false)
    /// Pictures of any color.
    public static let pictures = TransformDomain(pictures: true, volumes: false, needsRGB: false)
    /// Pictures in RGB.
    public static let rgb = TransformDomain(pictures: true, volumes: false, needsRGB: true)
    /// Volumes.
    public static let volumes = TransformDomain(pictures: false, volumes: true, needsRGB: false)
}

/// Drawn numbers by name.
public struct DrawnValues: Sendable, Hashable, Codable {
    /// Every value is a list; a single number is a list of one.
    public var numbers: [String: [Double]]

    /// Some numbers.
    public init(_ numbers: [String: [Double]] = [:]) { self.numbers = numbers }

    /// A single number, 0 where there is none.
    public subscript(name: String) -> Double {
        get { numbers[name]?.first ?? 0 }
        set { numbers[name] = [newValue] }
    }

    /// Several numbers, empty where there are none.
    public func list(_ name: String) -> [Double] { numbers[name] ?? [] }

    /// The numbers as the record's JSON has them.
    public init(from decoder: any Decoder) throws {
        numbers = try decoder.singleValueContainer().decode([String: [Double]].self)
    }

    /// The numbers as the record's JSON has them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(numbers)
    }
}
