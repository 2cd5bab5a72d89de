import Foundation
import ImageCore
import Testing

@testable import ImageProcessing

/// Every row of docs/from-ecvl.md has a call here, and every call a row.
@Suite struct FromECVLTests {
    private typealias Call = @Sendable () throws -> Void
    private static let picture = Image<UInt8>.random(width: 12, height: 10, channels: 3, seed: 1)
    private static let gray = Image<UInt8>.random(width: 12, height: 10, seed: 2)
    private static let mask = Image<Bool>.random(width: 12, height: 10, density: 0.5, seed: 3)

    /// A call for each row.
    private static var calls: [String: Call] {
        [arithmetic, geometry, filters, measures, noise, warps].reduce([:]) { $0.merging($1) { first, _ in first } }
    }

    private static let noise: [String: Call] = [
        "AdditiveLaplaceNoise": { () throws in
            #expect(try gray.addingLaplaceNoise(deviation: 0, key: 1) == gray)
            #expect(try gray.addingLaplaceNoise(deviation: 9, key: 1) != gray)
        },
        "AdditivePoissonNoise": { () throws in
            #expect(try gray.addingPoissonNoise(photons: 1, key: 1) != gray)
        },
        "Salt": { () throws in
            let salted = try gray.addingSaltAndPepper(amount: 1, saltShare: 1, salt: 255, pepper: 0, key: 1)
            #expect(salted.values.allSatisfy { $0 == 255 })
        },
        "Pepper": { () throws in
            let peppered = try gray.addingSaltAndPepper(amount: 1, saltShare: 0, salt: 255, pepper: 0, key: 1)
            #expect(peppered.values.allSatisfy { $0 == 0 })
        },
        "SaltAndPepper": { () throws in
            let both = try gray.addingSaltAndPepper(amount: 1, salt: 255, pepper: 0, key: 1)
            #expect(Set(both.values) == [0, 255])
        },
    ]

    private static let size = SpatialSize(x: 12, y: 10)

    private static let warps: [String: Call] = [
        "Rotate2D": { () throws in
            let half = try SpatialMap(outputSize: size, pushing: .rotation(degrees: 180, about: size.center))
            #expect(try picture.warped(by: half) == picture.flipped(.x).mirrored(.y))
        },
        "RotateFullImage2D": { () throws in
            let turned = SpatialSize(x: 10, y: 12)
            let move = AffineMap.translation(turned.center - size.center)
            let quarter = try SpatialMap(
                outputSize: turned, pushing: move * .rotation(degrees: 90, about: size.center))
            #expect(try picture.warped(by: quarter) == picture.rotatedQuarter(1))
        },
        "GridDistortion": { () throws in #expect(try picture.warped(by: bent) != picture) },
        "ElasticTransform": { () throws in #expect(try picture.warpedNearest(by: bent).sizes == picture.sizes) },
        "OpticalDistortion": { () throws in
            let lens = RadialDistortion(center: SIMD2(6, 5), focalLength: SIMD2(8, 8), k1: 0.2)
            #expect(try picture.warped(by: SpatialMap(outputSize: size, stages: [.radial(lens)])) != picture)
        },
        "Inpaint": { () throws in
            var hair = Image<Bool>(axes: [.y, .x], sizes: [10, 12])
            for y in 0..<10 { hair[y, 4] = true }
            var image = Image<UInt8>(axes: [.y, .x], sizes: [10, 12], repeating: 90)
            for y in 0..<10 { image[y, 4] = 3 }
            #expect(try image.inpainted(hair).values.allSatisfy { $0 == 90 })
        },
    ]

    private static var bent: SpatialMap {
        get throws {
            let lattice = try DisplacementLattice(
                covering: size, counts: SpatialSize(x: 3, y: 3),
                displacements: (0..<9).map { SIMD3<Float>(Float($0 % 3) - 1, Float($0 / 3) - 1, 0) })
            return SpatialMap(outputSize: size, stages: [.lattice(lattice)])
        }
    }

    private static let arithmetic: [String: Call] = [
        "Add": { () throws in _ = try (gray + gray, gray + 1, gray.adding(gray, as: Int16.self)) },
        "Sub": { () throws in _ = try (gray - gray, 255 - gray, gray.subtracting(gray, as: Int16.self)) },
        "Mul": { () throws in _ = try (gray * gray, gray * 2, gray.multiplied(by: gray, as: Int32.self)) },
        "Div": { () throws in _ = try (gray / 2, gray.divided(by: gray, as: Float.self)) },
        "Neg": { () throws in _ = -gray },
        "And": { () throws in _ = try mask & mask },
        "Or": { () throws in _ = try mask | mask },
        "SetTo": { () throws in
            var image = gray
            image.fill(7)
            #expect(image.values.allSatisfy { $0 == 7 })
        },
    ]

    private static let geometry: [String: Call] = [
        "ResizeDim": { () throws in #expect(try picture.resized(to: PixelSize(width: 5, height: 4)).sizes == [4, 5, 3])
        },
        "ResizeScale": { () throws in #expect(try picture.resized(byX: 2, y: 0.5).sizes == [5, 24, 3]) },
        "Flip2D": { () throws in #expect(try picture.flipped(.y) == picture.mirrored(.y)) },
        "Mirror2D": { () throws in #expect(try picture.flipped(.x) == picture.mirrored(.x)) },
        "Transpose": { () throws in #expect(try picture.transposed()[3, 2, 1] == picture[2, 3, 1]) },
        "ChangeColorSpace": { () throws in #expect(try picture.converted(to: .hsv).color == .hsv) },
        "Stack": { () throws in #expect(try Image.stacked([gray, gray], along: .z).sizes == [2, 10, 12]) },
        "HConcat": { () throws in #expect(try Image.concatenated([gray, gray], along: .x).sizes == [10, 24]) },
        "VConcat": { () throws in #expect(try Image.concatenated([gray, gray], along: .y).sizes == [20, 12]) },
        "DropColorChannel": { () throws in #expect(try gray.adding(.channel, at: 2).droppingChannelAxis() == gray) },
        "CenterCrop": { () throws in
            #expect(try picture.centerCropped(to: PixelSize(width: 4, height: 4)).sizes == [4, 4, 3])
        },
        "RandomCrop": { () throws in
            #expect(picture.cropped(to: PixelRect(x: 1, y: 2, width: 3, height: 4)).sizes == [4, 3, 3])
        },
        "Pad": { () throws in #expect(try picture.padded(by: Padding(all: 2)).sizes == [14, 16, 3]) },
    ]

    private static let filters: [String: Call] = [
        "Filter2D": { () throws in #expect(try gray.correlated(with: FilterKernel([[1]])) == gray) },
        "SeparableFilter2D": { () throws in #expect(try gray.correlated(rows: [0, 1, 0], columns: [1]) == gray) },
        "GaussianBlur": { () throws in #expect(try gray.gaussianBlurred(width: 5, height: 5).sizes == gray.sizes) },
        "GammaContrast": { () throws in #expect(try gray.gammaCorrected(1) == gray) },
        "Morphology": { () throws in #expect(try gray.morphology(.open, by: .rectangle(width: 1, height: 1)) == gray) },
        "SliceTimingCorrection": { () throws in
            let series = Image<Int16>(axes: [.time, .z, .y, .x], sizes: [5, 3, 2, 2], repeating: 9)
            #expect(try series.sliceTimesCorrected(order: .ascending).values.allSatisfy { abs($0 - 9) < 1e-5 })
        },
        "DrawEllipse": { () throws in
            var image = gray
            try image.drawEllipse(center: Point(x: 6, y: 5), radiusX: 3, radiusY: 2, values: [255], thickness: nil)
            #expect(image[5, 6] == 255)
        },
        "Normalize": { () throws in
            #expect(try gray.normalized(mean: [0], standardDeviation: [1])[0, 0] == Float(gray[0, 0]))
        },
        "ScaleTo": { () throws in #expect(try gray.scaled(to: 0...1, as: Float.self).maximum() == 1) },
        "ScaleFromTo": { () throws in #expect(try gray.scaled(from: 0...255, to: 0...255).values == gray.values) },
    ]

    private static let measures: [String: Call] = [
        "Threshold": { () throws in #expect(gray.binarized(above: 9, to: 255)[0, 0] == (gray[0, 0] > 9 ? 255 : 0)) },
        "MultiThreshold": { () throws in
            #expect(try Set(gray.quantized(at: [50, 100], to: 0...200).values) == [0, 100, 200])
        },
        "OtsuThreshold": { () throws in #expect(otsuThreshold(histogram(of: gray)) > 0) },
        "OtsuMultiThreshold": { () throws in #expect(try otsuThresholds(histogram(of: gray), count: 2).count == 2) },
        "IntegralImage": { () throws in #expect(try gray.integralImage()[10, 12] == gray.sum()) },
        "NonMaximaSuppression": { () throws in #expect(try gray.nonMaximaSuppressed().maximum() == gray.maximum()) },
        "GetMaxN": { () throws in #expect(try gray.largestSamples(1)[0].value == gray.maximum()) },
        "ConnectedComponentsLabeling": { () throws in #expect(try Components(of: mask).components.isEmpty == false) },
        "FindContours": { () throws in #expect(try contours(of: mask).isEmpty == false) },
        "MeanStdDev": { () throws in #expect(try picture.channelStatistics().count == 3) },
        "Moments": { () throws in #expect(try gray.moments()[0, 0] == gray.sum()) },
        "CentralMoments": { () throws in #expect(try abs(gray.centralMoments()[0, 1]) < 1e-6) },
    ]

    @Test func `every row of the table is called`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "docs/from-ecvl.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        // Holes belong to samples with their labels: Augment has them, and calls them in its own tests.
        #expect(text.contains("| `CoarseDropout` | transform `cell_dropout` |"))
        #expect(
            Set(rows) == Set(Self.calls.keys).union(["CoarseDropout"]), "rows without a call or calls without a row")
        #expect(rows.count == Set(rows).count)
        for call in Self.calls.values { try call() }
    }
}
