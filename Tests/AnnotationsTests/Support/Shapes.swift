import Annotations
import ImageCore
import TestSupport

extension ResolvedAnnotations {
    /// Polygons of one class each, labels from 1, painted in order.
    static func polygons(_ polygons: [Polygon]) -> ResolvedAnnotations {
        ResolvedAnnotations(
            layers: polygons.enumerated().map { Layer(label: $0 + 1, classIndex: $0, polygons: [$1]) },
            classNames: polygons.indices.map { "class \($0 + 1)" }, classLabels: polygons.indices.map { $0 + 1 })
    }
}

extension Rasterizer {
    /// All labels of a rectangle as a list.
    func list(_ rect: PixelRect) -> [UInt16] {
        let image = labels(in: rect)
        let samples = image.samples
        return samples.indices.map { samples[$0] }
    }

    /// All labels of the canvas as a list.
    var all: [UInt16] { list(canvas.bounds) }
}

/// Points from pairs of numbers.
func ring(_ corners: (Double, Double)...) -> [Point] { corners.map { Point(x: $0.0, y: $0.1) } }

/// A ring of random points, multiples of 1/`grain`: it may cross itself, and some points lie on pixel centers.
func scribble(_ count: Int, size: Double, grain: Double, using generator: inout SeededGenerator) -> [Point] {
    (0..<count).map { _ in
        let x = Double.random(in: -0.1 * size...1.1 * size, using: &generator)
        let y = Double.random(in: -0.1 * size...1.1 * size, using: &generator)
        return Point(x: (x * grain).rounded() / grain, y: (y * grain).rounded() / grain)
    }
}
