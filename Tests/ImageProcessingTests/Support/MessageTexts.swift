import ImageCore
import ImageProcessing
import Testing

/// Messages write sizes, places and maps as people do.
@Suite("Texts of messages")
struct MessageTexts {
    private func words(_ body: () throws(ImageError) -> Void) -> String? {
        do throws(ImageError) { try body() } catch { return "\(error)" }
        return nil
    }

    private let mask = Image<Bool>(axes: [.y, .x], sizes: [3, 4])

    @Test func sizesAndPlaces() {
        #expect("\(SpatialSize(x: 40, y: 30))" == "40 x 30")
        #expect("\(SpatialSize(x: 40, y: 30, z: 5))" == "40 x 30 x 5")
        #expect(SIMD3(1, -2.5, .infinity).placeText() == "(1, -2.5, inf)")
        #expect(SIMD3(1e20, 0.1, 7).placeText(axes: 2) == "(1e+20, 0.1)")
    }

    @Test func maps() {
        let flat = AffineMap(x: SIMD4(1, 0, 0, 0.5), y: SIMD4(2, 0, 0, 0))
        let found = words { () throws(ImageError) in
            _ = try SpatialMap(outputSize: SpatialSize(x: 2, y: 2), pushing: flat)
        }
        #expect(
            found?.hasSuffix(
                "expected an affine map that can be undone, found [[1, 0, 0, 0.5], [2, 0, 0, 0], [0, 0, 1, 0]]") == true
        )
        let map = SpatialMap(outputSize: SpatialSize(x: 2, y: 2), stages: [.affine(flat)])
        let inverse = words { () throws(ImageError) in _ = try map.inverse(outputSize: SpatialSize(x: 2, y: 2)) }
        #expect(inverse?.contains("found the affine map [[1, 0, 0, 0.5], [2, 0, 0, 0], [0, 0, 1, 0]]") == true)
    }

    @Test func argumentsOfOperations() {
        let found = [
            words { () throws(ImageError) in _ = try mask.distanceTransform(spacing: SIMD3(1, 0, 2)) },
            words { () throws(ImageError) in _ = try StainMatrix([SIMD3(1, 1, 1), SIMD3(2, 2, 2)]) },
            words { () throws(ImageError) in _ = try mask.padded(by: Padding(left: -1, bottom: 3)) },
            words { () throws(ImageError) in _ = try FlatElement(slices: [[[true]]], anchor: (1, 0, 0)) },
        ]
        let expected = [
            "spacings above 0, found (1, 0, 2)", "finite directions, found (1, 1, 1), (2, 2, 2)",
            "paddings of 0 or more, found x -1 and 0, y 0 and 3", "within 1 x 1 x 1, found (1, 0, 0)",
        ]
        for (found, text) in zip(found, expected) { #expect(found?.hasSuffix(text) == true, "\(found ?? "nothing")") }
    }
}
