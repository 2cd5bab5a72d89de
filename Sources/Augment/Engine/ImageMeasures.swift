import ImageCore
import ImageProcessing

extension ImageMeasures {
    /// The statistics of an image with samples, of the axes channel, (z,) y, x.
    init(of image: Image<Float>, _ statistic: ChannelStatistic = .all, workers: Int = 1) {
        guard let measures = try? image.measures(statistic, workers: workers) else {
            preconditionFailure("an image with samples")
        }
        self.init(measures)
    }

    /// The statistics that a pass over the pixels took.
    init(_ measures: ChannelMeasures) {
        self.init(
            mean: measures.mean, deviation: measures.deviation, minimum: measures.minimum, maximum: measures.maximum)
    }
}
