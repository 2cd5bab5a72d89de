import ImageCore

extension ImageMeasures {
    /// The statistics of an image with channels first, in C order.
    init(of image: Image<Float>) {
        (mean, deviation, minimum, maximum) = ([], [], [], [])
        let length = image.count / max(1, image.channels)
        let samples = image.samples
        for channel in 0..<image.channels {
            let plane = samples.extracting(channel * length..<(channel + 1) * length)
            var (sum, lowest, highest) = (0.0, Float.infinity, -Float.infinity)
            for i in 0..<length {
                sum += Double(plane[i])
                lowest = min(lowest, plane[i])
                highest = max(highest, plane[i])
            }
            let center = sum / Double(max(1, length))
            var square = 0.0
            for i in 0..<length { square += (Double(plane[i]) - center) * (Double(plane[i]) - center) }
            mean.append(center)
            deviation.append((square / Double(max(1, length))).squareRoot())
            minimum.append(Double(lowest))
            maximum.append(Double(highest))
        }
    }
}
