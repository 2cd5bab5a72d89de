import ImageCore
import ImageProcessing

extension Operation {
    /// A change of each image as a whole by an operation of image processing, whose errors are named after the transform.
    static func change(
        _ name: String, _ body: @escaping @Sendable (inout Image<Float>, Int) throws(ImageError) -> Void
    ) -> Operation {
        .image { (image, index) throws(AugmentError) in
            do {
                try body(&image, index)
            } catch {
                throw .transform(path: name, "\(error)")
            }
        }
    }
}

extension Draws {
    /// One value of each parameter.
    func values(_ parameters: KeyValuePairs<String, Distribution>) -> DrawnValues {
        var values = DrawnValues()
        for (name, distribution) in parameters { values[name] = value(of: distribution, named: name) }
        return values
    }

    /// One value for each axis: a single distribution is drawn once, for all axes.
    func shared(_ distributions: [Distribution], named name: String) -> [Double] {
        distributions.enumerated().map { value(of: $0.element, named: name, index: $0.offset) }
    }

    /// The key of the field of noise of one image of a sample.
    func noiseKey(image index: Int) -> UInt64 { NoiseField(key: noiseKey()).part(index).key }
}

extension Double {
    /// The nearest whole number within ±10⁹; 0 for NaN.
    ///
    /// Numbers of records come from files and may be anything.
    var whole: Int { isNaN ? 0 : Int(Swift.min(Swift.max(self, -1e9), 1e9).rounded()) }
}

extension Scene {
    /// The value of black; 0 where the domain has none.
    var black: Double { blackAndWhite?.lowerBound ?? 0 }
    /// The axes of space: 0 for x, 1 for y, and in volumes 2 for z.
    var axisNumbers: Range<Int> { 0..<(isVolume ? 3 : 2) }
}
