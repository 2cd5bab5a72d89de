import ImageCore

/// What a slide says, under the names that OpenSlide made common.
enum SlideProperties {
    private static let texts: [(name: String, tag: Int)] = [
        ("tiff.Artist", SlideTag.artist), ("tiff.Copyright", SlideTag.copyright), ("tiff.DateTime", SlideTag.dateTime),
        ("tiff.DocumentName", SlideTag.documentName), ("tiff.HostComputer", SlideTag.hostComputer),
        ("tiff.ImageDescription", SlideTag.imageDescription), ("tiff.Make", SlideTag.make),
        ("tiff.Model", SlideTag.model), ("tiff.Software", SlideTag.software),
    ]
    private static let numbers: [(name: String, tag: Int)] = [
        ("tiff.XPosition", SlideTag.xPosition), ("tiff.XResolution", SlideTag.xResolution),
        ("tiff.YPosition", SlideTag.yPosition), ("tiff.YResolution", SlideTag.yResolution),
    ]

    static func make(_ layout: SlideLayout, _ levels: [SlideLevel], in file: SlideTIFFFile) -> Metadata {
        let first = layout.levels[0].directory
        var metadata = Metadata()
        for (name, tag) in texts { metadata[name] = file.text(tag, of: first).map { .text($0) } }
        for (name, tag) in numbers { metadata[name] = file.number(tag, of: first).map { .number($0) } }
        metadata["tiff.ResolutionUnit"] =
            switch (try? file.integer(SlideTag.resolutionUnit, of: first)) ?? 2 {
            case 1: "none"
            case 3: "centimeter"
            default: "inch"
            }
        // Stored order is kept: no slide reader turns a pyramid, and what the tag says stays with the caller.
        metadata["tiff.Orientation"] = (try? file.integer(SlideTag.orientation, of: first)).map { .integer($0) }
        for (name, value) in layout.vendorProperties { metadata[name] = .text(value) }
        metadata["openslide.vendor"] = .text(layout.vendor)
        metadata["openslide.comment"] = metadata["tiff.ImageDescription"]
        metadata["openslide.mpp-x"] = layout.resolution.map { .number($0.mppX) }
        metadata["openslide.mpp-y"] = layout.resolution.map { .number($0.mppY) }
        metadata["openslide.objective-power"] = layout.objective.map { .number($0.magnification) }
        add(levels, to: &metadata)
        return metadata
    }

    private static func add(_ levels: [SlideLevel], to metadata: inout Metadata) {
        metadata["openslide.level-count"] = .integer(levels.count)
        for (i, level) in levels.enumerated() {
            let name = "openslide.level[\(i)]"
            metadata["\(name).width"] = .integer(level.size.width)
            metadata["\(name).height"] = .integer(level.size.height)
            metadata["\(name).downsample"] = .number(level.downsample)
            metadata["\(name).tile-width"] = .integer(level.tileSize.width)
            metadata["\(name).tile-height"] = .integer(level.tileSize.height)
        }
    }
}
