import Augment
import ImageCore
import Testing

/// What a transform makes of one image.
func applied(_ transform: any Transform, to image: AnyImage, seed: UInt64 = 1, workers: Int = 1) throws -> AnyImage {
    let key = DrawKey(seed: seed, sample: "a")
    return try Pipeline(transform).apply(to: Sample(image), key: key, workers: workers).sample.images[0]
}

/// What a transform makes of a picture of bytes.
func bytes(_ transform: any Transform, of image: Image<UInt8>, seed: UInt64 = 1) throws -> [UInt8] {
    guard case .uint8(let result) = try applied(transform, to: .uint8(image), seed: seed) else {
        Issue.record("another type")
        return []
    }
    return result.all
}

extension Image {
    /// All samples in C order.
    var all: [Scalar] {
        let source = contiguous()
        return (0..<source.count).map { source.samples[$0] }
    }
}

extension AnyImage {
    /// All samples in C order, as they are.
    var doubles: [Double] { converted(to: Double.self).all }
}

/// A picture in RGB whose pixels look like stained tissue, with black and white among them.
func stainedPicture(width: Int = 23, height: Int = 17) -> Image<UInt8> {
    var image = Image<UInt8>(
        axes: [.y, .x, .channel], sizes: [height, width, 3], color: .rgb, domain: .integer(bits: 8))
    for y in 0..<height {
        for x in 0..<width {
            let (a, b) = ((7 * x + 3 * y) % 17, (5 * x + 11 * y) % 13)
            let pixel = [235 - 8 * a - 2 * b, 230 - 9 * a - 7 * b, 240 - 5 * a - 3 * b]
            for c in 0..<3 { image[y, x, c] = UInt8(pixel[c]) }
        }
    }
    for c in 0..<3 { (image[0, 0, c], image[0, 1, c]) = (0, 255) }
    return image
}

/// Hounsfield units in a row.
func hounsfieldRow(_ values: [Int16] = [-1000, -200, 0, 300]) -> AnyImage {
    var image = Image<Int16>(axes: [.y, .x], sizes: [1, values.count], color: .gray, domain: .hounsfield)
    for (x, value) in values.enumerated() { image[0, x] = value }
    return .int16(image)
}

/// A transform read from a pipeline file.
func transform(_ text: String) throws -> Pipeline {
    try Pipeline(parsing: "{tessera_pipeline: 1, steps: [\(text)]}")
}
