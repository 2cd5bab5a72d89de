import ImageCore

extension SegmentationContent {
    /// The pixel data of a binary segmentation: one bit per pixel, the first in the lowest bit, frames without gaps.
    func packedBits() -> [UInt8] {
        let perSlice = layers.grid.pixelsPerSlice
        let count = frames.count * perSlice
        var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
        for (number, frame) in frames.enumerated() {
            let labels = layers.layers[frame.layer].labels.slice(.z, at: frame.slice).contiguous()
            let samples = labels.samples
            let segment = UInt16(truncatingIfNeeded: frame.segment ?? 0)
            let start = number * perSlice
            for i in 0..<samples.count where samples[i] == segment {
                bytes[(start + i) >> 3] |= 1 << UInt8(truncatingIfNeeded: (start + i) & 7)
            }
        }
        return bytes
    }

    /// The pixel data of a label map, 8 bits where every segment's number fits.
    func labels(isWide: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(frames.count * layers.grid.pixelsPerSlice * (isWide ? 2 : 1))
        for frame in frames {
            let labels = layers.layers[frame.layer].labels.slice(.z, at: frame.slice).contiguous()
            let samples = labels.samples
            for i in 0..<samples.count {
                bytes.append(UInt8(truncatingIfNeeded: samples[i]))
                if isWide { bytes.append(UInt8(truncatingIfNeeded: samples[i] >> 8)) }
            }
        }
        return bytes
    }
}
