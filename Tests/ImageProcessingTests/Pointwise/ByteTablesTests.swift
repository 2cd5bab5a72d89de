import Glibc
import ImageCore
import Testing

@testable import ImageProcessing

/// Successive changes of bytes in one table give what one after the other gives.
struct ByteTablesTests {
    private let changes: [RowOperation] = [
        .linear(scale: [1.3, 0.7, 1], bias: [-20, 15, 0]), .limits(lower: [0], upper: [255]),
        .gamma(exponent: 0.6, black: 0, white: 255),
        .table([(0..<17).map { Float(255 - 15 * $0) }], lower: 0, upper: 255),
    ]

    /// The same by formulas of this test.
    private func expected(_ byte: Int, channel: Int) -> Double {
        let linear = Double(byte) * [1.3, 0.7, 1][channel] + [-20, 15, 0][channel]
        let limited = min(max(linear, 0), 255)
        let raised = 255 * pow(limited / 255, 0.6)
        return 255 - 15 * 16 * raised / 255
    }

    @Test(arguments: [[Axis.y, .x, .channel], [.channel, .y, .x], [.y, .channel, .x]])
    func `every byte of every channel`(axes: [Axis]) throws {
        let picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [7, 37, 3], color: .rgb) { samples in
            for i in 0..<samples.count { samples[i] = UInt8(truncatingIfNeeded: i) }
        }
        let source = AnyImage.uint8(try picture.rearranged(to: axes))
        let result = try source.rendered(
            map: nil, interpolation: .linear, border: .replicate, operations: changes, kind: .float32,
            axes: [.channel, .y, .x], workers: 2)
        guard case .float32(let found) = result else { return }
        for y in 0..<7 {
            for x in 0..<37 {
                for c in 0..<3 {
                    #expect(abs(Double(found[c, y, x]) - expected(Int(picture[y, x, c]), channel: c)) < 1e-3)
                }
            }
        }
    }

    @Test func `what mixes channels or is alone has no tables`() {
        let matrix = RowOperation.matrix([SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0)])
        #expect(ByteTables([changes[0], matrix], channels: 3) == nil)
        #expect(ByteTables([changes[0]], channels: 3) == nil)
        #expect(ByteTables(changes, channels: 3) != nil)
    }

    @Test func `operations that do not fit the channels are refused`() {
        let picture = AnyImage.uint8(Image<UInt8>(axes: [.y, .x, .channel], sizes: [4, 4, 3], color: .rgb))
        #expect(throws: ImageError.self) {
            try picture.rendered(
                map: nil, interpolation: .linear, border: .replicate,
                operations: [.linear(scale: [1, 2], bias: [0]), .gamma(exponent: 2, black: 0, white: 255)],
                kind: .float32, axes: [.y, .x, .channel], workers: 1)
        }
    }
}
