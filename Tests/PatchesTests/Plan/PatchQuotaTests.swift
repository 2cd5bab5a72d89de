import ImageCore
import ImageProcessing
import Patches
import Testing

@Suite struct PatchQuotaTests {
    private let patches = (0..<400).map { i in
        PlannedPatch(
            area: PixelRect(x: i % 20 * 10, y: i / 20 * 10, width: 10, height: 10),
            window: SourceWindow(x: 0, y: 0, width: 10, height: 10), tissue: 1, label: i % 3 == 0 ? "a" : "b",
            coverage: [])
    }

    @Test func `quotas are exact and keep the order`() {
        let chosen = PatchQuota(perClass: 30, perSlide: 50, seed: 1).choose(from: patches, slide: "s")
        #expect(chosen.count == 50)
        #expect(chosen.count { $0.label == "a" } <= 30 && chosen.count { $0.label == "b" } <= 30)
        let order = chosen.map { $0.area.y * 1000 + $0.area.x }
        #expect(order == order.sorted())
        #expect(PatchQuota().choose(from: patches, slide: "s") == patches)
    }

    @Test func `a larger quota keeps what a smaller one kept`() {
        let few = PatchQuota(perClass: 10, seed: 7).choose(from: patches, slide: "s")
        let many = PatchQuota(perClass: 40, seed: 7).choose(from: patches, slide: "s")
        #expect(Set(few).isSubset(of: many) && few.count == 20 && many.count == 80)
    }

    @Test func `seeds and slides choose differently, the same key alike`() {
        func chosen(_ seed: UInt64, _ slide: String) -> [PlannedPatch] {
            PatchQuota(perSlide: 40, seed: seed).choose(from: patches, slide: slide)
        }
        #expect(chosen(1, "s") == chosen(1, "s"))
        #expect(chosen(1, "s") != chosen(2, "s"))
        #expect(chosen(1, "s") != chosen(1, "t"))
    }
}
