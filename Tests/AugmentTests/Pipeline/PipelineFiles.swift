import Foundation
import ImageCore
import Testing

@testable import Augment

@Suite("Files of pipelines")
struct PipelineFiles {
    private let text = """
        tessera_pipeline: 1
        steps:
          - d4
          - affine: {rotate: {uniform: [-15, 15]}, scale: {uniform: [0.9, 1.1]}, p: 0.5}
          - one_of:
              p: 0.7
              weights: [2, 1]
              steps:
                - flip: {x: 1}
                - sequence: [flip, d4]
          - repeat: {count: 2, steps: [d4]}
        """

    @Test func yamlAndJSONGiveTheSamePipeline() throws {
        let fromYAML = try Pipeline(parsing: text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .prettyPrinted
        let json = try String(decoding: encoder.encode(fromYAML), as: UTF8.self)
        let fromJSON = try Pipeline(parsing: json)
        let decoded = try JSONDecoder().decode(Pipeline.self, from: Data(json.utf8))
        #expect(fromYAML == fromJSON)
        #expect(fromYAML == decoded)
        #expect(fromYAML.identifier == decoded.identifier)
        #expect(fromYAML.identifier.count == 16)
    }

    @Test func orderOfKeysAndDefaultsDoNotMatter() throws {
        let a = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{flip: {x: 1, y: 0}}]}")
        let b = try Pipeline(parsing: "steps:\n  - flip:\n      y: 0.0\n      x: 1\ntessera_pipeline: 1\n")
        let c = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{flip: {x: 0.5}}]}")
        let d = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [flip]}")
        #expect(a.identifier == b.identifier)
        #expect(c.identifier == d.identifier)
        #expect(a.identifier != c.identifier)
        // It follows the steps when they are changed, and comes back with them.
        var changed = a
        changed.steps[0].probability = 0.25
        #expect(changed.identifier != a.identifier)
        changed.steps[0].probability = 1
        #expect(changed.identifier == a.identifier)
        #expect(Pipeline(a.steps + a.steps).identifier != a.identifier)
    }

    @Test(arguments: [
        ("tessera_pipeline: 2\nsteps: []", "p.yaml:1:19: expected version 1, found 2"),
        ("steps: []", "p.yaml:1:1: expected tessera_pipeline: 1, found no version"),
        ("tessera_pipeline: 1", "p.yaml:1:1: expected steps, found none"),
        ("tessera_pipeline: 1\nstep: []", "p.yaml:2:1: expected tessera_pipeline, steps or batch, found \"step\""),
        ("tessera_pipeline: 1\nsteps: [{flip: {x: 2}}]", "p.yaml:2:20: expected a number from 0 to 1, found 2"),
        ("tessera_pipeline: 1\nsteps: [{flip: {q: 1}}]", "p.yaml:2:17: expected one of x, y, z, found \"q\""),
        (
            "tessera_pipeline: 1\nsteps: [{affine: {scale: {uniform: [0, 1]}}}]",
            "p.yaml:2:37: expected a number from 0.01 to 100, found 0"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{affine: {rotate: {normal: [0, 200]}}}]",
            "p.yaml:2:36: expected values from -360 to 360, found values from -800 to 800"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{affine: {rotate: {uniform: [5, -5]}}}]",
            "p.yaml:2:37: expected [lower, upper], the lower one first, found [5, -5]"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{clamp: {lower: 90, upper: 10}}]",
            "p.yaml:2:17: expected clamp with lower below upper, found 90, 10"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{rescale: {from_lower: 5, from_upper: 5}}]",
            "p.yaml:2:19: expected rescale with from_lower below from_upper, found 5, 5"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{percentile_clip: {lower: 90, upper: 10}}]",
            "p.yaml:2:27: expected percentile_clip with lower below upper, found 90, 10"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{remap_labels: {from: [1, 2], to: [1]}}]",
            "p.yaml:2:24: expected remap_labels with different old numbers and as many new ones, found [1, 2] and [1]"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{crop_by_label: {positive: 0, negative: 0}}]",
            "p.yaml:2:25: expected crop_by_label with positive or negative above 0, found 0 for both"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{crop_by_class: {ratios: [0, 0]}}]",
            "p.yaml:2:25: expected crop_by_class with a ratio above 0, found [0, 0]"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{random_crop: {size: [64.5]}}]",
            "p.yaml:2:31: expected a whole number, found 64.5"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{affine: {rotate: {normal: [1, -1]}}}]",
            "p.yaml:2:36: expected [mean, deviation], found [1, -1]"
        ),
        (
            "tessera_pipeline: 1\nsteps: [{pad: {amount: [1.5]}}]",
            "p.yaml:2:25: expected a whole number, found 1.5"
        ),
        ("tessera_pipeline: 1\nsteps: [{one_of: []}]", "p.yaml:2:10: expected at least one step, found none"),
        ("tessera_pipeline: 1\nsteps: [{repeat: [d4]}]", "p.yaml:2:10: expected count, found none"),
        ("tessera_pipeline: 1\nsteps: [{d4: {p: 1.5}}]", "p.yaml:2:18: expected a number from 0 to 1, found 1.5"),
        ("", "p.yaml: expected a pipeline, found an empty file"),
    ])
    func mistakesAreNamedWithTheirPlace(text: String, message: String) {
        let error = #expect(throws: AugmentError.self) { try Pipeline(parsing: text, file: "p.yaml") }
        #expect(error?.description == message)
    }

    @Test(arguments: ["[", "{a: b", "\t- x", "a: b: c", "\"", "tessera_pipeline: 1\ntessera_pipeline: 1"])
    func brokenTextIsAnError(text: String) {
        #expect(throws: AugmentError.self) { try Pipeline(parsing: text) }
    }

    @Test(arguments: [
        ("steps: [", "p.yaml:2:1: expected a value, found something else"),
        ("steps: [d4\nbatch: 3", "p.yaml:2:6: expected ',' or ']' in a list, found something else"),
        ("steps: []\n---\nsteps: []", "p.yaml:2:1: expected one document, found another one"),
        ("steps: a: b", "p.yaml:1:9: expected YAML or JSON, found a colon where no key can be"),
        ("steps: @", "p.yaml:1:8: expected YAML or JSON, found character that cannot start any token"),
        ("steps:\n\t- d4", "p.yaml:2:1: expected YAML or JSON, found character that cannot start any token"),
        ("steps: \"\u{1}\"", "p.yaml:1:9: expected YAML or JSON, found control characters"),
        ("steps: *a", "p.yaml:1:8: expected YAML or JSON, found undefined alias"),
    ])
    func brokenTextIsOneReadableLine(text: String, message: String) {
        let error = #expect(throws: AugmentError.self) { try Pipeline(parsing: text, file: "p.yaml") }
        #expect(error?.description == message)
    }

    @Test(arguments: ["!!str 3", "!!str true", "\"3\""])
    func whatIsSaidToBeTextIsNoNumber(value: String) {
        let text = "tessera_pipeline: 1\nsteps: [{affine: {rotate: \(value)}}]"
        let error = #expect(throws: AugmentError.self) { try Pipeline(parsing: text, file: "p.yaml") }
        #expect(error?.description.hasPrefix("p.yaml:2:") == true, "\(String(describing: error))")
        #expect(throws: Never.self) { try Pipeline(parsing: text.replacing(value, with: "!!float 3")) }
    }

    @Test func theMarkOfWindowsEditorsIsNoText() throws {
        #expect(try Pipeline(parsing: "\u{FEFF}" + text) == Pipeline(parsing: text))
    }

    @Test func whatATransformCannotDoNamesTheLineOfItsStep() throws {
        let gray = Sample(.uint8(Image<UInt8>(axes: [.y, .x], sizes: [8, 8], color: .gray)))
        let key = DrawKey(seed: 1, sample: "a")
        let yaml = """
            tessera_pipeline: 1
            steps:
              - flip
              - sequence:
                  - center_crop: {size: [9, 9]}
            """
        let late = #expect(throws: AugmentError.self) {
            try Pipeline(parsing: yaml, file: "p.yaml").apply(to: gray, key: key)
        }
        #expect(late?.description.hasPrefix("p.yaml:5:9: center_crop: ") == true, "\(String(describing: late))")
        let early = #expect(throws: AugmentError.self) {
            try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [flip, hed_jitter]", file: "p.yaml").apply(
                to: gray, key: key)
        }
        #expect(
            early?.description.hasPrefix("p.yaml:2:15: hed_jitter needs RGB") == true, "\(String(describing: early))")
        let unwritten = #expect(throws: AugmentError.self) { try Pipeline(HEDJitter()).apply(to: gray, key: key) }
        #expect(unwritten?.description.hasPrefix("step 0: hed_jitter needs RGB") == true)
    }

    @Test func unknownNameSuggestsSimilarOnes() {
        let error = #expect(throws: AugmentError.self) {
            try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [afine]", file: "p.yaml")
        }
        #expect(error?.description.contains("found \"afine\"") == true)
    }

    @Test func aliasesOfAliasesAreRefusedInTime() {
        var text = "tessera_pipeline: 1\nsteps: [&a0 d4]\n"
        for level in 1...30 { text += "x\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let error = #expect(throws: AugmentError.self) { try Pipeline(parsing: text) }
        #expect(error?.description.contains("at most 100000 values") == true)
    }

    @Test func repeatsOfRepeatsAreRefusedBeforeTheyWork() {
        var steps = "d4"
        for _ in 0..<12 { steps = "{repeat: {count: 100, steps: [\(steps)]}}" }
        let error = #expect(throws: AugmentError.self) {
            try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [\(steps)]")
        }
        #expect(error?.description.contains("at most 10000 transforms for a sample") == true)
        let many = String(repeating: "{repeat: {count: 100, steps: [d4]}}, ", count: 101)
        #expect(throws: AugmentError.self) { try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [\(many)]") }
        let most = String(repeating: "{repeat: {count: 100, steps: [d4]}}, ", count: 100)
        #expect(throws: Never.self) { try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [\(most)]") }
    }

    @Test func deepAndLongFilesAreRefused() {
        let deep =
            "tessera_pipeline: 1\nsteps: " + String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(throws: AugmentError.self) { try Pipeline(parsing: deep) }
        let long = "tessera_pipeline: 1\nsteps: [" + String(repeating: "d4, ", count: 300_000) + "]"
        #expect(throws: AugmentError.self) { try Pipeline(parsing: long) }
    }
}
