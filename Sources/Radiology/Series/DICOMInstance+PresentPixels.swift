import Formats

extension DICOMInstance {
    /// Bytes of native pixel data that the file has; `nil` where it has none or they are encoded.
    var presentPixelBytes: Int? {
        guard let offset = pixelDataOffset, let length = pixelDataLength else { return nil }
        // Offsets of a deflated data set count in memory.
        let isDeflated = DICOMTransferSyntax(uid: transferSyntaxUID).isDeflated
        return isDeflated ? length : min(length, max(0, fileSize - offset))
    }

    /// Whether the pixel data ends before the header's last frame does.
    var isPixelDataCut: Bool {
        isFragmentCut || presentPixelBytes.map { $0 < pixels.nativeBytes(frames: pixels.frames) } ?? false
    }

    /// Whether the samples of a frame are not all in the file; of encoded frames that were cut, none counts.
    func lacksPixels(frame: Int) -> Bool {
        guard pixelDataOffset != nil, !isFragmentCut else { return true }
        let count = mosaic == nil ? frame + 1 : pixels.frames
        return presentPixelBytes.map { $0 < pixels.nativeBytes(frames: count) } ?? false
    }
}

extension DICOMPixelFacts {
    /// Bytes that native pixel data of a number of frames takes; bits are packed, `YBR_FULL_422` halves the chrominance.
    func nativeBytes(frames: Int) -> Int {
        let samples = photometric == "YBR_FULL_422" ? 2 : samplesPerPixel
        let factors = [rows, columns, samples, bitsAllocated, frames]
        let bits = factors.reduce((partialValue: 1, overflow: false)) { product, factor in
            let next = product.partialValue.multipliedReportingOverflow(by: factor)
            return (next.partialValue, product.overflow || next.overflow)
        }
        return bits.overflow ? .max : bits.partialValue / 8 + (bits.partialValue % 8 == 0 ? 0 : 1)
    }
}
