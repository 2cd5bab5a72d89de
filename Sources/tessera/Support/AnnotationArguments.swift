public import Annotations
public import ArgumentParser
public import Patches

/// What tables of coordinates (CSV, TXT) do not say themselves.
struct AnnotationArguments: ParsableArguments {
    @Option(help: "Tables: what coordinates count.")
    var annotationUnit: AnnotationReading.Unit?

    @Option(help: "Tables: order of coordinates: xy, yx.")
    var annotationOrder: AnnotationOptions.Order?

    @Option(help: "Tables: what a row is: vertices, points, sizes (x,y,w,h), corners (xmin,ymin,xmax,ymax).")
    var annotationRows: AnnotationOptions.Rows?

    /// The options in the library's terms.
    var reading: AnnotationReading {
        var reading = AnnotationReading()
        (reading.unit, reading.order, reading.rows) = (annotationUnit, annotationOrder, annotationRows)
        return reading
    }
}

extension AnnotationReading.Unit: ExpressibleByArgument {}
extension AnnotationOptions.Order: ExpressibleByArgument {}
extension AnnotationOptions.Rows: ExpressibleByArgument {}
