import ImageCore
import TestSupport

extension Image where Scalar: FixedWidthInteger {
    /// A volume of random samples with the axes z, y, x.
    static func randomVolume(
        depth: Int, height: Int, width: Int, in range: ClosedRange<Scalar>, geometry: Geometry? = nil, seed: UInt64
    ) -> Image {
        var generator = SeededGenerator(seed: seed)
        var image = Image(axes: [.z, .y, .x], sizes: [depth, height, width]) {
            for i in 0..<$0.count { $0[i] = Scalar.random(in: range, using: &generator) }
        }
        image.geometry = geometry
        return image
    }
}

extension Image<Bool> {
    /// A mask of random voxels with the axes z, y, x.
    static func randomVolume(
        depth: Int, height: Int, width: Int, density: Double, geometry: Geometry? = nil, seed: UInt64
    ) -> Image<Bool> {
        var generator = SeededGenerator(seed: seed)
        var image = Image(axes: [.z, .y, .x], sizes: [depth, height, width], color: .labels, domain: .labels) {
            for i in 0..<$0.count { $0[i] = Double.random(in: 0..<1, using: &generator) < density }
        }
        image.geometry = geometry
        return image
    }
}

extension Geometry {
    /// A geometry that is oblique by some degrees about all axes.
    static let oblique = Geometry(
        spacingMillimetres: SIMD3(0.7, 0.8, 2.5), originMillimetres: SIMD3(-12, 34, -56.5),
        direction: Direction(
            x: SIMD3(0.9659258262890683, 0.2588190451025207, 0),
            y: SIMD3(-0.24321034680169695, 0.9076733711903686, 0.3420201433256687),
            z: SIMD3(0.08852132690137686, -0.33036609549352805, 0.9396926207859084)))
}

/// The value of each voxel by its place in space, in micrometres.
func samplesByPlace<Scalar>(_ image: Image<Scalar>) -> [SIMD3<Int>: Scalar] {
    guard let geometry = image.geometry else { return [:] }
    var result: [SIMD3<Int>: Scalar] = [:]
    for z in 0..<image.depth {
        for y in 0..<image.height {
            for x in 0..<image.width {
                let place = geometry.position(x: Double(x), y: Double(y), z: Double(z)) * 1000
                result[SIMD3(Int(place.x.rounded()), Int(place.y.rounded()), Int(place.z.rounded()))] = image[z, y, x]
            }
        }
    }
    return result
}
