import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Smooth pictures and volumes with a box of label 7, its corners and center, for tests of what moves pixels.
enum GeometricSample {
    static let size = SpatialSize(x: 44, y: 34)
    static let volumeSize = SpatialSize(x: 18, y: 16, z: 14)

    private static func value(_ p: SIMD3<Double>) -> Double {
        let q = p * SIMD3(1, 2, 3)
        return 120 + 60 * bump(p.x, 11) + 40 * bump(p.y, 9) - 30 * bump(q.sum() / 3, 23)
    }

    /// Smooth, with a period.
    private static func bump(_ x: Double, _ period: Double) -> Double {
        let t = (x / period - (x / period).rounded(.down)) * 2 - 1
        return 1 - 2 * (1 - t * t) * (1 - t * t)
    }

    /// A gray picture; every other label is 3 on the left.
    static func picture(size: SpatialSize = size) -> Sample {
        var image = Image<UInt8>(axes: [.y, .x], sizes: [size.y, size.x], color: .gray)
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [size.y, size.x], color: .labels, domain: .labels)
        for y in 0..<size.y {
            for x in 0..<size.x {
                image[y, x] = UInt8(min(max(value(SIMD3(Double(x), Double(y), 0)), 0), 255))
                labels[y, x] = (18..<28).contains(x) && (13..<20).contains(y) ? 7 : x < 6 ? 3 : 0
            }
        }
        return sample(.uint8(image), .uint8(labels), SIMD3(18, 13, 0), SIMD3(28, 20, 1), isVolume: false)
    }

    /// A volume in Hounsfield units with slices of 2.5 mm.
    static func volume() -> Sample {
        let size = volumeSize
        var image = Image<Int16>(
            axes: [.z, .y, .x], sizes: [size.z, size.y, size.x], color: .gray, domain: .hounsfield)
        image.geometry = Geometry(spacingMillimetres: SIMD3(1, 1.25, 2.5))
        var labels = Image<UInt8>(
            axes: [.z, .y, .x], sizes: [size.z, size.y, size.x], color: .labels, domain: .labels)
        labels.geometry = image.geometry
        for z in 0..<size.z {
            for y in 0..<size.y {
                for x in 0..<size.x {
                    image[z, y, x] = Int16(2 * value(SIMD3(Double(x), Double(y), Double(z))) - 300)
                    let inside = (7..<12).contains(x) && (6..<11).contains(y) && (5..<9).contains(z)
                    labels[z, y, x] = inside ? 7 : x < 3 ? 3 : 0
                }
            }
        }
        return sample(.int16(image), .uint8(labels), SIMD3(7, 6, 5), SIMD3(12, 11, 9), isVolume: true)
    }

    private static func sample(
        _ image: AnyImage, _ labels: AnyImage, _ lower: SIMD3<Double>, _ upper: SIMD3<Double>, isVolume: Bool
    ) -> Sample {
        var center = (lower + upper) / 2
        if !isVolume { center.z = 0 }
        return Sample(
            images: [image], labels: [labels], boxes: [BoundingBox(lower: lower, upper: upper, label: 7)],
            points: [center])
    }

    /// One step of a pipeline.
    static func pipeline(_ step: String) throws -> Pipeline {
        try Pipeline(parsing: "{tessera_pipeline: 1, steps: [\(step)]}")
    }

    static func key(_ number: Int) -> DrawKey { DrawKey(seed: UInt64(number), sample: "a") }

    /// The samples of any image as numbers.
    static func values(_ image: AnyImage) -> [Double] {
        let image = image.converted(to: Double.self).contiguous()
        return (0..<image.count).map { image.samples[$0] }
    }
}

/// A step of a pipeline, and what reaches it.
struct GeometricCase: Sendable, CustomTestStringConvertible {
    let step: String
    let isVolume: Bool
    var testDescription: String { (isVolume ? "volume " : "") + step }
    var sample: Sample { isVolume ? GeometricSample.volume() : GeometricSample.picture() }

    private static let pictures = [
        "rotate90", "transpose", "d4", "flip: {x: 0.5, y: 0.5}",
        "affine: {rotate: {uniform: [-20, 20]}, scale: {uniform: [0.9, 1.2]}, shear: {uniform: [-5, 5]}, translate: {uniform: [-0.1, 0.1]}}",
        "perspective: {scale: 0.08}", "elastic: {max_displacement: 3}", "elastic_gaussian: {alpha: 12, sigma: 4}",
        "grid_distortion", "optical_distortion: {k: {uniform: [-0.2, 0.2]}}", "thin_plate: {deviation: 0.03}",
        "piecewise_affine: {deviation: 0.1}",
        "random_crop: {size: [30, 24]}", "random_crop: {size: [60, 24], pad: true}", "center_crop: {size: [31, 24]}",
        "crop_or_pad: {size: [40, 50]}", "pad: {amount: [3, 5]}",
        "resized_crop: {size: [40, 32], scale: {uniform: [0.3, 1]}}", "crop_nonempty: {size: [24, 20], ignore: [3]}",
        "crop_by_label: {size: [24, 20], positive: 3}",
        "crop_by_class: {size: [24, 20], ratios: [1, 0, 0, 1, 0, 0, 0, 4]}",
        "weighted_crop: {size: [24, 20]}", "resize: {size: [60, 30]}", "zoom: {factor: {uniform: [0.7, 1.3]}}",
        "zoom: {factor: [{uniform: [0.9, 1.5]}, 1.2], keep_size: false}",
    ]
    private static let volumes = [
        "cube48", "rotate90: {axis: x}", "transpose",
        "affine: {rotate: [{uniform: [-10, 10]}, 5, {uniform: [-20, 20]}], scale: {uniform: [0.9, 1.1]}}",
        "elastic: {max_displacement: 1.5}", "elastic_gaussian: {alpha: 10, sigma: 3}",
        "grid_distortion: {cells: 3, limit: 0.2}",
        "piecewise_affine: {deviation: 0.08, cells: 3}", "perspective: {scale: 0.05}",
        "random_crop: {size: [12, 10, 9]}",
        "crop_nonempty: {size: [10, 9, 8]}", "resized_crop: {size: [14, 14, 14], scale: {uniform: [0.4, 1]}}",
        "resize: {size: [16]}", "zoom: {factor: 1.1}", "spacing: {spacing: [1, 1, {uniform: [1.8, 2.2]}]}",
        "orientation: {code: RAS}",
        "orientation: {code: SPL}",
    ]
    private static let valuesOnly =
        ["low_resolution", "downscale"].map { GeometricCase(step: $0, isVolume: false) }
        + ["low_resolution", "anisotropy"].map { GeometricCase(step: $0, isVolume: true) }

    private static func cases(_ steps: [String], _ isVolume: Bool) -> [GeometricCase] {
        steps.map { GeometricCase(step: $0.contains(":") ? "{\($0)}" : $0, isVolume: isVolume) }
    }

    /// Every transform that moves pixels.
    static let moving = cases(pictures, false) + cases(volumes, true)
    /// Every transform of the geometric groups.
    static let all = moving + valuesOnly
}
