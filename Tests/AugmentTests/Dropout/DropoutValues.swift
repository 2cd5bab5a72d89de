import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of dropout")
struct DropoutValues {
    private func apply(_ transform: any Transform, _ sample: Sample, seed: UInt64 = 1) throws -> Augmented {
        try Pipeline(transform).apply(to: sample, key: DrawKey(seed: seed, sample: "a"))
    }

    private func flat(_ value: UInt8 = 100) -> Sample {
        let image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [30, 40, 3], repeating: value, color: .rgb)
        let labels = Image<UInt8>(axes: [.y, .x], sizes: [30, 40], repeating: 2, color: .labels, domain: .labels)
        return Sample(.uint8(image), labels: .uint8(labels))
    }

    @Test func boxesAreFilledWhereTheRecordSays() throws {
        var dropout = CoarseDropout()
        (dropout.count, dropout.size.pixels) = (.fixed(2), [.fixed(7), .fixed(4)])
        (dropout.filling.value, dropout.filling.label) = (9, 255)
        for seed in 0..<10 as Range<UInt64> {
            let result = try apply(dropout, flat(), seed: seed)
            let boxes = PixelBox.boxes(result.record.steps[0].values.list("boxes"))
            #expect(boxes.count == 2 && boxes.allSatisfy { $0.size == SIMD3(7, 4, 1) })
            let image = result.sample.images[0].converted(to: UInt8.self)
            let labels = result.sample.labels[0].converted(to: UInt8.self)
            for y in 0..<30 {
                for x in 0..<40 {
                    let isInside = boxes.contains {
                        x >= $0.lower.x && x < $0.lower.x + 7 && y >= $0.lower.y && y < $0.lower.y + 4
                    }
                    #expect((0..<3).allSatisfy { image[y, x, $0] == (isInside ? 9 : 100) })
                    #expect(labels[y, x] == (isInside ? 255 : 2))
                }
            }
        }
    }

    @Test func volumesLoseBoxesAndCTBecomesAir() throws {
        var image = Image<Int16>(axes: [.z, .y, .x], sizes: [10, 10, 10], repeating: 50)
        image.domain = .hounsfield
        var dropout = CoarseDropout()
        dropout.size.fraction = [.fixed(0.3)]
        let values = try Pipeline.changed(image, by: dropout).numbers
        #expect(values.count { $0 == -1000 } == 27 && values.count { $0 == 50 } == 973)
    }

    @Test func holesHaveTheMeanOrNoise() throws {
        var dropout = CoarseDropout()
        dropout.size.fraction = [.fixed(0.5)]
        dropout.filling.source = .mean
        var image = Image<Float>(axes: [.y, .x], sizes: [20, 20], repeating: 3)
        image[0, 0] = 403
        let result = try Pipeline.changed(image, by: dropout).numbers
        #expect(Set(result).isSubset(of: [3, 403, 4]) && result.count { $0 == 4 } == 100)
        dropout.filling.source = .noise
        let noisy = try Pipeline.changed(flat().images[0].converted(to: UInt8.self), by: dropout).numbers
        let changed = noisy.filter { $0 != 100 }
        #expect(abs(Double(changed.count) - 900) < 20)
        #expect(abs(changed.reduce(0, +) / Double(changed.count) - 127.5) < 10)
        #expect((changed.min() ?? 9) < 5 && (changed.max() ?? 0) > 250)
    }

    @Test func gridAndPixelsDropTheirShare() throws {
        var grid = GridDropout()
        grid.stepPixels = .fixed(10)
        let gridded = try Pipeline.changed(flat().images[0].converted(to: UInt8.self), by: grid).numbers
        #expect(gridded.count { $0 == 0 } == 900)
        var pixels = PixelDropout()
        (pixels.amount, pixels.filling.label) = (.fixed(0.2), 0)
        let result = try apply(pixels, flat()).sample
        let image = result.images[0].converted(to: UInt8.self)
        let labels = result.labels[0].converted(to: UInt8.self)
        var count = 0
        for y in 0..<30 {
            for x in 0..<40 {
                #expect((0..<3).allSatisfy { (image[y, x, $0] == 0) == (labels[y, x] == 0) })
                if labels[y, x] == 0 { count += 1 }
            }
        }
        #expect(abs(count - 240) < 60)
    }

    @Test func anErasedRectangleHasItsAreaAndShape() throws {
        var erase = RandomErase()
        (erase.area, erase.aspect) = (.fixed(0.125), .fixed(1.5))
        let values = try apply(erase, flat()).record.steps[0].values.list("boxes")
        // 150 pixels: 10 wide and 15 high.
        #expect(PixelBox.boxes(values)[0].size == SIMD3(10, 15, 1))
        #expect(throws: AugmentError.self) { try apply(erase, ChangedSamples.volumeSample) }
    }

    @Test func shufflingAndSwappingKeepAllPixels() throws {
        let start = ChangedSamples.pictureSample
        var shuffle = CoarseShuffle()
        shuffle.size.fraction = [.fixed(0.5)]
        var swap = PatchSwap()
        swap.count = .fixed(1)
        func pixels(_ sample: Sample) -> [SIMD3<Double>] {
            let values = sample.images[0].converted(to: UInt8.self).numbers
            return (0..<values.count / 3).map { SIMD3(values[3 * $0], values[3 * $0 + 1], values[3 * $0 + 2]) }
        }
        func sorted(_ pixels: [SIMD3<Double>]) -> [Double] { pixels.map { $0.x * 65536 + $0.y * 256 + $0.z }.sorted() }
        let shuffled = try apply(shuffle, start)
        #expect(sorted(pixels(shuffled.sample)) == sorted(pixels(start)))
        let swapped = try apply(swap, start, seed: 4)
        let boxes = PixelBox.boxes(swapped.record.steps[0].values.list("boxes"))
        #expect(boxes.count == 2 && boxes[0].size == boxes[1].size)
        let (before, after) = (pixels(start), pixels(swapped.sample))
        let width = 37
        for y in 0..<boxes[0].size.y {
            for x in 0..<boxes[0].size.x {
                // The second box always has what the first one had.
                let first = (boxes[0].lower.y + y) * width + boxes[0].lower.x + x
                let second = (boxes[1].lower.y + y) * width + boxes[1].lower.x + x
                #expect(after[second] == before[first])
            }
        }
    }

    @Test func objectsGoWithTheirLabels() throws {
        let start = ChangedSamples.pictureSample
        var seen: Set<Set<Double>> = []
        for seed in 0..<8 as Range<UInt64> {
            let result = try apply(MaskDropout(), start, seed: seed).sample
            let old = start.labels[0].converted(to: UInt8.self).numbers
            let new = result.labels[0].converted(to: UInt8.self).numbers
            let image = result.images[0].converted(to: UInt8.self).numbers
            let source = start.images[0].converted(to: UInt8.self).numbers
            seen.insert(Set(new))
            for i in old.indices {
                let isGone = old[i] != new[i]
                #expect(!isGone || new[i] == 0)
                #expect((0..<3).allSatisfy { image[3 * i + $0] == (isGone ? 0 : source[3 * i + $0]) })
            }
        }
        #expect(seen == [[0, 3], [0, 7]])
        let error = #expect(throws: AugmentError.self) { try apply(MaskDropout(), Sample(images: start.images)) }
        #expect(error?.description.contains("expected a sample with labels") == true)
    }

    @Test func `what is dropped of Hounsfield units becomes air`() throws {
        var cells = CellDropout()
        cells.amount = .fixed(1)
        #expect(try applied(cells, to: hounsfieldRow()).doubles == [-1000, -1000, -1000, -1000])
        cells.fill = 7
        #expect(try applied(cells, to: hounsfieldRow()).doubles == [7, 7, 7, 7])
        var image = Image<Int16>(axes: [.y, .x, .channel], sizes: [1, 1, 2], domain: .hounsfield)
        (image[0, 0, 0], image[0, 0, 1]) = (40, 60)
        let found = try applied(ChannelDrop(), to: .int16(image)).doubles.sorted()
        #expect(found == [-1000, 40] || found == [-1000, 60])
    }
}
