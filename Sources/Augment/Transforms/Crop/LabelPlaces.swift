import ImageCore
import ImageProcessing

/// The labels of a sample as numbers in C order (z, y, x), to choose pixels by.
struct LabelPlaces {
    private let width: Int
    private let height: Int
    private let values: Image<Double>

    /// The labels of a scene.
    ///
    /// - Throws: ``AugmentError/transform(path:_:)`` without labels.
    init(_ scene: Scene, index: Int = 0, _ name: String) throws(AugmentError) {
        let labels = try scene.labels()
        guard labels.indices.contains(index) else {
            throw .transform(path: name, "expected at least \(index + 1) label images, found \(labels.count)")
        }
        let wanted: [Axis] = scene.isVolume ? [.z, .y, .x] : [.y, .x]
        do {
            var image = labels[index]
            if image.layout.index(of: .channel) != nil { image = image.slice(.channel, at: 0) }
            values = try image.converted(to: Double.self).rearranged(to: wanted).contiguous()
        } catch {
            throw .transform(path: name, "\(error)")
        }
        (width, height) = (scene.size.x, scene.size.y)
    }

    /// How many pixels a condition holds for.
    func count(where condition: (Double) -> Bool) -> Int {
        let samples = values.samples
        var result = 0
        for i in 0..<values.count where condition(samples[i]) { result += 1 }
        return result
    }

    /// How many pixels each of some values has.
    func counts(of classes: Int) -> [Int] {
        var result = [Int](repeating: 0, count: classes)
        let samples = values.samples
        for i in 0..<values.count {
            let value = samples[i]
            if value >= 0, value < Double(classes), value == value.rounded() { result[Int(value)] += 1 }
        }
        return result
    }

    /// The pixel of a number among those that a condition holds for.
    func pixel(_ number: Int, where condition: (Double) -> Bool) -> [Int] {
        let samples = values.samples
        var left = number
        for i in 0..<values.count where condition(samples[i]) {
            if left == 0 { return place(i) }
            left -= 1
        }
        return place(0)
    }

    /// The sum of all values above 0.
    var weight: Double {
        let samples = values.samples
        var sum = 0.0
        for i in 0..<values.count where samples[i] > 0 { sum += samples[i] }
        return sum
    }

    /// The pixel at which the sum of the values above 0 passes a weight.
    func pixel(atWeight wanted: Double) -> [Int] {
        let samples = values.samples
        var (sum, last) = (0.0, 0)
        for i in 0..<values.count where samples[i] > 0 {
            sum += samples[i]
            last = i
            if sum > wanted { break }
        }
        return place(last)
    }

    private func place(_ i: Int) -> [Int] { [i % width, i / width % height, i / (width * height)] }
}
