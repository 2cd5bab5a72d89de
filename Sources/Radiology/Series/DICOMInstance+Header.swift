import Formats

extension DICOMInstance {
    /// The facts of a header with pixels.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` for a number of frames that is none.
    init(_ header: DICOMHeader, fileSize: Int, limits: DecodeLimits) throws(FormatError) {
        let data = header.dataSet
        let declaredFrames = try data.declaredFrames(file: header.name)
        self.init(path: header.name, pixels: DICOMPixelFacts(data, frames: max(1, declaredFrames)))
        self.fileSize = fileSize
        switch header.pixelData?.tag {
        case .floatPixelData: pixels.numbers = .float32
        case .doubleFloatPixelData: pixels.numbers = .float64
        default: break
        }
        sopClassUID = data.text(.sopClassUID) ?? header.fileMeta.text(.mediaStorageSOPClassUID) ?? ""
        sopInstanceUID = data.text(.sopInstanceUID) ?? header.fileMeta.text(.mediaStorageSOPInstanceUID) ?? ""
        studyInstanceUID = data.text(.studyInstanceUID) ?? ""
        seriesInstanceUID = data.text(.seriesInstanceUID) ?? ""
        frameOfReferenceUID = data.text(.frameOfReferenceUID)
        patientID = data.text(.patientID)
        modality = data.text(.modality) ?? ""
        manufacturer = data.text(.manufacturer)
        seriesNumber = data.integer(.seriesNumber)
        seriesDescription = data.text(.seriesDescription)
        studyDate = data.text(.studyDate)
        transferSyntaxUID = header.transferSyntax.uid
        pixelDataOffset = header.pixelData?.offset
        pixelDataLength = header.pixelData?.length
        isFragmentCut = header.pixelData.map { $0.length == nil && $0.isCut } ?? false
        mosaic = DICOMMosaic(data, pixels: pixels)
        recordedTiltDegrees = data.double(.gantryDetectorTilt)
        positronFacts = PositronFacts(data)
        problems = header.problems
        if declaredFrames == 0 { problems.append(DICOMPixelDefect(.noFrames).description) }
        let count = frameCount(header, limits: limits)
        var repeated: DICOMTag?
        frames = DICOMFrameReader(data, isMultiFrame: pixels.frames > 1).frames(count, repeated: &repeated)
        if let repeated, !problems.contains(where: { $0.hasPrefix("\(repeated) ") }) {
            problems.append("\(repeated) is there more than once in an item; the first counts")
        }
        if let problem = pixels.frames > 1 ? DoseGridOffsets(data)?.problem : nil { problems.append(problem) }
        if mosaic?.sliceCount ?? 0 > 0, let picture = frames.first {
            frames = mosaic?.frames(picture, data, pixels: pixels) ?? frames
        }
    }

    /// The number of frames that are listed: as declared, but not more than the file can hold.
    private mutating func frameCount(_ header: DICOMHeader, limits: DecodeLimits) -> Int {
        let perFrame = header.dataSet.items(.perFrameFunctionalGroupsSequence).count
        let room = max(0, header.source.count - (pixelDataOffset ?? 0))
        let one = pixels.nativeBytes(frames: 1)
        // An encapsulated frame has an item header at least.
        let possible = pixelDataLength == nil ? room / 8 : room / max(1, one) + 1
        let most = min(limits.entries, max(1, perFrame, possible))
        if pixels.frames > most {
            problems.append("\(pixels.frames) frames are declared, the file has room for \(most) at most")
        }
        return min(pixels.frames, most)
    }
}

extension DICOMPixelFacts {
    /// The layout that a data set declares.
    init(_ data: DICOMDataSet, frames: Int) {
        self.init(rows: max(0, data.integer(.rows) ?? 0), columns: max(0, data.integer(.columns) ?? 0))
        samplesPerPixel = max(1, data.integer(.samplesPerPixel) ?? 1)
        photometric = data.text(.photometricInterpretation) ?? ""
        bitsAllocated = max(1, data.integer(.bitsAllocated) ?? 16)
        bitsStored = max(1, data.integer(.bitsStored) ?? bitsAllocated)
        isSigned = data.integer(.pixelRepresentation) == 1
        self.frames = frames
        if samplesPerPixel == 1, photometric == "PALETTE COLOR" { paletteBits = Self.paletteBits(data) }
        paddingValue = data.integer(.pixelPaddingValue).map(signed)
        paddingRangeLimit = data.integer(.pixelPaddingRangeLimit).map(signed)
    }

    /// As ``DICOMLookupTable`` reads them.
    private static func paletteBits(_ data: DICOMDataSet) -> Int {
        let descriptors: [DICOMTag] = [
            .redPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableDescriptor,
            .bluePaletteColorLookupTableDescriptor,
        ]
        let bits = descriptors.compactMap { tag -> Int? in
            let numbers = data.integers(tag)
            guard numbers.count >= 3 else { return nil }
            return (1...16).contains(numbers[2]) ? numbers[2] : 16
        }
        return bits.max() ?? 8
    }

    /// "US or SS" of a data set without VRs, or with the wrong one: the pixels' own representation counts.
    private func signed(_ value: Int) -> Int {
        if isSigned { return value > 0x7FFF && value <= 0xFFFF ? value - 0x10000 : value }
        return value < 0 && value >= -0x8000 ? value + 0x10000 : value
    }
}
