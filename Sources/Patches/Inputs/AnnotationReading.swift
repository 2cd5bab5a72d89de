public import Annotations
import Formats
import ImageCore

/// How coordinates in annotation files are meant where the files do not say it; completed by what the slide says.
public struct AnnotationReading: Sendable, Hashable {
    /// What the numbers of a table count.
    public enum Unit: String, Sendable, Hashable, CaseIterable, Codable {
        /// Pixels of level 0.
        case pixels
        /// Micrometres from the top-left corner of the slide, by the slide's resolution.
        case micrometres
    }

    /// What the numbers of a table count; `nil` leaves it to the header.
    public var unit: Unit?
    /// The order of coordinates in a table; `nil` leaves it to the header.
    public var order: AnnotationOptions.Order?
    /// What a row of a table stands for; `nil` leaves it to the header.
    public var rows: AnnotationOptions.Rows?

    /// Everything is left to the files.
    public init() {}

    /// The options for the annotations of one slide.
    ///
    /// - Parameters:
    ///   - slide: The slide; its scanned bounds are the origin of QuPath's coordinates.
    ///   - mpp: Micrometres per pixel of level 0.
    ///   - path: The annotation file, for the error.
    /// - Returns: The options.
    /// - Throws: ``FormatError`` when micrometres are asked for and the resolution is not known.
    func options(for slide: (any Slide)?, mpp: Double?, path: String) throws(FormatError) -> AnnotationOptions {
        var options = AnnotationOptions(order: order, rows: rows)
        switch unit {
        case nil: break
        case .pixels: options.unit = .pixels
        case .micrometres:
            guard let mpp else {
                throw FormatError(
                    .invalidRequest, file: path, expected: "a slide of known resolution for coordinates in micrometres",
                    found: "none")
            }
            options.unit = .micrometres(mppX: mpp, mppY: mpp)
        }
        options.mpp = mpp.map { SIMD2($0, $0) }
        if let slide, let x = slide.bound("x"), let y = slide.bound("y") { options.boundsOffset = Point(x: x, y: y) }
        return options
    }
}

extension Slide {
    /// The left or top edge of the area that was scanned, as OpenSlide tells it.
    fileprivate func bound(_ axis: String) -> Double? {
        properties["openslide.bounds-\(axis)"].flatMap { Double($0.description) }
    }
}
