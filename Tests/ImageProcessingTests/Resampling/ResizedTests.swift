import ImageCore
import Testing

@testable import ImageProcessing

@Suite struct ResizedTests {
    /// OpenCV 5.0's resize of the row 10, 20, 40, 80, 0 (float32) to 8 and to 3 samples.
    @Test func `agrees with OpenCV`() throws {
        let row = Image<Float>(axes: [.y, .x], sizes: [1, 5]) {
            for (i, value) in [10, 20, 40, 80, 0].enumerated() { $0[i] = Float(value) }
        }
        let linear = try row.resized(to: PixelSize(width: 8, height: 1))
        #expect(linear.values == [10, 14.375, 21.25, 33.75, 52.5, 77.5, 35, 0])
        let area = try row.resized(to: PixelSize(width: 3, height: 1), interpolation: .area)
        #expect(zip(area.values, [14, 44, 32]).allSatisfy { abs($0 - Float($1)) < 1e-4 })
    }

    /// The definition of each filter in `Double`: weights by distance, the outermost sample beyond the edges.
    @Test(arguments: [Interpolation.linear, .cubic, .catmullRom, .lanczos4])
    func `filters follow their definition`(interpolation: Interpolation) throws {
        let image = Image<UInt8>.random(width: 19, height: 3, channels: 3, seed: 31)
        for width in [7, 19, 31, 64] {
            let found = try image.converted(to: Float.self).resized(
                to: PixelSize(width: width, height: 3), interpolation: interpolation)
            for x in 0..<width {
                let center = (Double(x) + 0.5) * 19 / Double(width) - 0.5
                let positions = Int(center.rounded(.down)) - 4...Int(center.rounded(.down)) + 5
                let weights = positions.map { interpolation.weight(Double($0) - center) }
                let sum = zip(positions, weights).reduce(0.0) {
                    $0 + $1.1 * Double(image[1, min(max($1.0, 0), 18), 2])
                }
                #expect(abs(Double(found[1, x, 2]) - sum / weights.reduce(0, +)) < 1e-3, "\(width) \(x)")
            }
        }
    }

    @Test func `every scalar gives the same`() throws {
        let image = Image<UInt8>.random(width: 23, height: 17, channels: 3, seed: 32)
        for interpolation in Interpolation.allCases {
            for (size, antialias) in [(PixelSize(width: 41, height: 9), false), (PixelSize(width: 6, height: 5), true)]
            {
                let exact = try image.converted(to: Double.self).resized(
                    to: size, interpolation: interpolation, antialias: antialias)
                func check<Scalar: NumericScalar>(_ type: Scalar.Type, _ tolerance: Double) throws {
                    let found = try image.converted(to: type).resized(
                        to: size, interpolation: interpolation, antialias: antialias)
                    let clamped = exact.map { min(max($0, Scalar.lowest.doubleValue), Scalar.highest.doubleValue) }
                    #expect(FilterTests.largestDifference(found, clamped) < tolerance, "\(type) \(interpolation)")
                }
                try check(UInt8.self, 0.501)
                try check(UInt16.self, 0.501)
                try check(Int16.self, 0.501)
                try check(Int32.self, 0.501)
                try check(Float.self, 1e-3)
            }
        }
    }

    @Test func `every level of the kernels gives the same`() throws {
        let image = Image<UInt8>.random(width: 41, height: 11, channels: 3, seed: 33)
        let planes = try Planes(image)
        let columns = ResizeTaps(from: 41, to: 67, .cubic, antialias: false)
        let rows = ResizeTaps(from: 11, to: 7, .cubic, antialias: false)
        let results = KernelLevel.supported.map { level in
            let kernel = ResizeKernel(planes, columns: columns, rows: rows, level: level)
            return Image<UInt8>(axes: image.axes, sizes: [7, 67, 3]) { kernel.resize(image.samples, into: &$0) }.values
        }
        for result in results { #expect(zip(result, results[0]).allSatisfy { abs(Int($0) - Int($1)) <= 1 }) }
    }

    @Test func `turns and mirrors move every sample at every level`() throws {
        func check<Scalar: ImageScalar>(_ image: Image<Scalar>) throws {
            let planes = try Planes(image)
            let (w, h) = (image.width, image.height)
            for level in KernelLevel.supported {
                for turn in PlaneTurn.allCases {
                    let sizes = turn.exchangesAxes ? [w, h] : [h, w]
                    let found = Image<Scalar>(axes: image.axes, sizes: sizes + [image.channels]) {
                        turn.move(image.samples, planes, into: &$0, level: level)
                    }
                    let isRight = (0..<sizes[0]).allSatisfy { y in
                        (0..<sizes[1]).allSatisfy { x in
                            let from: (y: Int, x: Int) =
                                switch turn {
                                case .transposed: (x, y)
                                case .clockwise: (h - 1 - x, y)
                                case .counterclockwise: (x, w - 1 - y)
                                case .half: (h - 1 - y, w - 1 - x)
                                case .mirroredX: (y, w - 1 - x)
                                case .mirroredY: (h - 1 - y, x)
                                }
                            return (0..<image.channels).allSatisfy { found[y, x, $0] == image[from.y, from.x, $0] }
                        }
                    }
                    #expect(isRight, "\(turn) \(level) \(Scalar.self) \(image.channels)")
                }
            }
        }
        for (width, height) in [(1, 1), (5, 3), (37, 50)] {
            for channels in 1...4 {
                let image = Image<UInt8>.random(width: width, height: height, channels: channels, seed: 34)
                try check(image)
                try check(image.converted(to: Int16.self))
                try check(image.converted(to: Float.self))
                try check(image.converted(to: Double.self))
            }
        }
    }

    @Test func `geometry follows, labels are not interpolated, wrong sizes are errors`() throws {
        var image = Image<UInt8>.random(width: 8, height: 6, seed: 35)
        image.geometry = Geometry(mppX: 0.5, mppY: 0.5)
        let half = try image.resized(byX: 0.5, y: 0.5)
        #expect(half.geometry?.mpp.x == 1 && half.geometry?.originMillimetres.x == 0.0005)
        let padded = try image.padded(by: Padding(left: 2, right: 0, top: 1, bottom: 3), border: .reflect)
        #expect(padded.sizes == [10, 10] && padded[0, 0] == image[0, 1])
        #expect(padded.geometry == image.geometry?.cropped(.x, from: -2).cropped(.y, from: -1))
        let turned = try image.rotatedQuarter()
        #expect(turned.geometry?.position(x: 0, y: 0) == image.geometry?.position(x: 0, y: 5))
        image.domain = .labels
        let larger = try image.resized(byX: 3, y: 3, interpolation: .cubic)
        #expect(Set(larger.values).isSubset(of: Set(image.values)))
        #expect(throws: ImageError.self) { try image.resized(to: PixelSize(width: 0, height: 3)) }
        #expect(throws: ImageError.self) { try image.resized(to: PixelSize(width: 1 << 30, height: 1 << 30)) }
        #expect(throws: ImageError.emptyImage) {
            try Image<UInt8>(axes: [.y, .x], sizes: [0, 3]).resized(to: PixelSize(width: 2, height: 2))
        }
        #expect(throws: ImageError.self) { try image.centerCropped(to: PixelSize(width: 9, height: 2)) }
    }
}
