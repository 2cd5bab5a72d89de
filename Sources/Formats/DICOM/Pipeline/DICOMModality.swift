public import ImageCore

/// What turns stored values into values with a meaning, Hounsfield units for example: PS3.3 C.11.1.
public struct DICOMModality: Sendable, Hashable {
    /// How values are turned.
    public enum Mapping: Sendable, Hashable {
        /// They stay as they are.
        case identity
        /// `slope · stored + intercept`.
        case linear(slope: Double, intercept: Double)
        /// By a table.
        case table(DICOMLookupTable)
    }

    /// How values are turned.
    public var mapping: Mapping
    /// What the values are then, as the file says: `HU`, `OD`, `US` (unspecified), or nothing.
    public var type: String?

    /// A transformation by its parts.
    public init(_ mapping: Mapping, type: String? = nil) {
        self.mapping = mapping
        self.type = type
    }

    /// Reads Modality LUT Sequence, else Rescale Slope and Intercept; identity without either.
    ///
    /// A slope of 0, which would erase the image, is not applied.
    public init(_ dataSet: DICOMDataSet, isSigned: Bool) {
        if let item = dataSet.items(.modalityLUTSequence).first,
            let table = DICOMLookupTable(item, descriptor: .lutDescriptor, data: .lutData, isSigned: isSigned)
        {
            self.init(.table(table), type: item.text(DICOMTag(0x0028, 0x3004)))
            return
        }
        let (slope, intercept) = (dataSet.double(.rescaleSlope), dataSet.double(.rescaleIntercept))
        let type = dataSet.text(.rescaleType)
        guard slope != nil || intercept != nil, slope != 0 else {
            self.init(.identity, type: type)
            return
        }
        self.init(.linear(slope: slope ?? 1, intercept: intercept ?? 0), type: type)
    }

    /// Refuses a slope or intercept that is there and no finite number: nothing would tell what the values mean.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` with the attribute and its text.
    static func check(_ header: DICOMHeader) throws(FormatError) {
        let groups = [DICOMTag.sharedFunctionalGroupsSequence, .perFrameFunctionalGroupsSequence].flatMap {
            header.dataSet.items($0).flatMap { $0.items(.pixelValueTransformationSequence) }
        }
        for data in [header.dataSet] + groups where data.items(.modalityLUTSequence).isEmpty {
            for tag in [DICOMTag.rescaleSlope, .rescaleIntercept] {
                guard let text = data.invalidNumbers(tag) else { continue }
                throw FormatError(
                    .corrupt, file: header.name, place: tag.description, expected: "a number", found: "\"\(text)\"")
            }
        }
    }

    /// The transformation of each frame: from the per-frame functional groups, the shared ones, or the data set itself.
    ///
    /// - Returns: As many as there are frames.
    public static func frames(_ header: DICOMHeader, _ format: DICOMPixelFormat) -> [DICOMModality] {
        let isSigned = format.isSigned
        func transformation(_ group: DICOMDataSet) -> DICOMModality? {
            group.items(.pixelValueTransformationSequence).first.map { DICOMModality($0, isSigned: isSigned) }
        }
        let shared = header.dataSet.items(.sharedFunctionalGroupsSequence).first.flatMap(transformation)
        let common = shared ?? DICOMModality(header.dataSet, isSigned: isSigned)
        var frames = [DICOMModality](repeating: common, count: format.frameCount)
        for (i, group) in header.dataSet.items(.perFrameFunctionalGroupsSequence).prefix(frames.count).enumerated() {
            if let own = transformation(group) { frames[i] = own }
        }
        return frames
    }

    /// The smallest type that holds every value that can come out: the stored type, Int16, Int32, or Float32 where slope or intercept is no
    /// whole number.
    public func scalarKind(for format: DICOMPixelFormat) -> ScalarKind {
        switch mapping {
        case .identity: return format.scalarKind
        case .table(let table): return table.bits <= 8 ? .uint8 : .uint16
        case .linear(let slope, let intercept):
            if slope == 1 && intercept == 0 { return format.scalarKind }
            guard let range = format.valueRange else { return format.scalarKind }
            guard slope.rounded() == slope, intercept.rounded() == intercept else { return .float32 }
            let ends = [Double(range.lowerBound) * slope + intercept, Double(range.upperBound) * slope + intercept]
            let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
            if low >= -32768 && high <= 32767 { return .int16 }
            if low >= 0 && high <= 65535 { return .uint16 }
            return low >= -2_147_483_648 && high <= 2_147_483_647 ? .int32 : .float32
        }
    }

    /// Turns stored values.
    ///
    /// - Parameters:
    ///   - stored: Stored values of one frame, or of several with the same transformation.
    ///   - kind: The type of the result: that of ``scalarKind(for:)``, or a floating-point type. Values beyond an integer type's range
    ///     saturate.
    /// - Returns: An image of the same axes.
    public func applied(to stored: AnyImage, as kind: ScalarKind) -> AnyImage {
        if case .identity = mapping, stored.kind == kind { return stored }
        return stored.accept(Application(mapping: mapping, kind: kind))
    }

    private struct Application: ImageVisitor {
        let mapping: Mapping
        let kind: ScalarKind

        func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage {
            switch image {
            case let image as Image<UInt8>: integers(image)
            case let image as Image<Int8>: integers(image)
            case let image as Image<UInt16>: integers(image)
            case let image as Image<Int16>: integers(image)
            case let image as Image<UInt32>: integers(image)
            case let image as Image<Int32>: integers(image)
            case let image as Image<Float>: numbers(image) { Double($0) }
            case let image as Image<Double>: numbers(image) { $0 }
            default: preconditionFailure("stored values are of the types that pixels are decoded to")
            }
        }

        private func integers<Scalar: ImageScalar & BinaryInteger>(_ image: Image<Scalar>) -> AnyImage {
            if case .table(let table) = mapping { return result(image) { Double(table[Int($0)]) } }
            return numbers(image) { Double($0) }
        }

        private func numbers<Scalar: ImageScalar>(_ image: Image<Scalar>, _ number: (Scalar) -> Double) -> AnyImage {
            guard case .linear(let slope, let intercept) = mapping else { return result(image, number) }
            return result(image) { number($0) * slope + intercept }
        }

        private func result<Scalar: ImageScalar>(_ image: Image<Scalar>, _ value: (Scalar) -> Double) -> AnyImage {
            switch kind {
            case .uint8: .uint8(image.map { UInt8(saturating(value($0), 0, 255)) })
            case .int8: .int8(image.map { Int8(saturating(value($0), -128, 127)) })
            case .uint16: .uint16(image.map { UInt16(saturating(value($0), 0, 65535)) })
            case .int16: .int16(image.map { Int16(saturating(value($0), -32768, 32767)) })
            case .uint32: .uint32(image.map { UInt32(saturating(value($0), 0, 4_294_967_295)) })
            case .int32: .int32(image.map { Int32(saturating(value($0), -2_147_483_648, 2_147_483_647)) })
            case .float64: .float64(image.map { value($0) })
            default: .float32(image.map { Float(value($0)) })
            }
        }

        private func saturating(_ value: Double, _ low: Double, _ high: Double) -> Double {
            value.isNaN ? 0 : max(low, min(high, value.rounded(.toNearestOrAwayFromZero)))
        }
    }
}
