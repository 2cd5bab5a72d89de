import ImageCore
import ImageProcessing

/// Changes of images in k-space: each channel is transformed by itself, and the real part comes back.
enum KSpace {
    /// Changes the spectrum of each channel.
    static func change(
        _ image: inout Image<Float>, _ body: (inout Spectrum) throws(ImageError) -> Void
    ) throws(ImageError) {
        for channel in 0..<image.channels {
            var spectrum = try spectrum(of: image, channel: channel)
            try body(&spectrum)
            try write(spectrum, to: &image, channel: channel)
        }
    }

    /// The spectrum of a channel of an image with channels first.
    static func spectrum(of image: Image<Float>, channel: Int) throws(ImageError) -> Spectrum {
        let length = image.count / image.channels
        return try Spectrum(
            of: image.samples.extracting(channel * length..<(channel + 1) * length),
            sizes: Array(image.sizes.dropFirst()))
    }

    /// Writes what a spectrum stands for into a channel.
    static func write(_ spectrum: Spectrum, to image: inout Image<Float>, channel: Int) throws(ImageError) {
        let length = image.count / image.channels
        var samples = image.mutableSamples
        var plane = samples._mutatingExtracting(channel * length..<(channel + 1) * length)
        try spectrum.writeSamples(into: &plane)
    }
}

/// The axis along which lines of k-space are taken one after another.
public enum EncodedAxis: String, Sendable, Hashable, CaseIterable {
    case x, y, z

    /// 0 for x, 1 for y, 2 for z.
    var number: Int { self == .x ? 0 : self == .y ? 1 : 2 }

    /// Refuses z in pictures.
    func check(_ name: String, in scene: Scene) throws(AugmentError) {
        guard self != .z || scene.isVolume else {
            throw .transform(path: name, "expected axis x or y for a picture, found z")
        }
    }
}
