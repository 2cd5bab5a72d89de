import ImageCore

/// Reads the frames of one DICOM file as images.
///
/// What comes out: stored values, unless slope and intercept (or a modality table) lead to whole numbers that an integer type holds; then those values,
/// Hounsfield units for CT. Where slope or intercept is not whole, they stay in the metadata (`rescaleSlope`,
/// `rescaleIntercept`) and the samples as stored. PALETTE COLOR is expanded to RGB unless ``ReadOptions/Palette-swift.enum/labels`` are asked for.
/// MONOCHROME1 keeps its polarity; `photometricInterpretation` in the metadata says so.
public struct DICOMReader: ImageReader {
    /// `DICOM`.
    public var formatName: String { "DICOM" }
    /// The frames.
    public let frames: [FrameInfo]
    /// Everything that the file says before its pixels.
    public let header: DICOMHeader
    /// The decoder of stored values.
    public let pixels: DICOMPixelReader
    private let modalities: [DICOMModality]
    private let palette: DICOMPalette?

    /// Finds and describes the frames.
    ///
    /// - Throws: what ``DICOMPixelReader/init(header:options:)`` throws;
    ///   ``FormatError/Code-swift.struct/corrupt`` for a slope or intercept that is no number.
    public init(_ header: DICOMHeader, options: ReadOptions = ReadOptions()) throws(FormatError) {
        self.header = header
        pixels = try DICOMPixelReader(header: header, options: DICOMPixelOptions(limits: options.limits))
        let format = pixels.format
        let isPalette = format.photometric == .paletteColor && options.palette == .expand
        palette = isPalette ? DICOMPalette(header.dataSet, isSigned: format.isSigned) : nil
        let isGray = pixels.color == .gray && format.numbers == .integers
        if isGray { try DICOMModality.check(header) }
        modalities = isGray ? DICOMModality.frames(header, format) : []
        let geometry = Self.geometry(header.dataSet)
        let metadata = Self.metadata(header, format)
        let (reader, palette, steps) = (pixels, palette, modalities)
        frames = (0..<format.frameCount).map { frame in
            let step = steps.isEmpty ? DICOMModality(.identity) : steps[frame]
            return Self.describe(reader, step, palette, header.dataSet.text(.modality), geometry, metadata)
        }
    }

    /// The samples' type after the modality step, when that is an integer type.
    private static func kind(_ step: DICOMModality, _ format: DICOMPixelFormat) -> ScalarKind? {
        let kind = step.scalarKind(for: format)
        return kind.isFloatingPoint ? nil : kind
    }

    private static func describe(
        _ reader: DICOMPixelReader, _ step: DICOMModality, _ palette: DICOMPalette?, _ modality: String?,
        _ geometry: Geometry?, _ metadata: Metadata
    ) -> FrameInfo {
        let format = reader.format
        if let palette {
            let bits = palette.scalarKind == .uint8 ? 8 : 16
            return FrameInfo(
                axes: [.y, .x, .channel], sizes: [format.rows, format.columns, 3], kind: palette.scalarKind,
                color: .rgb,
                domain: .integer(bits: bits), geometry: geometry, metadata: metadata)
        }
        var (metadata, kind) = (metadata, format.scalarKind)
        var isHounsfield = false
        if let whole = Self.kind(step, format) {
            kind = whole
            isHounsfield = modality == "CT" && step.mapping != .identity && (step.type ?? "HU") == "HU"
        } else if case .linear(let slope, let intercept) = step.mapping {
            metadata["rescaleSlope"] = .number(slope)
            metadata["rescaleIntercept"] = .number(intercept)
        }
        if let type = step.type { metadata["rescaleType"] = .text(type) }
        return FrameInfo(
            axes: reader.axes, sizes: reader.sizes, kind: kind,
            color: format.photometric == .paletteColor ? .labels : reader.color,
            domain: isHounsfield
                ? .hounsfield
                : format.photometric == .paletteColor
                    ? .labels : kind == .uint8 && reader.color == .rgb ? .integer(bits: 8) : .unspecified,
            geometry: geometry, metadata: metadata)
    }

    private static func metadata(_ header: DICOMHeader, _ format: DICOMPixelFormat) -> Metadata {
        var metadata = Metadata()
        metadata["photometricInterpretation"] = .text(format.photometric.term)
        metadata["transferSyntax"] = .text(header.transferSyntax.name)
        let texts: [(String, DICOMTag)] = [
            ("modality", .modality), ("sopClassUID", .sopClassUID), ("sopInstanceUID", .sopInstanceUID),
            ("seriesInstanceUID", .seriesInstanceUID),
        ]
        for (name, tag) in texts {
            if let text = header.dataSet.text(tag) { metadata[name] = .text(text) }
        }
        if let padding = format.paddingValue { metadata["pixelPaddingValue"] = .integer(padding) }
        return metadata
    }

    /// Position, orientation and spacing of a single plane; `nil` without a spacing, not placed without a position or two unit
    /// vectors.
    private static func geometry(_ dataSet: DICOMDataSet) -> Geometry? {
        let spacing = dataSet.doubles(.pixelSpacing)
        guard spacing.count == 2, spacing[0] > 0, spacing[1] > 0 else { return nil }
        var geometry = Geometry(spacingMillimetres: SIMD3(spacing[1], spacing[0], 1))
        let (position, rows) = (dataSet.doubles(.imagePositionPatient), dataSet.doubles(.imageOrientationPatient))
        geometry.isPlaced = false
        guard position.count == 3, rows.count == 6 else { return geometry }
        let (x, y) = (SIMD3(rows[0], rows[1], rows[2]), SIMD3(rows[3], rows[4], rows[5]))
        // Headers round: the squares of lengths may be off by a tenth.
        guard [x, y].allSatisfy({ abs(($0 * $0).sum() - 1) < 0.1 }) else { return geometry }
        let z = SIMD3(x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x)
        geometry.originMillimetres = SIMD3(position[0], position[1], position[2])
        geometry.direction = Direction(x: x, y: y, z: z)
        geometry.frameOfReference = dataSet.text(.frameOfReferenceUID)
        geometry.isPlaced = true
        return geometry
    }

    /// Decodes one frame to what ``frames`` describes.
    ///
    /// - Throws: what ``DICOMPixelReader/readStored(frame:into:)`` throws.
    public func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard frames.indices.contains(index), bytes.byteCount == frames[index].byteCount else {
            throw FormatError(
                .invalidRequest, file: header.name, expected: "a frame below \(frames.count) and its bytes",
                found: "frame \(index) and \(bytes.byteCount) bytes")
        }
        if let palette {
            guard let colors = try palette.expanded(pixels.storedImage(frame: index)) else {
                throw FormatError(.corrupt, file: header.name, expected: "indices", found: "other numbers")
            }
            return colors.copyBytes(into: &bytes)
        }
        let step = modalities.isEmpty ? DICOMModality(.identity) : modalities[index]
        if step.mapping == .identity || Self.kind(step, pixels.format) == nil {
            try pixels.readStored(frame: index, into: &bytes)
        } else {
            step.applied(to: try pixels.storedImage(frame: index), as: frames[index].kind).copyBytes(into: &bytes)
        }
    }
}
