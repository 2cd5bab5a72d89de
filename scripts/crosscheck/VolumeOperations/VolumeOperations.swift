import Formats
import ImageCore
import ImageProcessing
import Radiology

/// Applies one operation of the library to a volume file, for `volume_operations.py` to compare with other libraries.
///
/// usage: volume-operations OPERATION IN.nii OUT.nii [ARGUMENT…]
@main
struct VolumeOperations {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 3 else { fatalError("expected an operation, a file to read and one to write") }
        let image = try FormatTable.standard.readImage(path: arguments[1])
        let result = try apply(arguments[0], to: image, Array(arguments.dropFirst(3)))
        try NIfTIEncoder(version: .nifti2).write(result, to: arguments[2])
    }

    private static func apply(_ operation: String, to image: AnyImage, _ words: [String]) throws -> AnyImage {
        switch operation {
        case "resample":
            let numbers = words.prefix(3).compactMap { Double($0) }
            return try image.resampled(
                toSpacingMillimetres: SIMD3(numbers[0], numbers[1], numbers[2]),
                interpolation: words[3] == "nearest" ? .nearest : .linear)
        case "reorient": return try image.reoriented(to: Orientation(words[0]) ?? .lps).contiguous()
        case "crop":
            let mask = try FormatTable.standard.readImage(path: words[0]).mask
            return try image.cropped(toMask: mask, marginMillimetres: Double(words[1]) ?? 0).contiguous()
        case "window":
            let (center, width) = (Double(words[0]) ?? 0, Double(words[1]) ?? 1)
            guard let window = IntensityWindow(center: center, width: width) else { fatalError("no window") }
            return .uint8(image.windowed(window))
        case "components":
            return .int32(try VolumeComponents(of: image.mask, connectivity: connectivity(words[0])).labels)
        case "fill": return .bool(try image.mask.fillingVolumeHoles(connectivity: connectivity(words[0])))
        case "body": return .bool(try BodySegmentation().mask(of: image))
        case "lungs": return .uint8(try LungSegmentation().segment(image).labels)
        default: return .bool(try changed(image.mask, operation, words))
        }
    }

    private static func changed(_ mask: Image<Bool>, _ operation: String, _ words: [String]) throws -> Image<Bool> {
        let numbers = words.dropFirst().compactMap { Double($0) }
        let element: VolumeStructuringElement =
            words[0] == "box"
            ? .box(x: Int(numbers[0]), y: Int(numbers[1]), z: Int(numbers[2]))
            : .ball(radiusMillimetres: numbers[0], spacingMillimetres: SIMD3(numbers[1], numbers[2], numbers[3]))
        switch operation {
        case "dilate": return try mask.dilated(by: element)
        case "erode": return try mask.eroded(by: element)
        case "open": return try mask.opened(by: element)
        case "close": return try mask.closed(by: element)
        default: fatalError("no operation of the name \(operation)")
        }
    }

    private static func connectivity(_ word: String) -> VolumeConnectivity {
        switch word {
        case "6": .six
        case "18": .eighteen
        case "26": .twentySix
        case "4": .sliceFour
        default: .sliceEight
        }
    }
}

extension AnyImage {
    /// Where the samples are not 0.
    fileprivate var mask: Image<Bool> { accept(NonZero()) }
}

private struct NonZero: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Bool> { image.map { $0 != .zero } }
}
