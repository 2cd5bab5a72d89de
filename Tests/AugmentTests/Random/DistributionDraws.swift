import Testing

@testable import Augment

@Suite("Draws")
struct DistributionDraws {
    private func values(_ distribution: Distribution, count: Int = 20_000) -> [Double] {
        (0..<count).map { index in
            DrawKey(seed: 7, sample: "s\(index)").draws(at: "0").value(of: distribution, named: "x")
        }
    }

    private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return (mean, square.squareRoot())
    }

    @Test func uniformHasMeanAndDeviationOfItsRange() {
        let all = values(.uniform(-2, 4))
        let (mean, deviation) = moments(all)
        #expect(abs(mean - 1) < 0.05)
        #expect(abs(deviation - 6 / 12.0.squareRoot()) < 0.03)
        #expect(all.allSatisfy { $0 >= -2 && $0 < 4 })
    }

    @Test func normalHasItsMeanAndDeviationAndIsCut() {
        let all = values(.normal(mean: 3, deviation: 0.5))
        let (mean, deviation) = moments(all)
        #expect(abs(mean - 3) < 0.015)
        #expect(abs(deviation - 0.5) < 0.01)
        #expect(all.allSatisfy { abs($0 - 3) <= 2 })
    }

    @Test func logUniformHasTheMedianInTheMiddleOfTheLogarithms() {
        let all = values(.logUniform(0.25, 4)).sorted()
        #expect(abs(all[all.count / 2] - 1) < 0.05)
    }

    @Test func inverseUniformIsUniformUpsideDown() throws {
        let all = values(.inverseUniform(0.7, 1.4))
        let (mean, deviation) = moments(all.map { 1 / $0 })
        #expect(abs(mean - 1.05) < 0.006 && abs(deviation - 0.7 / 12.0.squareRoot()) < 0.004)
        // The mean of 1 / x is ln 2 / 0.7.
        #expect(abs(moments(all).mean - 0.990_21) < 0.006)
        let text = "{tessera_pipeline: 1, steps: [{affine: {scale: {inverse_uniform: [0.7, 1.4]}}}]}"
        let pipeline = try Pipeline(parsing: text)
        #expect(try Pipeline(parsing: pipeline.canonicalText) == pipeline)
        for wrong in ["[0, 1]", "[1.4, 0.7]", "[0.001, 1]"] {
            #expect(throws: AugmentError.self) { try Pipeline(parsing: text.replacing("[0.7, 1.4]", with: wrong)) }
        }
    }

    @Test func choiceTakesEachAsOften() {
        let all = values(.choice([1, 2, 5]))
        for value in [1.0, 2, 5] {
            let count = all.filter { $0 == value }.count
            #expect((6300...7030).contains(count))
        }
    }

    @Test func everyPartOfTheKeyMattersAndNothingElse() {
        let key = DrawKey(seed: 1, epoch: 2, sample: "a", variant: 3)
        func draw(_ key: DrawKey, _ path: String = "0", _ name: String = "x", _ index: Int = 0) -> Double {
            key.draws(at: path).unit(named: name, index: index)
        }
        let others = [
            draw(DrawKey(seed: 2, epoch: 2, sample: "a", variant: 3)),
            draw(DrawKey(seed: 1, epoch: 3, sample: "a", variant: 3)),
            draw(DrawKey(seed: 1, epoch: 2, sample: "b", variant: 3)),
            draw(DrawKey(seed: 1, epoch: 2, sample: "a", variant: 4)),
            draw(key, "1"), draw(key, "0", "y"), draw(key, "0", "x", 1),
        ]
        #expect(Set(others + [draw(key)]).count == 8)
        #expect(draw(key) == draw(key))
    }

    @Test func permutationsAreUniform() {
        var counts: [[Int]: Int] = [:]
        for index in 0..<6000 {
            counts[
                DrawKey(seed: 1, sample: "\(index)").draws(at: "0").permutation(of: 3, named: "order"), default: 0] += 1
        }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { (850...1150).contains($0) })
    }
}
