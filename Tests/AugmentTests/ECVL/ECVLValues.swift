import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Values that ECVL's text gives, beside those of OpenCV 4.11, which ECVL calls.
@Suite("Values of ECVL's text")
struct ECVLValues {
    /// A rough picture of 12 by 9 pixels.
    private static func picture() -> Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [9, 12], color: .gray, domain: .integer(bits: 8))
        for y in 0..<9 { for x in 0..<12 { image[y, x] = UInt8((37 * x + 91 * y + 13 * x * y) % 256) } }
        return image
    }

    private static func changed(_ text: String, labels: Image<UInt8>? = nil) throws -> Sample {
        let sample = Sample(.uint8(picture()), labels: labels.map(AnyImage.uint8))
        return try Pipeline(ecvl: text).apply(to: sample, key: DrawKey(seed: 1, sample: "a")).sample
    }

    private static func distance(_ found: AnyImage, _ wanted: [Double]) -> Double {
        let found = found.doubles
        guard found.count == wanted.count else { return .infinity }
        return zip(found, wanted).map { abs($0 - $1) }.max() ?? .infinity
    }

    /// `cv2.resize(image, size, interpolation=cv2.INTER_AREA)`.
    private static let areas: [(size: String, values: [Double])] = [
        ("6,3", [116, 131, 145, 117, 132, 104, 110, 160, 124, 132, 139, 104, 146, 146, 146, 146, 146, 146]),
        ("5,4", [90, 135, 146, 109, 107, 124, 142, 142, 133, 98, 111, 149, 129, 144, 110, 165, 146, 144, 162, 172]),
        (
            "20,15",
            [
                0, 12, 37, 62, 74, 111, 123, 148, 173, 185, 222, 149, 3, 28, 40, 77, 89, 114, 139, 151, 30, 44, 72, 99,
                113, 154, 139, 110, 138, 152, 193, 150, 63, 91, 105, 61, 75, 102, 130, 144, 91, 108, 141, 174, 191, 241,
                172, 35, 68, 85, 135, 152, 185, 218, 235, 29, 46, 79, 112, 129, 152, 171, 210, 136, 98, 157, 148, 130,
                169, 189, 77, 96, 135, 175, 194, 167, 130, 56, 95, 114, 182, 203, 245, 116, 52, 115, 136, 178, 220, 241,
                48, 69, 111, 153, 174, 237, 173, 44, 86, 107, 17, 42, 93, 144, 169, 245, 185, 65, 116, 141, 217, 157,
                37, 88, 113, 189, 129, 9, 60, 85, 47, 74, 127, 124, 123, 203, 173, 113, 109, 107, 188, 158, 98, 94, 93,
                173, 143, 82, 79, 78, 108, 138, 197, 86, 30, 119, 149, 208, 97, 41, 130, 160, 219, 108, 52, 141, 171,
                230, 119, 63, 169, 144, 95, 104, 108, 205, 181, 133, 141, 145, 72, 105, 170, 178, 182, 109, 141, 206,
                101, 48, 199, 148, 45, 113, 147, 249, 198, 95, 163, 197, 43, 77, 145, 213, 247, 93, 127, 195, 92, 41,
                34, 72, 149, 55, 8, 123, 161, 238, 144, 97, 212, 165, 71, 148, 186, 45, 83, 160, 66, 19, 64, 104, 184,
                92, 47, 166, 178, 200, 166, 149, 183, 166, 132, 154, 165, 114, 126, 148, 114, 97, 125, 168, 253, 168,
                125, 253, 210, 125, 210, 253, 125, 168, 253, 168, 125, 253, 210, 125, 210, 253, 185, 174, 152, 186, 203,
                169, 129, 49, 141, 186, 67, 112, 204, 124, 84, 221, 181, 101, 193, 238, 216, 178, 101, 195, 242, 127,
                89, 12, 106, 153, 38, 85, 179, 102, 64, 205, 167, 90, 184, 231,
            ]
        ),
        (
            "7,9",
            [
                15, 77, 139, 204, 34, 74, 136, 112, 195, 108, 110, 198, 89, 108, 208, 100, 162, 144, 127, 189, 81, 49,
                175, 131, 179, 77, 140, 53, 145, 80, 164, 86, 156, 134, 133, 135, 156, 155, 120, 170, 148, 105, 82, 60,
                188, 154, 121, 99, 78, 178, 178, 178, 189, 200, 200, 200, 168, 190, 62, 96, 129, 151, 172,
            ]
        ),
    ]

    @Test(arguments: 0..<4) func areaIsTheMeanOfTheArea(index: Int) throws {
        let (size, values) = Self.areas[index]
        let image = try Self.changed("AugResizeDim dims=(\(size)) interp=\"area\"").images[0]
        #expect(Self.distance(image, values) <= 1)
        let sides = size.split(separator: ",").compactMap { Double($0) }
        let scale = "(\(sides[0] / 12),\(sides[1] / 9))"
        #expect(try Self.changed("AugResizeScale scale=\(scale) interp=\"area\"").images[0] == image)
    }

    @Test func areaLeavesLabelsAsTheyAre() throws {
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [9, 12], color: .labels, domain: .labels)
        for y in 0..<9 { for x in 0..<12 { labels[y, x] = x / 4 == y / 3 ? 7 : 200 } }
        let sample = try Self.changed("AugResizeDim dims=(6,3) interp=\"area\"", labels: labels)
        #expect(
            sample.labels[0].doubles == [7, 7, 200, 200, 200, 200, 200, 200, 7, 7, 200, 200, 200, 200, 200, 200, 7, 7])
    }

    @Test func lanczosIsThatOfOpenCV() throws {
        let image = try Self.changed("AugResizeDim dims=(18,7) interp=\"lanczos4\"").images[0]
        #expect(Self.distance(image, Self.lanczos) <= 1)
    }

    /// `cv2.resize(image, (18, 7), interpolation=cv2.INTER_LANCZOS4)`.
    private static let lanczos: [Double] = [
        2, 19, 51, 85, 119, 134, 130, 130, 186, 231, 120, 13, 50, 74, 65, 100, 136, 151, 153, 205, 209, 135, 155, 178,
        108, 122, 135, 72, 108, 218, 246, 179, 96, 70, 98, 122, 54, 88, 120, 135, 208, 203, 96, 118, 221, 201, 80, 18,
        98, 231, 189, 13, 10, 109, 94, 175, 180, 53, 31, 154, 219, 124, 30, 96, 217, 198, 74, 55, 174, 239, 151, 47,
        170, 90, 30, 98, 211, 211, 124, 139, 179, 110, 43, 130, 255, 156, 59, 160, 119, 0, 30, 183, 230, 64, 80, 220,
        219, 185, 182, 190, 197, 175, 144, 155, 168, 148, 145, 159, 224, 149, 129, 217, 234, 109, 11, 109, 161, 49, 117,
        188, 77, 142, 214, 106, 144, 255,
    ]

    /// The center is the pixel of that number, as `cv2.getRotationMatrix2D((3, 2), -20, 1)` has it.
    @Test func rotationIsAboutThePixelThatIsNamed() throws {
        let image = try Self.changed("AugRotate angle=[20,20] center=(3,2)").images[0]
        #expect(Self.distance(image, Self.turned) <= 1)
        // By half a turn the pixel itself stays, and its neighbors change places.
        let half = try Self.changed("AugRotate angle=[180,180] center=(3,2)").images[0].doubles
        let before = Self.picture().numbers
        for (dx, dy) in [(0, 0), (1, 0), (3, 2), (-2, 1)] {
            #expect(abs(half[12 * (2 + dy) + 3 + dx] - before[12 * (2 - dy) + 3 - dx]) < 1e-3)
        }
    }

    /// `cv2.warpAffine` of that matrix with weights in full precision (SciPy's `map_coordinates`, order 1), black outside.
    private static let turned: [Double] = [
        52, 94, 101, 100, 94, 68, 18, 0, 0, 0, 0, 0, 141, 205, 149, 216, 122, 128, 199, 90, 6, 0, 0, 0, 33, 140, 96,
        115, 131, 128, 128, 130, 84, 60, 60, 35, 151, 123, 162, 181, 130, 188, 65, 148, 215, 38, 91, 141, 77, 99, 124,
        173, 108, 166, 120, 104, 189, 152, 77, 100, 111, 93, 219, 117, 117, 113, 176, 93, 162, 79, 71, 48, 159, 119,
        175, 173, 142, 76, 170, 127, 145, 165, 78, 10, 202, 199, 150, 192, 171, 130, 154, 157, 135, 152, 40, 0, 72, 73,
        30, 183, 100, 237, 153, 114, 134, 73, 13, 0,
    ]

    @Test func aPowerOfZeroMakesAllWhite() throws {
        #expect(try Self.changed("AugGammaContrast gamma=[0,0]").images[0].doubles.allSatisfy { $0 == 255 })
    }

    @Test func manyPoissonCountsHaveTheirMean() throws {
        let text = "SequentialAugmentationContainer\nAugToFloat32\nAugAdditivePoissonNoise lambda=[2000,2000]\nend"
        let found = try Self.changed(text).images[0].doubles
        let added = zip(found, Self.picture().numbers).map { $0 - $1 }
        // The mean of 108 counts of deviation 44.7 has a deviation of 4.3.
        #expect(abs(added.reduce(0, +) / 108 - 2000) < 17)
    }

    /// Noise of single pixels has no correlation: its field is that of sigma 0.05 as well.
    @Test func elasticNoiseMayBeThatOfSinglePixels() throws {
        let sharp = try Self.changed("AugElasticTransform alpha=[1,1] sigma=[0,0]").images[0]
        #expect(try Self.changed("AugElasticTransform alpha=[1,1] sigma=[0.05,0.05]").images[0] == sharp)
        #expect(sharp.doubles != Self.picture().numbers)
    }
}
