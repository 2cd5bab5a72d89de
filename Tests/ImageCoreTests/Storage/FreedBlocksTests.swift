import Testing

@testable import ImageCore

@Suite("Memory of freed images")
struct FreedBlocksTests {
    @Test func `images that live at once share no memory`() async {
        let sizes = [1 << 15, 1 << 16, 70_000, 1 << 17, 140_000, 1 << 20]
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<4 {
                group.addTask {
                    var live = [Image<UInt8>]()
                    for i in 0..<60 {
                        let value = UInt8(truncatingIfNeeded: task * 61 + i)
                        live.append(Image(axes: [.x], sizes: [sizes[(i + task) % sizes.count]], repeating: value))
                        guard live.count > 5 else { continue }
                        let old = live.remove(at: i % 5)
                        let first = old.samples[0]
                        for i in stride(from: 0, to: old.count, by: 97) where old.samples[i] != first { return false }
                    }
                    return true
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test func `reused memory is cleared where an image is made of zeros`() {
        for _ in 0..<3 {
            #expect(Image<UInt16>(axes: [.x], sizes: [200_000], repeating: 7).samples[199_999] == 7)
            let image = Image<UInt16>(axes: [.x], sizes: [200_000])
            #expect((0..<image.count).allSatisfy { image.samples[$0] == 0 })
        }
    }

    @Test func `what is kept stays below the limit`() {
        let images = (0..<40).map { _ in Image<UInt8>(axes: [.x], sizes: [3 << 20]) }
        #expect(images.count == 40)
        _ = consume images
        #expect(FreedBlocks.keptSize <= FreedBlocks.most)
        _ = Image<UInt8>(axes: [.x], sizes: [FreedBlocks.most + 1])
        #expect(FreedBlocks.keptSize <= FreedBlocks.most)
    }
}
