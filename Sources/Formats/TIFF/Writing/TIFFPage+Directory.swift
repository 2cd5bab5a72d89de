import ImageCore

extension TIFFPage {
    /// The page's directory, given where its tiles or strips lie.
    func directory(offsets: [UInt64], byteCounts: [UInt32], isBig: Bool) -> TIFFDirectory {
        TIFFDirectory(
            sampleFields() + layoutFields(offsets: offsets, byteCounts: byteCounts, isBig: isBig) + colorFields()
                + descriptiveFields())
    }

    private func sampleFields() -> [TIFFField] {
        let perSample = { (value: UInt16) in [UInt16](repeating: value, count: samplesPerPixel) }
        return [
            .long(.newSubfileType, [isReducedResolution ? 1 : 0]),
            .long(.imageWidth, [UInt32(size.width)]),
            .long(.imageLength, [UInt32(size.height)]),
            .short(.bitsPerSample, perSample(UInt16(bitsPerSample))),
            .short(.compression, [compression.tagValue]),
            .short(.photometric, [photometric.rawValue]),
            .short(.samplesPerPixel, [UInt16(samplesPerPixel)]),
            .short(.planarConfiguration, [1]),
            .short(.sampleFormat, perSample(sampleFormat.rawValue)),
        ] + (usesPredictor ? [.short(.predictor, [2])] : [])
    }

    private func layoutFields(offsets: [UInt64], byteCounts: [UInt32], isBig: Bool) -> [TIFFField] {
        let place = { (tag: TIFFTag) -> TIFFField in
            isBig ? .long8(tag, offsets) : .long(tag, offsets.map { UInt32(truncatingIfNeeded: $0) })
        }
        switch layout {
        case .tiles(let tile):
            return [
                .long(.tileWidth, [UInt32(tile.width)]), .long(.tileLength, [UInt32(tile.height)]),
                place(.tileOffsets), .long(.tileByteCounts, byteCounts),
            ]
        case .strips:
            return [
                .long(.rowsPerStrip, [UInt32(pieceSize.height)]), place(.stripOffsets),
                .long(.stripByteCounts, byteCounts),
            ]
        }
    }

    private func colorFields() -> [TIFFField] {
        var fields: [TIFFField] = []
        let extra = samplesPerPixel - colorSamples
        if extra > 0 {
            let values = [extraSamples.rawValue] + [UInt16](repeating: 0, count: extra - 1)
            fields.append(.short(.extraSamples, values))
        }
        if photometric == .cmyk { fields.append(.short(.inkSet, [1])) }
        if photometric == .yCbCr {
            let factors = [UInt16(chromaSubsampling.width), UInt16(chromaSubsampling.height)]
            fields.append(.short(.yCbCrSubsampling, factors))
        }
        if photometric == .palette, let colorMap { fields.append(.short(.colorMap, colorMap)) }
        if let jpegTables { fields.append(.undefined(.jpegTables, jpegTables)) }
        if let iccProfile { fields.append(.undefined(.iccProfile, iccProfile)) }
        return fields
    }

    private func descriptiveFields() -> [TIFFField] {
        var fields: [TIFFField] = []
        if let description { fields.append(.text(.imageDescription, description)) }
        if let software { fields.append(.text(.software, software)) }
        if let pixelsPerCentimetre {
            fields.append(.rational(.xResolution, pixelsPerCentimetre.x))
            fields.append(.rational(.yResolution, pixelsPerCentimetre.y))
            fields.append(.short(.resolutionUnit, [3]))
        }
        return fields
    }
}
