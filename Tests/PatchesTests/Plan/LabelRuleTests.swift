import Patches
import Testing

@Suite struct LabelRuleTests {
    private let rule = LabelRule(classes: ["tumor", "stroma"], minimum: ["tumor": 0.75])

    @Test(arguments: [
        ([0, 0], "none"), ([0.75, 0], "tumor"), ([0.74, 0], "mixed"), ([0.1, 0.5], "stroma"), ([0.2, 0.3], "mixed"),
        ([1, 0], "tumor"), ([0.0001, 0], "mixed"),
    ])
    func `the largest class that reaches its minimum gives the label`(coverage: [Double], label: String) {
        #expect(rule.label(for: coverage) == label)
    }
}
