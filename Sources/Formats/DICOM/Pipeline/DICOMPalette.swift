public import ImageCore

/// The colors of indices: Palette Color Lookup Tables, PS3.3 C.7.9.
public struct DICOMPalette: Sendable, Hashable {
    /// Red, green and blue.
    public let red, green, blue: DICOMLookupTable

    /// Reads the tables, plain or in segments; `nil` when one is missing.
    public init?(_ dataSet: DICOMDataSet, isSigned: Bool = false) {
        func table(_ descriptor: DICOMTag, _ data: DICOMTag, _ segments: DICOMTag) -> DICOMLookupTable? {
            DICOMLookupTable(dataSet, descriptor: descriptor, data: data, segments: segments, isSigned: isSigned)
        }
        guard
            let red = table(
                .redPaletteColorLookupTableDescriptor, .redPaletteColorLookupTableData,
                .segmentedRedPaletteColorLookupTableData),
            let green = table(
                .greenPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableData,
                .segmentedGreenPaletteColorLookupTableData),
            let blue = table(
                .bluePaletteColorLookupTableDescriptor, .bluePaletteColorLookupTableData,
                .segmentedBluePaletteColorLookupTableData)
        else { return nil }
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// The type of the colors' samples: 8-bit when no table has wider entries.
    public var scalarKind: ScalarKind { max(red.bits, green.bits, blue.bits) <= 8 ? .uint8 : .uint16 }

    /// Replaces indices by their colors.
    ///
    /// - Parameter indices: Stored values with axes y, x.
    /// - Returns: An RGB image with axes y, x, channel of ``scalarKind``; `nil` for images that are no whole numbers.
    public func expanded(_ indices: AnyImage) -> AnyImage? { indices.accept(Expansion(palette: self)) }

    private struct Expansion: ImageVisitor {
        let palette: DICOMPalette

        func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage? {
            guard let indices = WholeNumbers(image) else { return nil }
            return palette.scalarKind == .uint8
                ? .uint8(colors(indices, image) { UInt8(truncatingIfNeeded: $0) })
                : .uint16(colors(indices, image) { $0 })
        }

        private func colors<Scalar: ImageScalar, Shade: ImageScalar>(
            _ indices: WholeNumbers, _ image: Image<Scalar>, _ shade: (UInt16) -> Shade
        ) -> Image<Shade> {
            var result = Image<Shade>(
                axes: image.axes + [.channel], sizes: image.sizes + [3], color: .rgb)
            result.geometry = image.geometry
            result.metadata = image.metadata
            var samples = result.mutableSamples
            for (i, value) in indices.values.enumerated() {
                samples[3 * i] = shade(palette.red[value])
                samples[3 * i + 1] = shade(palette.green[value])
                samples[3 * i + 2] = shade(palette.blue[value])
            }
            return result
        }
    }
}

/// The samples of an image of whole numbers, in C order.
struct WholeNumbers {
    let values: [Int]

    /// `nil` for images of other scalars.
    init?<Scalar: ImageScalar>(_ image: Image<Scalar>) {
        switch image {
        case let image as Image<UInt8>: values = Self.integers(image)
        case let image as Image<Int8>: values = Self.integers(image)
        case let image as Image<UInt16>: values = Self.integers(image)
        case let image as Image<Int16>: values = Self.integers(image)
        case let image as Image<UInt32>: values = Self.integers(image)
        case let image as Image<Int32>: values = Self.integers(image)
        default: return nil
        }
    }

    private static func integers<Scalar: ImageScalar & BinaryInteger>(_ image: Image<Scalar>) -> [Int] {
        let image = image.contiguous()
        let samples = image.samples
        return (0..<samples.count).map { Int(samples[$0]) }
    }
}
