import ImageCore
import ImageProcessing
import Testing

@Suite struct ThresholdTests {
    @Test func `a histogram counts every sample once`() throws {
        let image = Image<UInt8>.random(width: 31, height: 7, channels: 3, seed: 5)
        let counts = histogram(of: image)
        #expect(counts.reduce(0, +) == image.count)
        for value in 0..<256 { #expect(counts[value] == image.values.filter { Int($0) == value }.count) }
    }

    @Test func `a histogram under a mask`() throws {
        let image = Image<UInt8>(axes: [.y, .x], sizes: [1, 4]) { for i in 0..<4 { $0[i] = [7, 7, 9, 7][i] } }
        let counts = try histogram(of: image, where: Image<Bool>(drawing: "#.##"))
        #expect(counts[7] == 2 && counts[9] == 1 && counts.reduce(0, +) == 3)
        #expect(throws: ImageError.self) { try histogram(of: image, where: Image<Bool>(drawing: "#.#")) }
    }

    /// Thresholds of scikit-image 0.26 (`threshold_otsu`) and OpenCV 5.0 (`THRESH_OTSU`), which agree.
    @Test(arguments: [
        ([10: 100, 11: 50, 200: 80, 205: 20], 11), ([50: 10, 60: 10], 50), ([0: 30, 128: 30, 255: 30], 0),
        (Dictionary(uniqueKeysWithValues: (0..<256).map { ($0, $0 + 1) }), 157),
        (Dictionary(uniqueKeysWithValues: (0..<256).map { ($0, (256 - $0) * (256 - $0)) }), 78), ([93: 4], 93),
        ([:], 0),
    ])
    func `Otsu's threshold agrees with scikit-image and OpenCV`(counts: [Int: Int], expected: Int) {
        #expect(otsuThreshold((0..<256).map { counts[$0] ?? 0 }) == expected)
    }

    @Test func `the threshold itself is not above`() {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [1, 3]) { for i in 0..<3 { $0[i] = [4, 5, 6][i] } }
        image.geometry = Geometry(mppX: 1, mppY: 1)
        let mask = image.thresholded(above: 5)
        #expect(mask.values == [false, false, true])
        #expect(mask.geometry == image.geometry && mask.color == .labels)
        let floats = Image<Float>(axes: [.x], sizes: [2]) { for i in 0..<2 { $0[i] = [.nan, 1][i] } }
        #expect(floats.thresholded(above: 0).values == [false, true])
    }
}
