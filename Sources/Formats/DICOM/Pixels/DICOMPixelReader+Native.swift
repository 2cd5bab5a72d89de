import ImageCore

extension DICOMPixelReader {
    /// Reads a frame that is not compressed.
    func readNative(
        _ native: DICOMNativeFrames, _ frame: Int, _ bytes: inout MutableRawSpan
    ) throws(FormatError) -> DICOMPixelDefect? {
        let place = native.place(of: frame)
        let expected = place.count
        let isShort = place.available < expected
        guard place.available > 0, !(isShort && options.isStrict) else {
            throw failure(.truncated, frame, expected: "\(expected) bytes", "\(place.available)")
        }
        if isPlain(native) {
            try source.read(at: place.offset, count: place.available, into: &bytes, from: 0)
            bytes.clear(from: place.available)
        } else {
            try rearrange(native, place, &bytes)
        }
        if native.isBigEndian { bytes.swapBytes(width: format.scalarKind.byteCount) }
        finishCells(&bytes)
        if convertsColor, format.photometric.isYBR {
            bytes.convertYBR(pixels: format.rows * format.columns, isPartialRange: format.photometric.isPartialRange)
        }
        return isShort ? DICOMPixelDefect(.shortData(expected: expected, found: place.available), frame: frame) : nil
    }

    /// Whether the bytes of the file are those of the image but for their order within a number.
    private func isPlain(_ native: DICOMNativeFrames) -> Bool {
        let isWhole = format.bitsAllocated == 8 * format.scalarKind.byteCount
        return isWhole && !format.isPlanar && !native.swapsPairs && !native.hasSharedColor
    }

    /// Reads the bytes into memory of their own, then puts the samples where they belong.
    private func rearrange(
        _ native: DICOMNativeFrames, _ place: (offset: Int, count: Int, bitOffset: Int, available: Int),
        _ bytes: inout MutableRawSpan
    ) throws(FormatError) {
        let decoder = FrameDecoder.take()
        defer { decoder.giveBack() }
        // Words that are swapped begin at even offsets from the first.
        let lead = native.swapsPairs ? (place.offset - native.offset) % 2 : 0
        let wanted = place.count + lead + (native.swapsPairs ? (place.count + lead) % 2 : 0)
        let present = min(wanted, native.available - (place.offset - lead - native.offset))
        decoder.codestream.resize(to: wanted)
        try decoder.codestream.write { (scratch: inout MutableRawSpan) throws(FormatError) in
            try source.read(at: place.offset - lead, count: present, into: &scratch, from: 0)
            scratch.clear(from: present)
            if native.swapsPairs { scratch.swapBytes(width: 2) }
        }
        arrange(
            decoder.codestream.bytes, bitOffset: place.bitOffset + 8 * lead, isPacked: native.hasSharedColor,
            into: &bytes)
    }

    /// Puts the samples of a whole frame where they belong, in the byte order that they have.
    func arrange(_ input: RawSpan, bitOffset: Int = 0, isPacked: Bool, into bytes: inout MutableRawSpan) {
        let (pixels, samples) = (format.rows * format.columns, format.samplesPerPixel)
        let width = format.scalarKind.byteCount
        if isPacked {
            NativeSamples.expandPairs(
                input.extracting(droppingFirst: bitOffset / 8), pixels: pixels, into: &bytes)
        } else if format.bitsAllocated != 8 * width {
            NativeSamples.unpack(
                input, bitOffset: bitOffset, bits: format.bitsAllocated, count: pixels * samples, into: &bytes,
                width: width)
        } else {
            let input = input.extracting(droppingFirst: bitOffset / 8)
            if format.isPlanar {
                NativeSamples.interleave(input, pixels: pixels, samples: samples, width: width, into: &bytes)
            } else {
                NativeSamples.copy(input, count: pixels * samples * width, into: &bytes)
            }
        }
    }

    /// Takes the value out of cells of allocated bits.
    func finishCells(_ bytes: inout MutableRawSpan) {
        guard format.numbers == .integers else { return }
        bytes.isolate(
            width: format.scalarKind.byteCount, bits: format.bitsStored, shift: format.highBit + 1 - format.bitsStored,
            isSigned: format.isSigned)
    }
}
