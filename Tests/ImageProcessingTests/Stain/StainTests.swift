import Foundation
import ImageCore
import ImageProcessing
import Testing

/// A tile of two stains whose concentrations repeat with different periods; 64 × 48 pixels.
private let tile: Image<UInt8> = {
    func direction(_ v: SIMD3<Double>) -> SIMD3<Double> { v / (v * v).sum().squareRoot() }
    let (h, e) = (direction(SIMD3(0.60, 0.75, 0.28)), direction(SIMD3(0.10, 0.95, 0.30)))
    var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [48, 64, 3], color: .rgb, domain: .integer(bits: 8))
    for y in 0..<48 {
        for x in 0..<64 {
            let a = (x + y) % 5 == 0 ? 0 : Double((7 * x + 3 * y) % 17) / 17 * 1.5
            let b = (x + 2 * y) % 7 == 0 ? 0 : Double((5 * x + 11 * y) % 13) / 13
            let density = h * a + e * b
            for c in 0..<3 { image[y, x, c] = UInt8((255 * exp(-density[c]) + 0.5).rounded(.down)) }
        }
    }
    return image
}()

private func blank(_ value: UInt8) -> Image<UInt8> {
    Image(axes: [.y, .x, .channel], sizes: [32, 32, 3], color: .rgb, domain: .integer(bits: 8)) {
        for i in 0..<$0.count { $0[i] = value }
    }
}

private func gap(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { ((a - b) * (a - b)).sum().squareRoot() }

private func pixel(_ image: Image<UInt8>, _ y: Int, _ x: Int) -> [Int] { (0..<3).map { Int(image[y, x, $0]) } }

@Suite("Stains")
struct StainTests {
    @Test func concentrationsAreThoseOfScikitImage() throws {
        // skimage.color.rgb2hed 0.26 of rows 10 and 11, columns 20…23; it counts in units of −ln(10⁻⁶) and has no negative ones.
        let expected: [[Double]] = [
            [0, 0.009439464676498067, 0.0029378172447440338],
            [0.03842112063230222, 0.03782886387557138, 0.011168651847316826],
            [0.08062242995982434, 0.010183307431365553, 0.0009110393794558824],
            [0.022112112973008326, 0.021496528411089705, 0.006323705088014712],
        ]
        let found = try tile.stainConcentrations()
        for (column, stains) in expected.enumerated() {
            for c in 0..<3 {
                let value = Double(found[10, 20 + column, c]) / -log(1e-6)
                #expect(abs(max(value, 0) - stains[c]) < 1e-6)
            }
        }
    }

    @Test func stainsGiveTheColorsBack() throws {
        for matrix in [StainMatrix.hematoxylinEosinDAB, try StainMatrix([SIMD3(0.6, 0.7, 0.3), SIMD3(0.1, 0.9, 0.2)])] {
            let stains = try tile.stainConcentrations(matrix)
            let colors: Image<UInt8> = try stains.withStains(matrix, white: 255)
            #expect((0..<tile.count).allSatisfy { colors.contiguous().samples[$0] == tile.samples[$0] })
        }
    }

    @Test func macenkoFindsTheStainsThatNumPyFinds() throws {
        // NumPy 2.4 by the steps of the paper: eigh of cov, arctan2, percentiles 1 and 99; β 0.15, densities −ln(max(v, 1)/255).
        let stains = try #require(try tile.estimatedStains())
        #expect(gap(stains.stains[0], SIMD3(0.60320361, 0.74696712, 0.27961674)) < 1e-6)
        #expect(gap(stains.stains[1], SIMD3(0.20026498, 0.93171102, 0.3029992)) < 1e-6)
        let model = try StainModel(fitting: tile)
        #expect(abs(model.strengths.x - 1.37901342) < 1e-6)
        #expect(abs(model.strengths.y - 1.13094477) < 1e-6)
    }

    @Test func normalizingGivesThePixelsOfNumPy() throws {
        let target = try StainMatrix([SIMD3(0.5626, 0.7201, 0.4062), SIMD3(0.2159, 0.8012, 0.5581)])
        let model = StainModel(method: .macenko, stains: target, strengths: SIMD2(1.9705, 1.0308))
        let result = try model.applied(to: tile)
        // 255·exp(−Refᵀ·C·(1.9705, 1.0308)/strengths) by NumPy's least squares.
        #expect(pixel(result, 0, 0) == [255, 255, 255])
        #expect(pixel(result, 10, 20) == [253, 231, 237])
        #expect(pixel(result, 5, 31) == [116, 85, 135])
    }

    @Test func normalizingToItselfChangesNothing() throws {
        let result = try StainModel(fitting: tile).applied(to: tile)
        let differences = (0..<tile.count).map { abs(Int(result.samples[$0]) - Int(tile.samples[$0])) }
        #expect(differences.allSatisfy { $0 <= 2 })
    }

    @Test func vahadaneFindsTheLeastOfItsObjective() throws {
        // SciPy's Nelder–Mead over both directions, the inner problem by coordinate descent: objective 0.12190441450553971.
        let stains = try #require(try tile.estimatedStains(.vahadane))
        #expect(gap(stains.stains[0], SIMD3(0.57275503, 0.76914038, 0.2835044)) < 0.02)
        #expect(gap(stains.stains[1], SIMD3(0.3153195, 0.89954496, 0.30231189)) < 0.02)
    }

    @Test(arguments: [UInt8(255), 250, 0, 128])
    func blankTilesComeBackUnchanged(value: UInt8) throws {
        let image = blank(value)
        var nearly = blank(255)
        for x in 0..<9 { for c in 0..<3 { nearly[3, x, c] = UInt8(100 + 7 * x + 20 * c) } }
        for tile in [image, nearly] {
            for method in StainEstimation.allCases {
                #expect(try tile.estimatedStains(method) == nil)
                let model = try StainModel(fitting: StainTests.target, method: method)
                #expect(try model.applied(to: tile) == tile)
                #expect(throws: ImageError.self) { try StainModel(fitting: tile, method: method) }
            }
        }
        for space in StatisticsSpace.allCases {
            let model = try ReinhardModel(fitting: StainTests.target, space: space)
            #expect(try model.applied(to: image) == image)
            #expect(throws: ImageError.self) { try ReinhardModel(fitting: image, space: space) }
            let tissue = try ReinhardModel(fitting: StainTests.target, space: space, tissueOnly: true)
            #expect(try tissue.applied(to: nearly) == nearly)
        }
    }

    private static var target: Image<UInt8> { tile }

    @Test func reinhardHasTheNumbersOfScikitImage() throws {
        let fitted = try ReinhardModel(fitting: tile)
        // Mean and deviation of skimage.color.rgb2lab 0.26.
        #expect(gap(fitted.mean, SIMD3(60.91608692, 33.50735429, -27.35477776)) < 1e-3)
        #expect(gap(fitted.deviation, SIMD3(18.76903229, 15.20680582, 12.01303777)) < 1e-3)
        let model = ReinhardModel(mean: SIMD3(65, 20, -15), deviation: SIMD3(15, 10, 8))
        let result = try model.applied(to: tile)
        // skimage.color.lab2rgb of the moved coordinates.
        #expect(pixel(result, 0, 0) == [243, 245, 238])
        #expect(pixel(result, 10, 20) == [237, 219, 227])
        #expect(pixel(result, 5, 31) == [150, 128, 175])
    }

    @Test(arguments: StatisticsSpace.allCases)
    func matchingOwnStatisticsChangesNothing(space: StatisticsSpace) throws {
        let result = try ReinhardModel(fitting: tile, space: space).applied(to: tile)
        #expect((0..<tile.count).allSatisfy { abs(Int(result.samples[$0]) - Int(tile.samples[$0])) <= 1 })
    }

    @Test func modelsAreKeptAsJSON() throws {
        let (stains, colors) = (try StainModel(fitting: tile), try ReinhardModel(fitting: tile))
        let encoder = JSONEncoder()
        let (first, second) = (try encoder.encode(stains), try encoder.encode(colors))
        let stainsAgain = try JSONDecoder().decode(StainModel.self, from: first)
        let colorsAgain = try JSONDecoder().decode(ReinhardModel.self, from: second)
        #expect(stainsAgain == stains)
        #expect(colorsAgain == colors)
        let broken = Data("[[1,1,1],[2,2,2]]".utf8)
        #expect(throws: (any Error).self) { try JSONDecoder().decode(StainMatrix.self, from: broken) }
    }

    @Test func otherScalarsAndOrdersGiveTheSame() throws {
        let model = StainModel(
            method: .macenko, stains: try StainMatrix([SIMD3(0.5626, 0.7201, 0.4062), SIMD3(0.2159, 0.8012, 0.5581)]),
            strengths: SIMD2(1.9705, 1.0308))
        let bytes = try model.applied(to: tile)
        let planar = try model.applied(to: tile.permuted(to: [.channel, .y, .x]))
        #expect(planar[2, 5, 31] == bytes[5, 31, 2])
        var floats = AnyImage(tile).converted(to: Float.self)
        floats.mapInPlace { $0 / 255 }
        floats.domain = .unit
        let unit = try model.applied(to: floats)
        #expect(abs(unit[5, 31, 2] * 255 - 134.61) < 0.1)
    }

    @Test func wrongInputIsRefused() {
        #expect(throws: ImageError.self) { try StainMatrix([SIMD3(1, 1, 1)]) }
        #expect(throws: ImageError.self) { try StainMatrix([SIMD3(1, 1, 1), SIMD3(2, 2, 2)]) }
        #expect(throws: ImageError.self) { try StainMatrix([SIMD3(1, 1, .nan), SIMD3(2, 1, 2)]) }
        let gray = Image<UInt8>(axes: [.y, .x], sizes: [4, 4], color: .gray)
        #expect(throws: ImageError.self) { try gray.estimatedStains() }
        #expect(throws: ImageError.self) { try gray.stainConcentrations() }
    }
}
