import Foundation

/// Slides and annotations that many tests only read; written once, removed when the tests end.
public enum SharedSlides {
    /// The folder that holds everything.
    public static let root: String = {
        let root = FileManager.default.temporaryDirectory.appending(path: "tessera-test-slides-\(getpid())").path
        do {
            try write(to: root)
        } catch {
            preconditionFailure("the temporary folder can be written: \(error)")
        }
        atexit { try? FileManager.default.removeItem(atPath: SharedSlides.root) }
        return root
    }()

    /// Whole slides: `a.svs`, `b.svs`, `c.svs`, 300 × 236 pixels of 2 µm.
    public static var slides: String { root + "/slides" }
    /// `a.xml` (tumor with a hole cut out) and `b.geojson`; there is none for c.
    public static var annotations: String { root + "/annotations" }
    /// One slide, `a.svs`.
    public static var one: String { slides + "/a.svs" }

    /// The regions of `a.xml`.
    public static let regions: [TestAnnotation.Region] = [
        .init("Tumor", [(20.5, 10), (150, 18.25), (140, 130), (30, 120)]),
        .init("Exclusion", x: 70, y: 50, width: 21, height: 30),
    ]

    private static func write(to root: String) throws {
        for folder in ["slides", "annotations"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        for (index, name) in ["a", "b", "c"].enumerated() {
            try TestSlide.write(to: "\(root)/slides/\(name).svs") { $0.seed = UInt64(index + 1) }
        }
        try Data(TestAnnotation.asap(regions).utf8).write(to: URL(filePath: "\(root)/annotations/a.xml"))
        let feature = """
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[180, 40], [282.5, 40], [282.5, 200],
            [180, 200], [180, 40]]]}, "properties": {"classification": {"name": "Tumor"}}}
            """
        try Data(feature.utf8).write(to: URL(filePath: "\(root)/annotations/b.geojson"))
    }
}
