import COpenSlide
import CTIFF
import ImageCore

/// An open handle of OpenSlide.
///
/// Unchecked: OpenSlide's calls may run on any number of threads; its first error stays for good.
@safe
final class OpenSlideHandle: @unchecked Sendable {
    /// OpenSlide reads TIFF through libtiff, which prints what it thinks unless it is told not to.
    private static let silencesLibTIFF: Void = {
        unsafe TIFFSetWarningHandler(nil)
        unsafe TIFFSetErrorHandler(nil)
    }()

    private let handle: OpaquePointer
    let path: String

    /// The version of the library.
    static var version: String { unsafe openslide_get_version().map { unsafe String(cString: $0) } ?? "" }

    /// Which vendor's format OpenSlide takes the file for.
    static func vendor(of path: String) -> String? {
        silencesLibTIFF
        return unsafe openslide_detect_vendor(path).map { unsafe String(cString: $0) }
    }

    /// Opens a file.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/notRecognized``, or ``FormatError/Code-swift.struct/corrupt`` with OpenSlide's words.
    init(path: String) throws(FormatError) {
        Self.silencesLibTIFF
        guard let handle = unsafe openslide_open(path) else {
            throw FormatError(.notRecognized, file: path, found: "no format that OpenSlide \(Self.version) knows")
        }
        if let text = unsafe openslide_get_error(handle) {
            let found = unsafe String(cString: text)
            unsafe openslide_close(handle)
            throw FormatError(.corrupt, file: path, found: found)
        }
        unsafe self.handle = handle
        self.path = path
    }

    deinit { unsafe openslide_close(handle) }

    /// The error that ended this handle.
    var failure: String? { unsafe openslide_get_error(handle).map { unsafe String(cString: $0) } }

    var levelCount: Int { unsafe Int(openslide_get_level_count(handle)) }

    /// Size and reported downsample of a level.
    func level(_ index: Int) -> (size: PixelSize, downsample: Double) {
        var (width, height) = (Int64(0), Int64(0))
        unsafe openslide_get_level_dimensions(handle, Int32(index), &width, &height)
        let downsample = unsafe openslide_get_level_downsample(handle, Int32(index))
        return (PixelSize(width: Int(width), height: Int(height)), downsample)
    }

    var properties: [(name: String, value: String)] {
        unsafe strings(openslide_get_property_names(handle)).map { name in
            (name, unsafe openslide_get_property_value(handle, name).map { unsafe String(cString: $0) } ?? "")
        }
    }

    var associatedImageNames: [String] { unsafe strings(openslide_get_associated_image_names(handle)) }

    private func strings(_ list: UnsafePointer<UnsafePointer<CChar>?>?) -> [String] {
        guard var next = unsafe list else { return [] }
        var found: [String] = []
        while let text = unsafe next.pointee {
            found.append(unsafe String(cString: text))
            unsafe next += 1
        }
        return found
    }

    /// Premultiplied pixels, alpha in the highest byte; x and y in pixels of level 0.
    func readRegion(x: Int, y: Int, level: Int, size: PixelSize, into pixels: inout [UInt32]) {
        precondition(pixels.count == size.width * size.height, "the memory holds the region")
        unsafe openslide_read_region(
            handle, &pixels, Int64(x), Int64(y), Int32(level), Int64(size.width), Int64(size.height))
    }

    /// Size of a picture that comes with the slide; `nil` for a name that does not exist.
    func associatedImageSize(_ name: String) -> PixelSize? {
        var (width, height) = (Int64(0), Int64(0))
        unsafe openslide_get_associated_image_dimensions(handle, name, &width, &height)
        return width > 0 && height > 0 ? PixelSize(width: Int(width), height: Int(height)) : nil
    }

    /// Premultiplied pixels of a picture that comes with the slide.
    func readAssociatedImage(_ name: String, size: PixelSize, into pixels: inout [UInt32]) {
        precondition(pixels.count == size.width * size.height, "the memory holds the picture")
        unsafe openslide_read_associated_image(handle, name, &pixels)
    }
}
