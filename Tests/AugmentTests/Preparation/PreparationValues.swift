import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of preparation and local transforms")
struct PreparationValues {
    private let units: [Int16] = [-1200, -1000, -601, -600, 0, 39, 40, 41, 149, 150, 240, 3000]

    @Test func windowsAreThoseOfDICOM() throws {
        var window = Window()
        (window.center, window.width) = (.fixed(-600), .fixed(1500))
        var exact = window
        exact.function = .linearExact
        exact.output = .float32
        var preset = Window()
        preset.preset = .lung
        let linear = try #require(IntensityWindow(center: -600, width: 1500))
        let straight = try #require(IntensityWindow(center: -600, width: 1500, function: .linearExact))
        let found = try applied(window, to: hounsfieldRow(units))
        #expect(found.kind == .uint8 && found.domain == .integer(bits: 8))
        let shades: [Double] = units.map { (255 * linear.shade(of: Double($0))).rounded(.toNearestOrAwayFromZero) }
        #expect(found.doubles == shades)
        #expect(try applied(preset, to: hounsfieldRow(units)) == found)
        let floats = try applied(exact, to: hounsfieldRow(units))
        #expect(floats.kind == .float32 && floats.domain == .unit)
        for (a, b) in zip(floats.doubles, units) { #expect(abs(a - straight.shade(of: Double(b))) < 1e-6) }
    }

    @Test func everyPresetIsKnown() {
        let known = Set(WindowPreset.allCases.map(\.rawValue) + ["none"])
        #expect(Set(Window.Preset.allCases.map(\.rawValue)) == known)
    }

    @Test func clampRescaleAndFloat() throws {
        var clamp = Clamp()
        (clamp.lower, clamp.upper) = (-1000, 240)
        let clamped: [Double] = units.map { Double(min(max($0, -1000), 240)) }
        #expect(try applied(clamp, to: hounsfieldRow(units)).doubles == clamped)
        var rescale = Rescale()
        (rescale.fromLower, rescale.fromUpper, rescale.toLower, rescale.clip) = (-1000, 1000, -1, true)
        let found = try applied(rescale, to: hounsfieldRow(units))
        #expect(found.kind == .float32 && found.domain == .range(-1...1))
        for (a, b) in zip(found.doubles, units) { #expect(abs(a - min(max(Double(b) / 1000, -1), 1)) < 1e-6) }
        let automatic = try applied(Rescale(), to: hounsfieldRow(units)).doubles
        #expect(abs(automatic.min() ?? 1) < 1e-6 && abs((automatic.max() ?? 0) - 1) < 1e-6)
        let picture = stainedPicture()
        let float = try applied(ToFloat(), to: .uint8(picture))
        #expect(float.kind == .float32 && float.domain == .unit)
        for (a, b) in zip(float.doubles, picture.all) { #expect(abs(a - Double(b) / 255) < 1e-6) }
        #expect(try applied(ToFloat(), to: hounsfieldRow(units)).doubles == units.map(Double.init))
        (clamp.lower, clamp.upper) = (5, 4)
        #expect(throws: AugmentError.self) { try applied(clamp, to: hounsfieldRow()) }
    }

    @Test func `smallest and largest become floats`() throws {
        let (low, high) = (-1200.0, 3000.0)
        let found = try applied(MinMax(), to: hounsfieldRow(units))
        #expect(found.kind == .float32 && found.domain == .unit)
        for (a, b) in zip(found.doubles, units) { #expect(abs(a - (Double(b) - low) / (high - low)) < 1e-6) }
        var wide = MinMax()
        (wide.lower, wide.upper) = (-1, 3)
        let picture = stainedPicture()
        let spread = try applied(wide, to: .uint8(picture))
        #expect(spread.kind == .float32 && spread.domain == .range(-1...3))
        for (a, b) in zip(spread.doubles, picture.all) { #expect(abs(a - (4 * Double(b) / 255 - 1)) < 1e-6) }
    }

    @Test(arguments: [
        ("{min_max: {lower: 1, upper: 0}}", "min_max with lower below upper, found 1, 0"),
        ("{min_max: {lower: 2, upper: 2}}", "min_max with lower below upper, found 2, 2"),
        ("{rescale: {to_lower: 1, to_upper: -1}}", "rescale with to_lower below to_upper, found 1, -1"),
        ("{random_clip: {lower: 80, upper: 20}}", "random_clip with lower below upper whatever is drawn, found 80, 20"),
        (
            "{random_clip: {lower: {uniform: [0, 50]}, upper: {choice: [40, 90]}}}",
            "random_clip with lower below upper whatever is drawn, found {uniform: [0, 50]}, {choice: [40, 90]}"
        ),
        (
            "{linear_window: {lower: 0.5, upper: 0.5}}",
            "linear_window with lower below upper whatever is drawn, found 0.5, 0.5"
        ),
    ])
    func `limits in the wrong order are refused where they are written`(step: String, message: String) {
        let error = #expect(throws: AugmentError.self) {
            try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [\(step)]", file: "p.yaml")
        }
        #expect(error?.description.hasPrefix("p.yaml:2:") == true)
        #expect(error?.description.hasSuffix("expected \(message)") == true, "\(String(describing: error))")
    }

    @Test func zScoresOfAllAndOfWhatIsNotZero() throws {
        func scores(_ x: [Double]) -> [Double] {
            let mean = x.reduce(0, +) / Double(x.count)
            let deviation = (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()
            return x.map { ($0 - mean) / deviation }
        }
        let values = units.map(Double.init)
        let all = try applied(ZScore(), to: hounsfieldRow(units))
        #expect(all.kind == .float32)
        for (a, b) in zip(all.doubles, scores(values)) { #expect(abs(a - b) < 1e-5) }
        var nonzero = ZScore()
        nonzero.over = .nonzero
        let found = try applied(nonzero, to: hounsfieldRow(units)).doubles
        #expect(found[4] == 0)
        let others = found.enumerated().filter { $0.offset != 4 }.map(\.element)
        for (a, b) in zip(others, scores(values.filter { $0 != 0 })) { #expect(abs(a - b) < 1e-5) }
    }

    @Test func `z-scores by the values inside of the labels`() throws {
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [1, units.count], color: .labels, domain: .labels)
        for (x, label) in [2: 1, 3: 7, 5: 1, 9: 200] as [Int: UInt8] { labels[0, x] = label }
        var score = ZScore()
        score.over = .labels
        let sample = Sample(hounsfieldRow(units), labels: .uint8(labels))
        let key = DrawKey(seed: 1, sample: "a")
        let found = try Pipeline(score).apply(to: sample, key: key).sample.images[0]
        let inside = [2, 3, 5, 9].map { Double(units[$0]) }
        let mean = inside.reduce(0, +) / 4
        let deviation = (inside.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4).squareRoot()
        #expect(found.kind == .float32)
        for (a, b) in zip(found.doubles, units) { #expect(abs(a - (Double(b) - mean) / deviation) < 1e-5) }
        let error = #expect(throws: AugmentError.self) { try applied(score, to: hounsfieldRow(units)) }
        #expect(error?.description.contains("expected labels for over: labels, found none") == true)
    }

    @Test func landmarksAreReachedAndContinued() throws {
        var standard = HistogramStandardize()
        (standard.percentiles, standard.landmarks) = ([0, 50, 100], [10, 20, 60])
        let found = try applied(standard, to: hounsfieldRow([-100, 0, 50, 100, 400])).doubles
        // NumPy's percentiles are −100, 50 and 400.
        let expected: [Double] = [10, 10 + 1000.0 / 150, 20, 20 + 2000.0 / 350, 60]
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5) }
        (standard.percentiles, standard.landmarks) = ([25, 75], [0, 100])
        let continued = try applied(standard, to: hounsfieldRow([0, 10, 20, 30, 40])).doubles
        #expect(continued.map { $0.rounded() } == [-50, 0, 50, 100, 150])
        standard.landmarks = [5]
        #expect(throws: AugmentError.self) { try applied(standard, to: hounsfieldRow()) }
    }

    private func labels(_ rows: [[UInt8]]) -> Sample {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [rows.count, rows[0].count], color: .labels, domain: .labels)
        for (y, row) in rows.enumerated() { for (x, value) in row.enumerated() { image[y, x] = value } }
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [rows.count, rows[0].count], color: .gray)
        return Sample(.uint8(picture), labels: .uint8(image))
    }

    @Test func labelsGetOtherNumbersAndChannels() throws {
        let sample = labels([[0, 1, 2], [5, 1, 0]])
        let key = DrawKey(seed: 1, sample: "a")
        var remap = RemapLabels()
        (remap.from, remap.to) = ([1, 5], [3, 1])
        #expect(try Pipeline(remap).apply(to: sample, key: key).sample.labels[0].doubles == [0, 3, 2, 1, 3, 0])
        remap.others = 7
        #expect(try Pipeline(remap).apply(to: sample, key: key).sample.labels[0].doubles == [7, 3, 7, 1, 3, 7])
        remap.to = [3, 300]
        #expect(throws: AugmentError.self) { try Pipeline(remap).apply(to: sample, key: key) }
        var oneHot = OneHot()
        oneHot.classes = 3
        let result = try Pipeline(oneHot).apply(to: sample, key: key).sample.labels[0]
        #expect(result.axes == [.channel, .y, .x])
        let expected: [Double] = [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
        #expect(result.doubles == expected)
    }

    @Test func largestPartsStay() throws {
        let sample = labels([[1, 1, 0, 2], [0, 0, 0, 0], [1, 0, 2, 2], [0, 0, 0, 2]])
        let key = DrawKey(seed: 1, sample: "a")
        var keep = KeepLargest()
        let each = try Pipeline(keep).apply(to: sample, key: key).sample.labels[0]
        #expect(each.doubles == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 2])
        keep.of = .all
        let all = try Pipeline(keep).apply(to: sample, key: key).sample.labels[0]
        #expect(all.doubles == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 2])
        var volume = Image<UInt16>(axes: [.z, .y, .x], sizes: [2, 2, 3], color: .labels, domain: .labels)
        (volume[0, 0, 0], volume[1, 1, 0], volume[0, 0, 2]) = (4, 4, 4)
        let gray = Image<Float>(axes: [.z, .y, .x], sizes: [2, 2, 3], color: .gray)
        let found = try Pipeline(KeepLargest()).apply(to: Sample(.float32(gray), labels: .uint16(volume)), key: key)
        #expect(found.sample.labels[0].doubles == [4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0])
    }

    @Test func smoothFieldsAreCubicSplinesWithinTheirRange() throws {
        let numbers = [0.5, 1.5, 0.8, 1.2, 0.9, 1.4, 1.1, 0.6, 0.7]
        let field = SmoothField(values: numbers, points: 3, isVolume: false)
        var image = Image<Float>(axes: [.channel, .y, .x], sizes: [2, 11, 13])
        field.change(&image) { $1 == 0 ? $2 : 0 }
        // The B-spline by its definition: Σ β₃(v − j) β₃(u − i), numbers beyond the edge continued.
        func spline(_ t: Double) -> Double {
            let a = abs(t)
            if a < 1 { return 2.0 / 3 - a * a + a * a * a / 2 }
            let b: Double = max(0, 2 - a)
            return b * b * b / 6
        }
        for y in 0..<11 {
            for x in 0..<13 {
                let (u, v) = ((Double(x) + 0.5) / 13 * 2, (Double(y) + 0.5) / 11 * 2)
                var sum = 0.0
                for j in -2...4 {
                    for i in -2...4 {
                        let number: Double = numbers[min(max(j, 0), 2) * 3 + min(max(i, 0), 2)]
                        sum += spline(v - Double(j)) * spline(u - Double(i)) * number
                    }
                }
                #expect(abs(Double(image[0, y, x]) - sum) < 1e-6)
                #expect((0.5...1.5).contains(image[0, y, x]) && image[1, y, x] == 0)
            }
        }
    }

    @Test func gradientsAreRampsAboutZero() throws {
        var gradient = BrightnessGradient()
        (gradient.amount, gradient.angle) = (.fixed(100), .fixed(0))
        let flat = Image<Int16>(axes: [.y, .x], sizes: [3, 5], color: .gray, domain: .hounsfield)
        let row: [Double] = [-40, -20, 0, 20, 40]
        #expect(try applied(gradient, to: .int16(flat)).doubles == row + row + row)
    }

    @Test func aDomainThatIsSaidDecidesWhatLiesOutside() throws {
        var image = Image<Int16>(axes: [.z, .y, .x], sizes: [4, 6, 6], repeating: 40, color: .gray)
        image.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        for (first, air) in [("", Int16(0)), ("set_domain, ", -1000), ("{set_domain: {domain: unit}}, ", 0)] {
            let pipeline = try transform("\(first){affine: {translate_pixels: [2, 0, 0]}}")
            let result = try pipeline.apply(to: Sample(.int16(image)), key: DrawKey(seed: 1, sample: "a")).sample
                .images[0]
            let values = result.converted(to: Int16.self)
            #expect(values[1, 1, 0] == air)
            #expect(values[1, 1, 3] == 40)
            #expect(result.kind == .int16)
        }
        let alone = try transform("set_domain").apply(to: Sample(.int16(image)), key: DrawKey(seed: 1, sample: "a"))
        image.domain = .hounsfield
        #expect(alone.sample.images[0] == .int16(image))
    }
}
