import Augment
import ImageCore
import ImageProcessing
import Testing

/// Places that are refused are told as people write them, in one line.
@Suite("Messages about places")
struct PlaceMessages {
    private func refusal(_ sample: Sample) throws -> String? {
        let pipeline = try Pipeline(parsing: "{tessera_pipeline: 1, steps: [{flip: {x: 1}}]}")
        do throws(AugmentError) {
            _ = try pipeline.apply(to: sample, key: DrawKey(seed: 1, sample: "a"))
        } catch {
            return "\(error)"
        }
        return nil
    }

    private let picture = AnyImage.uint8(Image<UInt8>(axes: [.y, .x], sizes: [30, 40], color: .gray))
    private let volume = AnyImage.uint8(Image<UInt8>(axes: [.z, .y, .x], sizes: [5, 30, 40], color: .gray))

    @Test func `points outside`() throws {
        let points = [SIMD3(1.0, 2, 3), SIMD3(50, 3.25, 0)]
        #expect(
            try refusal(Sample(images: [picture], points: points))
                == "point 2: expected a place inside the image of 40 x 30, found (50, 3.25)")
        #expect(
            try refusal(Sample(images: [volume], points: points))
                == "point 2: expected a place inside the image of 40 x 30 x 5, found (50, 3.25, 0)")
    }

    @Test func `boxes outside or of corners out of order`() throws {
        let box = BoundingBox(lower: SIMD3(-1, 2, 0), upper: SIMD3(3, 4.5, 1))
        #expect(
            try refusal(Sample(images: [picture], boxes: [box]))
                == "box 1: expected corners in order and inside the image of 40 x 30, found (-1, 2) to (3, 4.5)")
        #expect(
            try refusal(Sample(images: [volume], boxes: [box]))
                == "box 1: expected corners in order and inside the image of 40 x 30 x 5, found (-1, 2, 0) to (3, 4.5, 1)"
        )
    }

    @Test func `polygons that are nowhere`() throws {
        let ring = [SIMD3(1.0, 1, 0), SIMD3(.nan, 2, 0), SIMD3(3, 3, 0)]
        #expect(
            try refusal(Sample(images: [picture], polygons: [ring]))
                == "polygon 1: expected finite coordinates, found (nan, 2)")
    }
}
