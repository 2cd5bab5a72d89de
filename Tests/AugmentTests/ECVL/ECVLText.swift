import Foundation
import ImageCore
import Testing

@testable import Augment

@Suite("Text of ECVL")
struct ECVLText {
    static let example = """
        SequentialAugmentationContainer
          AugResizeDim dims=(256,256) interp="cubic" gt_interp="nearest"
          OneOfAugmentationContainer p=0.7
            AugGammaContrast gamma=[0.8,1.2]
            AugGaussianBlur sigma=[0.1,0.9]
          end
          AugRotate angle=[-30,30] center=(128,128)
          AugToFloat32 divisor=255 divisor_gt=1
          AugNormalize mean=(0.6,0.5,0.5) std=(0.2,0.2,0.2)
        end
        """

    /// A pipeline in YAML with the steps given.
    private static func yaml(_ steps: String) throws -> Pipeline {
        try Pipeline(parsing: "tessera_pipeline: 1\nsteps: \(steps)")
    }

    @Test func theExampleMeansWhatItSays() throws {
        let read = try Pipeline(detecting: Self.example, file: "p.txt")
        let wanted = try Self.yaml(
            """
            [{resize: {size: [256, 256], antialias: false, interpolation: cubic}},
            {one_of: {p: 0.7, steps: [
            {gamma: {exponent: {uniform: [0.8, 1.2]}}}, {gaussian_blur: {sigma: {uniform: [0.1, 0.9]}}}]}},
            {rotate_about: {angle: {uniform: [-30, 30]}, center: [128.5, 128.5], border: constant, fill: 0}},
            {normalize: {mean: [0], deviation: [1], channels_first: false}},
            {normalize: {mean: [0.6, 0.5, 0.5], deviation: [0.2, 0.2, 0.2], channels_first: false}}]
            """)
        #expect(read.canonicalText == wanted.canonicalText)
    }

    @Test func lineEndsBlanksAndCommentsChangeNothing() throws {
        let plain = try Pipeline(ecvl: Self.example)
        let lines = Self.example.split(separator: "\n")
        let windows = lines.joined(separator: "\r\n") + "\r\n"
        let trailing = lines.map { $0 + " \t " }.joined(separator: "\n")
        let commented =
            "# a pipeline\n\n" + lines.map { $0 + " # \"why\" = (1" }.joined(separator: "\n# AugNothing\n") + "\n#"
        let spaced = Self.example.replacing("=", with: " = ").replacing(",", with: " , ")
        for text in [windows, trailing, commented, spaced, "\u{FEFF}" + Self.example] {
            #expect(try Pipeline(detecting: text) == plain)
        }
    }

    @Test(arguments: [
        ("AugRotate angle=[-90,90]", "[{affine: {rotate: {uniform: [-90, 90]}, border: constant, fill: 0}}]"),
        (
            "AugRotate angle=[5,5] scale=2 interp=\"area\"",
            "[{affine: {rotate: 5, scale: 2, border: constant, fill: 0}}]"
        ),
        ("AugResizeDim dims=(30,20)", "[{resize: {size: [30, 20], antialias: false}}]"),
        (
            "AugResizeScale scale=(0.5,2) interp=\"area\"",
            "[{zoom: {factor: [0.5, 2], keep_size: false, antialias: false, area: true, border: replicate}}]"
        ),
        (
            "AugResizeDim dims=(30,20) interp=\"area\"", "[{resize: {size: [30, 20], antialias: false, area: true}}]"
        ),
        (
            "AugRotate angle=[0,1] interp=\"lanczos4\"",
            "[{affine: {rotate: {uniform: [0, 1]}, interpolation: lanczos4, border: constant, fill: 0}}]"
        ),
        ("AugFlip", "[{flip: {x: 0, y: 0.5}}]"), ("AugFlip p=1", "[{flip: {x: 0, y: 1}}]"),
        ("AugMirror", "[{flip: {x: 0.5, y: 0}}]"), ("AugTranspose", "[{transpose: {p: 0.5}}]"),
        ("AugGaussianBlur sigma=[0,3]", "[{gaussian_blur: {sigma: {uniform: [0, 3]}}}]"),
        (
            "AugAdditiveLaplaceNoise std_dev=[0,51]",
            "[{laplace_noise: {deviation: {uniform: [0, 0.2]}}}]"
        ),
        ("AugAdditivePoissonNoise lambda=[0,10]", "[{additive_poisson_noise: {mean: {uniform: [0, 10]}}}]"),
        ("AugGammaContrast gamma=[0.5,1.5]", "[{gamma: {exponent: {uniform: [0.5, 1.5]}}}]"),
        ("AugBrightness beta=[-51,51]", "[{brightness: {shift: {uniform: [-0.2, 0.2]}}}]"),
        (
            "AugCoarseDropout p=[0,0.03] drop_size=[0.02,0.05] per_channel=0",
            "[{cell_dropout: {amount: {uniform: [0, 0.03]}, cell: {uniform: [0.02, 0.05]}, fill: 0}}]"
        ),
        ("AugSalt p=[0,0.1] per_channel=1", "[{per_channel: [{salt: {amount: {uniform: [0, 0.1]}}}]}]"),
        (
            "AugPepper p=[0,0.1] per_channel=0.25",
            """
            [{one_of: {weights: [0.25, 0.75], steps: [
            {per_channel: [{pepper: {amount: {uniform: [0, 0.1]}}}]}, {pepper: {amount: {uniform: [0, 0.1]}}}]}}]
            """
        ),
        ("AugSaltAndPepper p=[0,0.1] per_channel=0", "[{salt_and_pepper: {amount: {uniform: [0, 0.1]}}}]"),
        (
            "AugGridDistortion num_steps=[5,6] distort_limit=[-0.2,0.2]",
            """
            [{one_of: [{grid_distortion: {cells: 5, limit: 0.2, border: reflect101, fill: 0}},
            {grid_distortion: {cells: 6, limit: 0.2, border: reflect101, fill: 0}}]}]
            """
        ),
        (
            // Cells between 0.8 and 1.4 of their length: the ratios of 1 ± 3/11.
            "AugGridDistortion num_steps=[4,4] distort_limit=[-0.2,0.4]",
            "[{grid_distortion: {cells: 4, limit: 0.2727272727, border: reflect101, fill: 0}}]"
        ),
        (
            "AugElasticTransform alpha=[34,34] sigma=[0,0.4]",
            "[{elastic_gaussian: {alpha: 34, sigma: {uniform: [0, 0.4]}, border: reflect101, fill: 0}}]"
        ),
        ("AugAdditivePoissonNoise lambda=[0,2000]", "[{additive_poisson_noise: {mean: {uniform: [0, 2000]}}}]"),
        ("AugGammaContrast gamma=[0,1.5]", "[{gamma: {exponent: {uniform: [0, 1.5]}}}]"),
        (
            "AugElasticTransform alpha=[34,60] sigma=[4,6] border_type=\"reflect_101\"",
            "[{elastic_gaussian: {alpha: {uniform: [34, 60]}, sigma: {uniform: [4, 6]}, border: reflect101, fill: 0}}]"
        ),
        (
            "AugOpticalDistortion distort_limit=[-0.3,0.3] shift_limit=[-0.1,0.1] border_type=\"constant\" border_value=9",
            """
            [{optical_distortion: {k: {uniform: [-0.3, 0.3]}, border: constant, fill: 9}},
            {affine: {translate_pixels: {uniform: [-0.1, 0.1]}, border: constant, fill: 9}}]
            """
        ),
        (
            "AugNormalize mean=51 std=(102,51,25.5)",
            "[{normalize: {mean: [0.2], deviation: [0.4, 0.2, 0.1], channels_first: false}}]"
        ),
        ("AugCenterCrop", "[square_crop]"), ("AugCenterCrop size=(30,20)", "[{center_crop: {size: [30, 20]}}]"),
        (
            "AugRandomCrop size=(30,20)",
            "[{random_crop: {size: [30, 20], pad: true, border: constant, fill: 0}}]"
        ),
        (
            "AugRandomCrop size=(30,20) border_type=\"reflect101\" border_value=1",
            "[{random_crop: {size: [30, 20], pad: true, border: reflect101, fill: 1}}]"
        ),
        ("AugToFloat32", "[{normalize: {mean: [0], deviation: [0.00392156862745098], channels_first: false}}]"),
        (
            "AugDivBy255",
            "[{normalize: {mean: [0], deviation: [1], channels_first: false}}, {divide_labels: {divisor: 255}}]"
        ),
        ("AugScaleTo new_min=0 new_max=1", "[{min_max: {lower: 0, upper: 1}}]"),
        (
            "AugScaleFromTo old_min=0 old_max=255 new_min=51 new_max=102",
            "[{brightness: {factor: 0.2, shift: 0.2}}]"
        ),
    ])
    func classesBecomeTransforms(text: String, steps: String) throws {
        #expect(try Self.numbers(Pipeline(ecvl: text)) == Self.numbers(Self.yaml(steps)))
    }

    /// The canonical text with numbers rounded: 51 · (1 / 255) is not 0.2 to the last bit.
    private static func numbers(_ pipeline: Pipeline) -> String {
        pipeline.canonicalText.replacing(/-?\d+\.\d+(e-?\d+)?/) { match in
            String((Double(match.output.0) ?? 0) * 1e9).prefix { $0 != "." }
        }
    }

    @Test func valuesAfterFloatsAreThoseOfFloats() throws {
        let text = """
            SequentialAugmentationContainer
            AugToFloat32 divisor=255 divisor_gt=255
            AugBrightness beta=[0.1,0.1]
            AugNormalize mean=0.5 std=0.25
            end
            """
        let wanted = """
            [{normalize: {mean: [0], deviation: [1], channels_first: false}}, {divide_labels: {divisor: 255}},
            {brightness: {shift: 0.1}}, {normalize: {mean: [0.5], deviation: [0.25], channels_first: false}}]
            """
        #expect(try Pipeline(ecvl: text) == Self.yaml(wanted))
    }

    @Test(arguments: [(0.0, 1.0), (0, 2), (-1, 1)])
    func `numbers after a new range are those of the range`(lower: Double, upper: Double) throws {
        let text = """
            SequentialAugmentationContainer
            AugScaleTo new_min=\(lower) new_max=\(upper)
            AugBrightness beta=[0.1,0.1]
            AugNormalize mean=0.5 std=0.25
            end
            """
        let picture = stainedPicture()
        let sample = Sample(.uint8(picture))
        let found = try Pipeline(ecvl: text).apply(to: sample, key: DrawKey(seed: 1, sample: "a")).sample.images[0]
        for (a, b) in zip(found.doubles, picture.all) {
            // The picture has black and white.
            let spread = lower + Double(b) / 255 * (upper - lower)
            #expect(abs(a - (spread + 0.1 - 0.5) / 0.25) < 1e-5)
        }
    }

    @Test func everyClassIsTested() throws {
        for name in ECVLReader.names {
            // Whatever is missing, the name is known.
            let error = #expect(throws: (any Error).self) { try Pipeline(ecvl: "\(name) nonsense=1", file: "p") }
            #expect("\(error as Any)".contains("nonsense") || "\(error as Any)".contains(name), "\(name)")
        }
    }

    @Test(arguments: [
        ("AugFlipp p=1", "p.txt:1:1: expected one of AugRotate, "),
        ("augflip", "p.txt:1:1: expected AugFlip, found \"augflip\""),
        ("AugFlip q=1", "p.txt:1:9: expected one of p for AugFlip, found \"q\""),
        ("AugFlip p=1 p=1", "p.txt:1:13: expected each key once, found \"p\" twice"),
        ("AugFlip p=2", "p.txt:1:11: expected p=number from 0 to 1, found 2"),
        ("AugFlip p=[0,1]", "p.txt:1:11: expected p=number from 0 to 1, found [0,1]"),
        ("AugFlip p", "p.txt:1:10: expected \"=\" after p, found the end of the text"),
        ("AugFlip p=x", "p.txt:1:11: expected a number, [a,b], (a,b) or \"word\", found \"x\""),
        ("AugRotate", "p.txt:1:1: expected angle=[a,b] for AugRotate, found none"),
        ("AugRotate angle=5", "p.txt:1:17: expected angle=[a,b], found 5"),
        ("AugRotate angle=[5,-5]", "p.txt:1:17: expected [lower,upper], found [5,-5]"),
        ("AugRotate angle=[1,2", "p.txt:1:21: expected \",\" or \"]\", found the end of the text"),
        ("AugRotate angle=[0,400]", "p.txt:1:17: expected a number from -360 to 360, found 400"),
        ("AugRotate angle=[0,1] interp=\"spline\"", "p.txt:1:30: expected interp=\"linear\", "),
        ("AugRotate angle=[0,1] gt_interp=\"linear\"", "p.txt:1:33: expected gt_interp=\"nearest\", found \"linear\""),
        ("AugRotate angle=[0,1] interp=\"cubic", "p.txt:1:36: expected a quotation mark, found the end of the text"),
        (
            "SequentialAugmentationContainer\n  AugFlip\n",
            "p.txt:3:1: expected \"end\" of SequentialAugmentationContainer in line 1, found the end of the text"
        ),
        ("SequentialAugmentationContainer\nend\nAugFlip", "p.txt:3:1: expected the end of the text, found \"AugFlip\""),
        ("AugResizeDim dims=(0,224)", "p.txt:1:1: expected a number from 1 to "),
        ("AugNormalize mean=(0) std=(0)", "p.txt:1:1: expected a number from 1e-12 to "),
        (
            "OneOfAugmentationContainer\nAugFlip\nend",
            "p.txt:1:1: expected p=number for OneOfAugmentationContainer, found none"
        ),
        ("OneOfAugmentationContainer p=1\nend", "p.txt:1:1: expected at least one augmentation, found none"),
        (
            "AugGridDistortion num_steps=[2,3.5] distort_limit=[-1,1]",
            "p.txt:1:29: expected num_steps=[a,b] of whole numbers from 1 to 100, found [2,3.5]"
        ),
        (
            "AugScaleFromTo old_min=1 old_max=1 new_min=0 new_max=1",
            "p.txt:1:1: expected old_min below old_max, found 1 and 1"
        ),
        ("# nothing", "p.txt:1:10: expected the name of an augmentation, found the end of the text"),
    ])
    func mistakesAreNamedWithTheirPlace(text: String, message: String) {
        let error = #expect(throws: AugmentError.self) { try Pipeline(ecvl: text, file: "p.txt") }
        #expect(error?.description.hasPrefix(message) == true, "\(error as Any)")
    }

    @Test func deepTextIsRefused() {
        let text = String(repeating: "SequentialAugmentationContainer\n", count: 1000)
        #expect(throws: AugmentError.self) { try Pipeline(ecvl: text) }
    }

    @Test(arguments: [
        ("AugFlip", true), ("# c\r\n\nSequentialAugmentationContainer\nend", true),
        ("tessera_pipeline: 1\nsteps: []", false), ("{\"tessera_pipeline\": 1}", false), ("", false),
        ("Augment: 1", false),
    ])
    func textIsToldByItsContent(text: String, isECVL: Bool) {
        #expect(ECVLParser.matches(text) == isECVL)
    }
}
