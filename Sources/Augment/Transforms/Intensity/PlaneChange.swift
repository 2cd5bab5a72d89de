import ImageCore
import ImageProcessing

/// Changes that no row operation can say.
enum PlaneChange {
    /// Changes each value by a function of it and of black and white: the given ones, or smallest and largest of the channel.
    static func change(
        _ image: inout Image<Float>, _ limits: ClosedRange<Double>?, _ body: (Float, Float, Float) -> Float
    ) {
        let measures = limits == nil ? ImageMeasures(of: image) : nil
        let channels = image.channels
        let length = image.count / max(1, channels)
        var samples = image.mutableSamples
        for channel in 0..<channels {
            let black = Float(limits?.lowerBound ?? measures?.minimum[channel] ?? 0)
            let white = Float(limits?.upperBound ?? measures?.maximum[channel] ?? 0)
            guard white > black else { continue }
            for i in channel * length..<(channel + 1) * length { samples[i] = body(samples[i], black, white) }
        }
    }
}

/// Percentiles of the channels of an image with channels first.
enum Percentile {
    /// Some percentiles of a channel; `nil` where no value counts.
    static func values(
        _ percents: [Double], of image: Image<Float>, channel: Int, nonzeroOnly: Bool = false
    ) throws(AugmentError) -> [Double]? {
        let plane = image.cropped(.channel, to: channel..<channel + 1).contiguous()
        do {
            guard nonzeroOnly else { return try plane.percentiles(percents) }
            let mask = plane.map { $0 != 0 }
            return mask.trueCount == 0 ? nil : try plane.percentiles(percents, where: mask)
        } catch {
            throw .transform(path: "percentiles", "\(error)")
        }
    }

    /// Limits at two percentiles of each channel.
    static func limits(
        of image: Image<Float>, _ lower: Double, _ upper: Double, nonzeroOnly: Bool = false
    ) throws(AugmentError) -> RowOperation {
        var (low, high): ([Double], [Double]) = ([], [])
        for channel in 0..<image.channels {
            let pair = try values([lower, upper], of: image, channel: channel, nonzeroOnly: nonzeroOnly)
            low.append(pair?[0] ?? -Double(Float.greatestFiniteMagnitude))
            high.append(pair?[1] ?? Double(Float.greatestFiniteMagnitude))
        }
        return .limits(lower: low, upper: high)
    }
}
