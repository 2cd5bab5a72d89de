public import Annotations
import Formats
import ImageCore
import ImageProcessing

extension TissueMask {
    /// A mask that is tissue everywhere.
    static func everything(slideSize: PixelSize) -> TissueMask {
        TissueMask(mask: Image(axes: [.y, .x], sizes: [1, 1], repeating: true, domain: .labels), slideSize: slideSize)
    }

    /// The tissue as regions of level 0, along the edges of mask pixels; painted back by pixel centers they give the mask.
    public var regions: [AnnotationRegion] {
        polygons.enumerated().map { number, polygon in
            let rings = ([polygon.outer] + polygon.holes).map { ring in
                ring.map { Point(x: Double($0.x) * downsampleX, y: Double($0.y) * downsampleY) }
            }
            return AnnotationRegion(
                shape: .polygon(Polygon(outer: rings[0], holes: Array(rings.dropFirst()))),
                name: "tissue \(number + 1)", className: "Tissue", place: "tissue \(number + 1)")
        }
    }

    /// The tissue as one class with label 1.
    var annotations: ResolvedAnnotations {
        let layers = regions.map {
            ResolvedAnnotations.Layer(label: 1, classIndex: 0, polygons: $0.shape.polygons, place: $0.place)
        }
        return ResolvedAnnotations(layers: layers, classNames: ["tissue"], classLabels: [1])
    }
}
