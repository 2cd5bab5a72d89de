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

    /// A call for each row; `nil` for those that other suites call.
    private static var calls: [String: Call?] {
        arithmetic.merging(geometry) { first, _ in first }.merging(filters) { first, _ in first }
            .merging(measures) { first, _ in first }.merging(elsewhere) { first, _ in first }
    }

    private static let elsewhere: [String: Call?] = [
        "Rotate2D": nil, "RotateFullImage2D": nil, "GridDistortion": nil, "ElasticTransform": nil,
        "OpticalDistortion": nil, "Inpaint": nil, "AdditiveLaplaceNoise": nil, "AdditivePoissonNoise": nil,
        "CoarseDropout": nil, "Salt": nil, "Pepper": nil, "SaltAndPepper": nil,
    ]

    private static let arithmetic: [String: Call?] = [
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

    private static let geometry: [String: Call?] = [
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

    private static let filters: [String: Call?] = [
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

    private static let measures: [String: Call?] = [
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
        #expect(Set(rows) == Set(Self.calls.keys), "rows without a call or calls without a row")
        #expect(rows.count == Set(rows).count)
        for call in Self.calls.values { try call?() }
    }
}
