import Annotations
import Formats
import ImageCore
import ImageProcessing

extension TissueMethod {
    /// Whether the slide has to be looked at.
    var needsOverview: Bool {
        switch self {
        case .otsu, .saturation: true
        case .none, .file: false
        }
    }

    /// The tissue of a slide; `nil` when everything counts as tissue.
    ///
    /// - Parameters:
    ///   - slide: The slide.
    ///   - file: The mask that somebody else made, for the method that takes it from files.
    ///   - overview: The slide in a small picture, for the methods that need one.
    ///   - mpp: Micrometres per pixel of level 0.
    /// - Returns: The tissue.
    /// - Throws: ``FormatError`` when a mask file cannot be read.
    func mask(
        of slide: any Slide, file: TissueFile?, overview: SlideOverview?, mpp: Double?
    ) throws(FormatError) -> TissueMask? {
        switch self {
        case .none: return nil
        case .file: return try file?.read(slideSize: slide.levels[0].size)
        case .otsu: return try detected(.otsu, on: overview, mpp: mpp, path: slide.path)
        case .saturation: return try detected(.saturation, on: overview, mpp: mpp, path: slide.path)
        }
    }

    private func detected(
        _ measure: TissueDetector.Measure, on overview: SlideOverview?, mpp: Double?, path: String
    ) throws(FormatError) -> TissueMask {
        guard let overview else { preconditionFailure("tissue is detected on an overview") }
        do throws(ImageError) {
            return try TissueDetector(measure).detect(on: overview, mpp: mpp)
        } catch {
            throw FormatError(.invalidRequest, file: path, place: "tissue", found: error.description)
        }
    }
}
