import ImageCore
import Testing

@testable import ImageProcessing

@Suite("Views copied in order")
struct CopiedInOrderTests {
    private func check<Scalar: NumericScalar>(_ type: Scalar.Type, _ axes: [Axis], _ sizes: [Int]) throws {
        var image = Image<Scalar>(axes: axes, sizes: sizes, color: .rgb)
        var samples = image.mutableSamples
        for i in 0..<samples.count { samples[i] = Scalar(saturating: Double((i * 7 + i / 251) % 250)) }
        var views = [image, image.cropped(.x, to: 1..<image.width - 1), image.cropped(.y, to: 2..<image.height)]
        for axis in axes where axis != .channel { views += views.map { $0.flipped(axis) } }
        for view in views {
            for order in [
                axes, axes.filter { $0 != .channel } + [.channel], [.channel] + axes.filter { $0 != .channel },
            ] {
                let wanted = try view.rearranged(to: order)
                let found = try view.copiedInOrder(of: order)
                #expect(found == wanted)
                #expect(found.geometry == wanted.geometry && found.color == wanted.color)
                #expect(found.layout.isContiguous)
            }
        }
    }

    /// Every size of an element, and rows of every length about the blocks of the kernels.
    @Test(arguments: [5, 18, 33, 66, 67, 97, 130])
    func samplesAreThoseOfTheView(width: Int) throws {
        try check(UInt8.self, [.y, .x, .channel], [5, width, 3])
        try check(UInt8.self, [.y, .x, .channel], [5, width, 1])
        try check(UInt16.self, [.channel, .y, .x], [2, 4, width])
        try check(Float.self, [.channel, .z, .y, .x], [1, 3, 4, width])
        try check(Double.self, [.z, .channel, .y, .x], [3, 2, 4, width])
        try check(UInt16.self, [.z, .y, .x, .channel], [2, 4, width, 4])
    }

    @Test func otherAxesAreRefused() {
        let image = Image<UInt8>(axes: [.y, .x], sizes: [20, 20])
        #expect(throws: ImageError.self) { try image.copiedInOrder(of: [.x, .y, .channel]) }
        #expect(throws: ImageError.self) { try image.copiedInOrder(of: [.x]) }
    }
}
