import ImageCore
import Testing

@testable import ImageProcessing

extension FromECVL {
    static let measures: [String: Call] = [
        "Threshold": { () throws in
            let image = bytes([8, 9, 10])
            #expect(image.binarized(above: 9, to: 255).values == [0, 0, 255])
            #expect(image.binarized(above: 9, to: 0, else: 255).values == [255, 255, 0])
            #expect(image.thresholded(above: 9).values == [false, false, true])
        },
        "MultiThreshold": { () throws in
            #expect(
                try bytes([0, 50, 51, 100, 101]).quantized(at: [50, 100], to: 0...200).values == [0, 0, 100, 100, 200])
        },
        "OtsuThreshold": { () throws in
            // Two heaps: the threshold is the largest value of the lower one.
            #expect(otsuThreshold(histogram(of: bytes([10, 12, 12, 200, 210, 220]))) == 12)
        },
        "OtsuMultiThreshold": { () throws in
            let image = bytes([10, 12, 12, 100, 101, 210, 220])
            #expect(try otsuThresholds(histogram(of: image), count: 2) == [12, 101])
        },
        "IntegralImage": { () throws in
            let image = bytes([1, 2], [3, 4])
            #expect(try image.integralImage().values == [0, 0, 0, 0, 1, 3, 0, 4, 10])
            #expect(try image.integralImage(squared: true).values == [0, 0, 0, 0, 1, 5, 0, 10, 30])
        },
        "NonMaximaSuppression": { () throws in
            #expect(try bytes([1, 5, 2, 7, 3, 4]).nonMaximaSuppressed(radius: 1).values == [0, 5, 0, 7, 0, 4])
        },
        "GetMaxN": { () throws in
            let found = try bytes([1, 9, 3], [8, 2, 4]).largestSamples(2)
            #expect(found.map(\.value) == [9, 8] && found.map(\.coordinates) == [[0, 1], [1, 0]])
        },
        "ConnectedComponentsLabeling": { () throws in
            let mask = Image<Bool>(drawing: "##..\n##..\n..#.\n....")
            #expect(try Components(of: mask).components.map(\.area) == [5])
            let parts = try Components(of: mask, connectivity: .four)
            #expect(parts.components.map(\.area) == [4, 1])
            #expect(parts.labels.values == [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0])
            #expect(parts.components[1].bounds == PixelRect(x: 2, y: 2, width: 1, height: 1))
        },
        "FindContours": { () throws in
            let mask = Image<Bool>(drawing: "###\n#.#\n###")
            let found = try contours(of: mask)
            #expect(found.map(\.isHole) == [false, true] && found.map(\.parent) == [nil, 0])
            #expect(found[0].pixels.count == 8)
            let edges = try boundaries(of: mask)
            #expect(edges.count == 1 && edges[0].holes.count == 1)
        },
        "MeanStdDev": { () throws in
            var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [1, 2, 2])
            for (x, pixel) in [[1, 10], [3, 30]].enumerated() { for c in 0..<2 { image[0, x, c] = UInt8(pixel[c]) } }
            let found = try image.channelStatistics(where: nil)
            #expect(found.map(\.mean) == [2, 20] && found.map(\.standardDeviation) == [1, 10])
        },
        "Moments": { () throws in
            let found = try bytes([1, 2], [3, 4]).moments(order: 1)
            // Centers at ½ and 1½. Along x: ½ (1 + 3) + 1½ (2 + 4); along y: ½ (1 + 2) + 1½ (3 + 4).
            #expect(found[0, 0] == 10 && found[0, 1] == 11 && found[1, 0] == 12)
            #expect(found[1, 1] == 0.25 + 0.75 * 2 + 0.75 * 3 + 2.25 * 4)
        },
        "CentralMoments": { () throws in
            let found = try bytes([1, 2], [3, 4]).centralMoments(order: 2)
            // The center of gravity is (1.1, 1.2): ten times a variance of 0.24 and 0.21.
            #expect(abs(found[0, 1]) < 1e-9 && abs(found[1, 0]) < 1e-9)
            #expect(abs(found[0, 2] - 2.4) < 1e-9 && abs(found[2, 0] - 2.1) < 1e-9)
        },
    ]
}
