import Formats
import ImageCore
import ImageProcessing
import Patches
import TestSupport
import Testing

@Suite struct PatchExtractorTests {
    /// All patches of a plan, by index.
    private func cut(
        _ slide: SyntheticSlide, _ request: PatchRequest, workers: Int = 2, policy: CorruptTilePolicy = .skip,
        memoryBudget: Int = 128 << 20
    ) throws -> (plan: PatchPlan, patches: [Int: [UInt8]], order: [Int], report: ExtractionReport) {
        let plan = try PatchPlanner(request: request).plan(slide, name: "s")
        var patches: [Int: [UInt8]] = [:]
        var order: [Int] = []
        let report = try PatchExtractor(
            slide: slide, workers: workers, corruptTiles: policy, memoryBudget: memoryBudget
        ).extract(
            plan,
            prepare: { (_: Int, samples: Span<UInt8>) throws(FormatError) in samples.indices.map { samples[$0] } },
            deliver: { (index: Int, samples: [UInt8]) throws(FormatError) in
                patches[index] = samples
                order.append(index)
            })
        return (plan, patches, order, report)
    }

    private func expected(_ slide: SyntheticSlide, level: Int, x: Int, y: Int, size: Int) -> [UInt8] {
        let edge = slide.levels[level].size
        return (y..<y + size).flatMap { row in
            (x..<x + size).flatMap { column in
                column < edge.width && row < edge.height
                    ? SyntheticSlide.pixel(level: level, x: column, y: row) : [255, 255, 255]
            }
        }
    }

    @Test(arguments: EdgePolicy.allCases, [7, 16, 33])
    func `native patches hold the level's own pixels`(edge: EdgePolicy, stride: Int) throws {
        let slide = SyntheticSlide(width: 130, height: 101, downsamples: [1, 2])
        for level in 0...1 {
            let request = PatchRequest(size: 16, stride: stride, scale: .level(level), edge: edge)
            let (plan, patches, _, _) = try cut(slide, request)
            #expect(patches.count == plan.patches.count && !patches.isEmpty)
            for (index, samples) in patches {
                let window = plan.patches[index].window
                #expect(samples == expected(slide, level: level, x: Int(window.x), y: Int(window.y), size: 16))
                #expect(plan.patches[index].area.x == Int(window.x) * (level + 1))
            }
        }
    }

    @Test func `every tile is decoded once`() throws {
        let slide = SyntheticSlide(width: 400, height: 300)
        let (_, _, _, report) = try cut(slide, PatchRequest(size: 50, stride: 37))
        #expect(slide.readCounts.values.allSatisfy { $0 == 1 })
        #expect(report.decodedTiles == slide.readCounts.count)
    }

    @Test func `a small memory budget changes neither pixels nor numbers of patches`() throws {
        let request = PatchRequest(size: 40, stride: 25)
        let whole = try cut(SyntheticSlide(width: 600, height: 200), request)
        let tight = try cut(SyntheticSlide(width: 600, height: 200), request, memoryBudget: 32 * 24 * 3 * 24)
        #expect(whole.patches == tight.patches)
        #expect(Set(tight.order) == Set(whole.order) && tight.order != whole.order)
    }

    @Test func `the order and the pixels do not depend on threads`() throws {
        let request = PatchRequest(size: 24, stride: 11, scale: .mpp(0.9))
        let results = try [1, 2, 5].map { try cut(SyntheticSlide(width: 211, height: 130), request, workers: $0) }
        for other in results.dropFirst() {
            #expect(other.order == results[0].order && other.patches == results[0].patches)
        }
    }

    @Test func `resampled patches are the area mean of their place on the grid`() throws {
        let slide = SyntheticSlide(width: 300, height: 200)
        let (plan, patches, _, _) = try cut(slide, PatchRequest(size: 20, scale: .mpp(1.15)))
        #expect(plan.scale.level == 0 && plan.scale.levelScale == 2.3)
        for (index, samples) in patches {
            let area = plan.patches[index].area
            let ratio = plan.scale.downsample
            // Places of the grid are 20 pixels of the result apart; the area in the manifest is that, rounded.
            let (left, top) = ((Double(area.x) / 46).rounded() * 46, (Double(area.y) / 46).rounded() * 46)
            for (row, column) in [(0, 0), (7, 13), (19, 19)] {
                let mean = areaMean(
                    x: left + Double(column) * ratio, y: top + Double(row) * ratio, edge: ratio)
                for channel in 0..<3 {
                    let found = Double(samples[(row * 20 + column) * 3 + channel])
                    #expect(abs(found - mean[channel]) <= 0.51)
                }
            }
        }
    }

    /// The mean color of a square with fractional edges, pixel by pixel.
    private func areaMean(x: Double, y: Double, edge: Double) -> [Double] {
        var sum = [0.0, 0.0, 0.0]
        for row in Int(y)...Int(y + edge) {
            for column in Int(x)...Int(x + edge) {
                let width = min(x + edge, Double(column) + 1) - max(x, Double(column))
                let height = min(y + edge, Double(row) + 1) - max(y, Double(row))
                guard width > 0, height > 0 else { continue }
                let color = SyntheticSlide.pixel(level: 0, x: column, y: row)
                for channel in 0..<3 { sum[channel] += Double(color[channel]) * width * height }
            }
        }
        return sum.map { $0 / (edge * edge) }
    }

    @Test func `missing tiles are background and counted`() throws {
        let slide = SyntheticSlide(width: 96, height: 72, missing: [.init(column: 1, row: 1)])
        let (plan, patches, _, report) = try cut(slide, PatchRequest(size: 24))
        #expect(report.missingTiles == 1 && report.failures.isEmpty)
        let index = try #require(plan.patches.firstIndex { $0.area.x == 24 && $0.area.y == 24 })
        let samples = try #require(patches[index])
        #expect(samples[0..<3].elementsEqual(SyntheticSlide.pixel(level: 0, x: 24, y: 24)))
        #expect(samples[(8 * 3)..<(9 * 3)].elementsEqual([255, 255, 255]))
    }

    @Test func `a corrupt tile costs its own patches and is named`() throws {
        let slide = SyntheticSlide(width: 128, height: 96, downsamples: [1, 4], corrupt: [.init(column: 1, row: 1)])
        let skipped = try cut(slide, PatchRequest(size: 16))
        #expect(skipped.report.failures.map(\.place) == ["level 0, tile 1, 1"])
        #expect(skipped.report.skippedPatches == skipped.plan.patches.count - skipped.patches.count)
        let touched = skipped.plan.patches.indices.filter {
            let area = skipped.plan.patches[$0].area
            return !area.intersection(PixelRect(x: 32, y: 24, width: 32, height: 24)).isEmpty
        }
        #expect(Set(touched) == Set(skipped.plan.patches.indices).subtracting(skipped.patches.keys))

        let filled = try cut(slide, PatchRequest(size: 16), policy: .background)
        #expect(filled.patches.count == filled.plan.patches.count && filled.report.skippedPatches == 0)
        let lower = try cut(slide, PatchRequest(size: 16), policy: .lower)
        let index = try #require(lower.plan.patches.firstIndex { $0.area.x == 32 && $0.area.y == 32 })
        let samples = try #require(lower.patches[index])
        #expect(samples[0..<3].elementsEqual(SyntheticSlide.pixel(level: 1, x: 8, y: 8)))
        #expect(lower.report.failures.count == 1)
    }

    @Test func `a cancelled extraction stops`() throws {
        let slide = SyntheticSlide(width: 128, height: 96)
        let plan = try PatchPlanner(request: PatchRequest(size: 16)).plan(slide, name: "s")
        let error = #expect(throws: FormatError.self) {
            try PatchExtractor(slide: slide, workers: 1).extract(
                plan, isCancelled: { true },
                prepare: { (_: Int, _: Span<UInt8>) throws(FormatError) in 0 },
                deliver: { (_: Int, _: Int) throws(FormatError) in })
        }
        #expect(error?.code == .interrupted)
    }
}
