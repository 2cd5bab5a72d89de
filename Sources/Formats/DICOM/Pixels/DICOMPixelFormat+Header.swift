extension DICOMPixelFormat {
    /// Reads the description from a data set.
    ///
    /// A missing Bits Stored is Bits Allocated, a missing High Bit is one less than Bits Stored, a missing Number of Frames is 1.
    /// A Pixel Padding Value is read with the sign that Pixel Representation states, whatever its VR.
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` naming the element that is missing or cannot be right.
    public init(_ header: DICOMHeader) throws(FormatError) {
        try self.init(header.dataSet, place: header.pixelData, name: header.name)
    }

    init(_ dataSet: DICOMDataSet, place: DICOMPixelDataPlace?, name: String) throws(FormatError) {
        func required(_ tag: DICOMTag) throws(FormatError) -> Int {
            guard let value = dataSet.integer(tag) else {
                throw FormatError(
                    .corrupt, file: name, place: tag.description, expected: "a description of pixels", found: "none")
            }
            return value
        }
        let numbers: Numbers =
            switch place?.tag {
            case .floatPixelData: .float32
            case .doubleFloatPixelData: .float64
            default: .integers
            }
        let samples = dataSet.integer(.samplesPerPixel) ?? 1
        let photometric = Self.photometric(dataSet, samples: samples)
        if numbers != .integers { try Self.checkMapping(dataSet, photometric, name) }
        let fallback = numbers == .integers ? nil : numbers == .float32 ? 32 : 64
        let bitsAllocated =
            if let fallback { dataSet.integer(.bitsAllocated) ?? fallback } else { try required(.bitsAllocated) }
        self.init(
            rows: try required(.rows), columns: try required(.columns), samplesPerPixel: samples,
            bitsAllocated: bitsAllocated, bitsStored: dataSet.integer(.bitsStored),
            highBit: dataSet.integer(.highBit),
            isSigned: numbers == .integers ? try Self.isSigned(dataSet, samples: samples, name) : false,
            numbers: numbers, photometric: photometric,
            isPlanar: samples > 1 && dataSet.integer(.planarConfiguration) == 1,
            frameCount: max(1, try dataSet.declaredFrames(file: name)))
        try check(name)
        paddingValue = dataSet.integer(.pixelPaddingValue).map(signed)
        paddingRangeLimit = dataSet.integer(.pixelPaddingRangeLimit).map(signed)
    }

    /// Whether Pixel Representation states a sign; colors have none, so that they do without it.
    private static func isSigned(_ dataSet: DICOMDataSet, samples: Int, _ name: String) throws(FormatError) -> Bool {
        let stated = dataSet.integer(.pixelRepresentation)
        if let stated, (0...1).contains(stated) { return stated == 1 }
        let isAbsent = !dataSet.hasValue(.pixelRepresentation)
        if isAbsent, samples > 1 { return false }
        throw FormatError(
            .corrupt, file: name, place: DICOMTag.pixelRepresentation.description,
            expected: "0 (unsigned) or 1 (signed)",
            found: isAbsent ? "none" : dataSet.text(.pixelRepresentation) ?? "no number")
    }

    /// Refuses a modality table or a palette for floating-point numbers: tables map whole ones (PS3.3 C.11.1.1, C.7.6.3.1.2).
    private static func checkMapping(
        _ dataSet: DICOMDataSet, _ photometric: DICOMPhotometric, _ name: String
    ) throws(FormatError) {
        let table: DICOMTag? =
            photometric == .paletteColor
            ? .photometricInterpretation
            : dataSet.items(.modalityLUTSequence).isEmpty ? nil : .modalityLUTSequence
        guard let table else { return }
        throw FormatError(
            .corrupt, file: name, place: table.description, expected: "whole numbers, which a table maps",
            found: "floating-point pixel data")
    }

    private static func photometric(_ dataSet: DICOMDataSet, samples: Int) -> DICOMPhotometric {
        if let term = dataSet.text(.photometricInterpretation) { return DICOMPhotometric(term: term) }
        return samples == 3 ? .rgb : .monochrome2
    }

    /// Reads a 16-bit pattern with the sign of the pixels.
    private func signed(_ value: Int) -> Int {
        guard numbers == .integers, bitsAllocated <= 16 else { return value }
        return isSigned ? Int(Int16(truncatingIfNeeded: value)) : Int(UInt16(truncatingIfNeeded: value))
    }

    private mutating func check(_ name: String) throws(FormatError) {
        func refuse(_ tag: DICOMTag, _ expected: String, _ found: Int) -> FormatError {
            FormatError(.corrupt, file: name, place: tag.description, expected: expected, found: "\(found)")
        }
        guard (1...65535).contains(rows) else { throw refuse(.rows, "1 to 65535 rows", rows) }
        guard (1...65535).contains(columns) else { throw refuse(.columns, "1 to 65535 columns", columns) }
        guard (1...16).contains(samplesPerPixel) else {
            throw refuse(.samplesPerPixel, "1 to 16 samples per pixel", samplesPerPixel)
        }
        switch numbers {
        case .integers:
            guard (1...32).contains(bitsAllocated) else {
                throw FormatError(
                    (1...64).contains(bitsAllocated) ? .unsupported : .corrupt, file: name,
                    place: DICOMTag.bitsAllocated.description, expected: "1 to 32 bits", found: "\(bitsAllocated)")
            }
        case .float32: guard bitsAllocated == 32 else { throw refuse(.bitsAllocated, "32 bits", bitsAllocated) }
        case .float64: guard bitsAllocated == 64 else { throw refuse(.bitsAllocated, "64 bits", bitsAllocated) }
        }
        if numbers == .integers { try checkStoredBits(refuse) }
    }

    private mutating func checkStoredBits(_ refuse: (DICOMTag, String, Int) -> FormatError) throws(FormatError) {
        guard (1...bitsAllocated).contains(bitsStored) else {
            throw refuse(.bitsStored, "1 to \(bitsAllocated) bits", bitsStored)
        }
        // A high bit that leaves no room for the value is a common slip; the value then starts at bit 0.
        if highBit < bitsStored - 1 || highBit >= bitsAllocated { highBit = bitsStored - 1 }
    }
}
