import ImageCore
import ImageProcessing

/// A curve from 0…1 to 0…1 laid over the values of an image.
enum ValueTable {
    /// The operation of a curve given at equal steps: between black and white of the domain where it has both, otherwise
    /// between the smallest and largest value of the image.
    static func operation(_ curve: [Double], in scene: Scene) -> Operation {
        if let limits = scene.blackAndWhite {
            return .pixels([table(curve, limits.lowerBound, limits.upperBound)])
        }
        return .measured { measures in
            let (lowest, highest) = (measures.minimum.min() ?? 0, measures.maximum.max() ?? 0)
            return highest > lowest ? [table(curve, lowest, highest)] : []
        }
    }

    private static func table(_ curve: [Double], _ lower: Double, _ upper: Double) -> RowOperation {
        .table([curve.map { Float(lower + (upper - lower) * $0) }], lower: lower, upper: upper)
    }
}
