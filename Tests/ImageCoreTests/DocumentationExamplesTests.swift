import ImageCore
import Testing

/// The examples of the article "Working with images", word for word.
@Suite struct DocumentationExamplesTests {
    struct Largest: NumericImageVisitor {
        func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> Double {
            try image.maximum().doubleValue
        }

        func visit(mask: Image<Bool>) throws(ImageError) -> Double { mask.contains(true) ? 1 : 0 }
    }

    private var picture: Image<UInt8> {
        var picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [480, 640, 3], repeating: 255, color: .rgb)
        picture.geometry = Geometry(mppX: 0.25, mppY: 0.25)
        picture[10, 20, 0] = 0
        return picture
    }

    @Test func `look at a part`() {
        let corner = picture.cropped(to: PixelRect(x: 16, y: 8, width: 64, height: 64))
        let red = corner.slice(.channel, at: 0)
        let mirrored = corner.flipped(.x)
        #expect(red[2, 4] == 0 && mirrored[2, 59, 0] == 0)
        #expect(corner.geometry?.position(x: 4, y: 2) == picture.geometry?.position(x: 20, y: 10))

        var painted = corner
        painted.fill(128)
        #expect(corner[2, 4, 0] == 0 && painted[2, 4, 0] == 128)
    }

    @Test func `calculate`() throws {
        let picture = picture.cropped(to: PixelRect(x: 16, y: 8, width: 8, height: 8))
        let red = picture.slice(.channel, at: 0)
        let negative = 255 - picture
        let brighter = try picture + picture
        let difference = try picture.subtracting(negative, as: Int16.self)
        let mask = red.mask { $0 < 128 }
        let covered = Double(mask.trueCount) / Double(mask.count)
        #expect(brighter == picture)
        #expect(difference[2, 4, 0] == -255)
        #expect(covered == 1.0 / 64)
    }

    @Test func `convert`() throws {
        let picture = picture.cropped(to: PixelRect(x: 16, y: 8, width: 8, height: 8))
        let numbers = picture.converted(to: Float.self)
        let fractions = try picture.rescaled(to: Float.self)
        let gray = try picture.converted(to: .gray)
        let stains = try fractions.converted(to: .hed)
        #expect(numbers[0, 0, 0] == 255 && fractions[0, 0, 0] == 1 && gray[2, 4] == 179 && stains.color == .hed)
    }

    @Test func `change size and order`() throws {
        let picture = picture.cropped(to: PixelRect(x: 0, y: 0, width: 32, height: 32))
        let corner = picture
        let mirrored = corner.flipped(.x)
        let overview = try picture.reduced(by: 16)
        let planar = try picture.rearranged(to: [.channel, .y, .x])
        let pair = try Image.concatenated([corner, mirrored], along: .x)
        #expect(overview.sizes == [2, 2, 3] && planar.sizes == [3, 32, 32] && pair.sizes == [32, 64, 3])
    }

    @Test func `reach the samples`() {
        let corner = picture.cropped(to: PixelRect(x: 16, y: 8, width: 64, height: 64))
        let row = corner[row: 3]
        var total = 0
        for i in 0..<row.count { total += Int(row[i]) }
        #expect(total == 64 * 3 * 255)

        var painted = corner
        var samples = painted.mutableSamples
        for i in 0..<samples.count { samples[i] = UInt8(truncatingIfNeeded: i) }
        #expect(painted[0, 1, 0] == 3 && corner[0, 1, 0] == 255)
    }

    @Test func `work on any scalar`() throws {
        let any = AnyImage(picture.cropped(to: PixelRect(x: 0, y: 0, width: 4, height: 4)))
        let largest = try any.accept(numeric: Largest())
        #expect(largest == 255)
    }
}
