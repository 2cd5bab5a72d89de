/// One engine that opens slides.
public struct SlideFormat: Sendable {
    /// The engine's name, for error messages.
    public let name: String
    /// Whether the engine would try to open the file.
    public let recognizes: @Sendable (_ path: String) -> Bool
    /// Opens a slide.
    ///
    /// ``FormatError/Code-swift.struct/notRecognized`` and ``FormatError/Code-swift.struct/unsupported`` leave the file to the next engine.
    public let open: @Sendable (_ path: String, _ limits: DecodeLimits) throws(FormatError) -> any Slide

    /// A format by its parts.
    public init(
        name: String, recognizes: @escaping @Sendable (String) -> Bool,
        open: @escaping @Sendable (String, DecodeLimits) throws(FormatError) -> any Slide
    ) {
        self.name = name
        self.recognizes = recognizes
        self.open = open
    }
}

/// Opening slides: the engines, in the order in which they are asked.
public enum Slides {
    /// Tessera's own reader of tiled TIFF first, OpenSlide for the rest.
    public static let formats: [SlideFormat] = [TiledTIFFSlide.format, OpenSlideSlide.format]

    /// File extensions under which slides are found, lower case, without the dot.
    public static let extensions: Set<String> = [
        "svs", "tif", "tiff", "btf", "tf8", "ndpi", "vms", "vmu", "scn", "mrxs", "svslide", "bif",
    ]

    /// Whether an engine takes the content of a file for a slide; a quick look, which ``open(path:limits:)`` may not confirm.
    public static func isSlide(_ path: String) -> Bool { formats.contains { $0.recognizes(path) } }

    /// Opens a slide with the first engine that reads its content.
    ///
    /// - Parameters:
    ///   - path: The slide's file.
    ///   - limits: How much the file may ask for.
    /// - Returns: The open slide.
    /// - Throws: ``FormatError`` that says for each engine why it refused; a file that an engine recognizes and finds corrupt
    ///   is not handed to the next.
    public static func open(path: String, limits: DecodeLimits = .standard) throws(FormatError) -> any Slide {
        guard try ByteSource(path: path).count > 0 else {
            throw FormatError(.notRecognized, file: path, expected: "a slide", found: "an empty file")
        }
        var refusals: [(name: String, error: FormatError)] = []
        for format in formats {
            do throws(FormatError) {
                return try format.open(path, limits)
            } catch {
                let isLeft = error.code == .notRecognized || error.code == .unsupported
                // What one engine knows and cannot decode, the next may call broken only because it cannot, either.
                let isKnown = error.code == .corrupt && refusals.contains { $0.error.code == .unsupported }
                guard isLeft || isKnown else { throw error }
                refusals.append((format.name, error))
            }
        }
        let isKnown = refusals.contains { $0.error.code == .unsupported }
        throw FormatError(
            isKnown ? .unsupported : .notRecognized, file: path, expected: "a slide",
            found: refusals.map { "\($0.name): \($0.error.reason)" }.joined(separator: "; "))
    }
}

extension FormatError {
    /// The description without the file's name.
    fileprivate var reason: String {
        let text = expected.map { "expected \($0), found \(found)" } ?? found
        return place.map { "\($0): \(text)" } ?? text
    }
}
