import Formats

/// The formats of annotation files.
enum AnnotationFormat {
    /// ASAP XML.
    case asap
    /// Aperio ImageScope XML and HALO `.annotations`: layers of regions of vertices.
    case layeredRegions
    /// GeoJSON as QuPath writes it.
    case geoJSON
    /// Rows of separated text.
    case table

    /// Tells the format from the content; only plain text is asked for its extension.
    ///
    /// - Throws: ``FormatError`` for an empty file, binary content, and XML of another kind.
    static func detect(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) -> AnnotationFormat {
        let head = try source.prefix(4096)
        guard !head.isEmpty else { throw refuse(source, "an empty file") }
        let isUTF16 = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
        let text = head.drop { [0xEF, 0xBB, 0xBF, 9, 10, 13, 32].contains($0) }
        switch text.first {
        case nil where head.count == source.count: throw refuse(source, "nothing but blanks")
        case UInt8(ascii: "<"): return try XMLSniffer.detect(source, limits: limits)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .geoJSON
        case _ where isUTF16: return try XMLSniffer.detect(source, limits: limits)
        default: return try detectTable(source, text)
        }
    }

    private static func detectTable(_ source: ByteSource, _ text: ArraySlice<UInt8>) throws(FormatError)
        -> AnnotationFormat
    {
        guard !text.starts(with: [0x1F, 0x8B]) else {
            throw FormatError(.unsupported, file: source.name, found: "gzip: decompress the file first")
        }
        guard !text.contains(where: { $0 < 9 || (14..<32).contains($0) }) else {
            throw refuse(source, "binary content")
        }
        let name = source.name.lowercased()
        for wanted in ["xml", "annotations", "json", "geojson"] where name.hasSuffix("." + wanted) {
            throw FormatError(
                .notRecognized, file: source.name, expected: wanted.hasSuffix("json") ? "JSON" : "XML",
                found: "other text")
        }
        return .table
    }

    private static func refuse(_ source: ByteSource, _ found: String) -> FormatError {
        FormatError(
            .notRecognized, file: source.name,
            expected: "annotations (ASAP, ImageScope or HALO XML, GeoJSON, CSV, TXT)",
            found: found)
    }
}

/// Reads XML until an element tells which format it is.
private final class XMLSniffer: XMLHandler {
    private var found: AnnotationFormat?
    private var root: String?

    static func detect(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) -> AnnotationFormat {
        let sniffer = XMLSniffer()
        try LibExpat.parse(source, limits: limits, handler: sniffer)
        if let found = sniffer.found { return found }
        let root = sniffer.root ?? ""
        // Layers without any region.
        if root == "Annotations" { return .layeredRegions }
        throw FormatError(
            root == "annotations" ? .unsupported : .notRecognized, file: source.name,
            expected: "XML of ASAP, ImageScope or HALO", found: "XML with the root element <\(root.prefix(40))>")
    }

    func start(_ element: XMLElement) throws(FormatError) -> Bool {
        root = root ?? element.name
        switch element.name {
        case "ASAP_Annotations", "Coordinates", "AnnotationGroups": found = .asap
        case "Annotation" where element["PartOfGroup"] != nil: found = .asap
        case "Regions", "Region", "Vertices": found = .layeredRegions
        default: break
        }
        return found == nil
    }

    func end(_ name: String) throws(FormatError) {}
}
