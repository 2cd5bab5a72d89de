import Formats
import ImageCore
import TestSupport

private struct SampleBytes: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt8] {
        let image = image.contiguous()
        let bytes = image.bytes
        return (0..<bytes.byteCount).map { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
}

extension AnyImage {
    /// The samples in C order and the machine's byte order.
    var rawBytes: [UInt8] { accept(SampleBytes()) }

    /// The samples as numbers.
    var numbers: [Double] {
        let image = converted(to: Double.self).contiguous()
        return (0..<image.layout.count).map { image.samples[$0] }
    }

    /// An image of random samples: any bits for integers, plain numbers for floating point.
    static func random(
        _ kind: ScalarKind, axes: [Axis], sizes: [Int], seed: UInt64, color: ColorModel = .gray
    ) -> AnyImage {
        var generator = SeededGenerator(seed: seed)
        let image = Image<Double>(axes: axes, sizes: sizes, color: color) { (samples: inout MutableSpan<Double>) in
            for i in 0..<samples.count {
                let value = Double.random(in: -300_000...300_000, using: &generator)
                samples[i] = kind == .bool ? (value > 0 ? 1 : 0) : kind == .float16 ? value / 1000 : value
            }
        }
        return AnyImage(image).converted(to: kind)
    }
}

/// Bytes with one unsigned 8-bit number replaced.
func replacing(_ bytes: [UInt8], at offset: Int, with values: [UInt8]) -> [UInt8] {
    var result = bytes
    result.replaceSubrange(offset..<offset + values.count, with: values)
    return result
}

/// An oblique geometry with different distances along every axis.
let obliqueGeometry: Geometry = {
    // A turn about (1, 2, 3) by 40 degrees, by Rodrigues' formula.
    let axis = SIMD3<Double>(1, 2, 3) / 14.0.squareRoot()
    let (sine, cosine) = (0.6427876096865393, 0.766044443118978)
    func turned(_ v: SIMD3<Double>) -> SIMD3<Double> {
        let cross = SIMD3(
            axis.y * v.z - axis.z * v.y, axis.z * v.x - axis.x * v.z, axis.x * v.y - axis.y * v.x)
        return v * cosine + cross * sine + axis * ((axis * v).sum() * (1 - cosine))
    }
    return Geometry(
        spacingMillimetres: SIMD3(0.75, 1.5, 2.25), originMillimetres: SIMD3(-120.5, 33.25, 801.125),
        direction: Direction(x: turned(SIMD3(1, 0, 0)), y: turned(SIMD3(0, 1, 0)), z: turned(SIMD3(0, 0, 1))))
}()

/// The largest distance between the places that two geometries give the corners of a cube of 100 voxels.
func distance(_ a: Geometry, _ b: Geometry) -> Double {
    var largest = 0.0
    for corner in 0..<8 {
        let index = (0..<3).map { corner >> $0 & 1 == 1 ? 100.0 : 0 }
        let difference =
            a.position(x: index[0], y: index[1], z: index[2]) - b.position(x: index[0], y: index[1], z: index[2])
        largest = max(largest, (difference * difference).sum().squareRoot())
    }
    return largest
}
