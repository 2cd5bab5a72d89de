import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// How a transform is asked for what holds for all: parameters with which it does something, and such with which it does nothing.
///
/// In parameters `SIZE` stands for the size of the sample, `ASPECT` for its width by its height.
struct TransformSetting: Sendable {
    /// What reaches a transform.
    enum Input: String, Sendable, CaseIterable {
        case rgb, gray, volume
    }

    /// How many results there are.
    enum Variety: Sendable {
        /// Nothing is drawn.
        case one
        /// A few, so that two samples may have the same.
        case few
        /// So many that no two samples have the same.
        case many
    }

    let name: String
    /// Parameters with which something happens.
    let parameters: String
    /// Those for volumes in Hounsfield units, where others are needed.
    let inVolumes: String
    /// What it works on.
    let inputs: [Input]
    let variety: Variety
    /// Labels that may come in besides the 0, 3 and 7 of the samples.
    let newLabels: Set<Double>
    /// Parameters with which nothing happens; none where there are none.
    let identities: [String]
    /// Those for volumes, where others are needed.
    let identitiesInVolumes: [String]

    init(
        _ name: String, _ parameters: String = "{}", inVolumes: String? = nil, on inputs: [Input] = Input.allCases,
        results variety: Variety = .many, newLabels: Set<Double> = [], identities: [String] = [],
        identitiesInVolumes: [String]? = nil
    ) {
        (self.name, self.parameters, self.inVolumes) = (name, parameters, inVolumes ?? parameters)
        (self.inputs, self.variety, self.newLabels) = (inputs, variety, newLabels)
        (self.identities, self.identitiesInVolumes) = (identities, identitiesInVolumes ?? identities)
    }

    func pipeline(_ input: Input) throws -> Pipeline {
        try Self.pipeline(name, input == .volume ? inVolumes : parameters, input)
    }

    static func pipeline(_ name: String, _ parameters: String, _ input: Input) throws -> Pipeline {
        let size = input.sample.images[0].spatialSize
        let sides = input == .volume ? [size.x, size.y, size.z] : [size.x, size.y]
        let body = parameters.replacing("SIZE", with: "\(sides)")
            .replacing("ASPECT", with: "\(Double(size.x) / Double(size.y))")
        return try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{\(name): \(body)}]}")
    }
}

extension TransformSetting.Input {
    /// A picture in color, one in gray, or a volume in Hounsfield units, with labels 0, 3 and 7.
    var sample: Sample {
        switch self {
        case .rgb: ChangedSamples.pictureSample
        case .gray: GeometricSample.picture()
        case .volume: GeometricSample.volume()
        }
    }
}

/// A transform and what reaches it.
struct TransformCase: Sendable, CustomTestStringConvertible {
    let setting: TransformSetting
    let input: TransformSetting.Input
    var testDescription: String {
        "\(setting.name): \(isVolume ? setting.inVolumes : setting.parameters), \(input.rawValue)"
    }
    var isVolume: Bool { input == .volume }
    /// Parameters with which nothing happens.
    var identities: [String] { isVolume ? setting.identitiesInVolumes : setting.identities }

    /// Every transform of single samples on everything that it works on.
    static let all = cases(TransformSetting.all)
    /// Every transform that moves pixels, on gray pictures and volumes: these have boxes and points.
    static let moving = cases(TransformSetting.moving).filter { $0.input != .rgb }

    private static func cases(_ settings: [TransformSetting]) -> [TransformCase] {
        settings.flatMap { setting in setting.inputs.map { TransformCase(setting: setting, input: $0) } }
    }
}
