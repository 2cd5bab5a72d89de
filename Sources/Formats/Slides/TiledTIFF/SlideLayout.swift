/// Which pages of a TIFF file are the levels of a slide, and which are the pictures that come with it.
struct SlideLayout {
    var formatName: String
    /// The vendor as OpenSlide calls it.
    var vendor: String
    /// Largest first.
    var levels: [SlidePage]
    var associated: [String: SlideTIFFDirectory] = [:]
    var resolution: SlideResolution?
    var objective: SlideObjective?
    /// What the vendor's description says, with the vendor's prefix.
    var vendorProperties: [(name: String, value: String)] = []

    /// Finds out what kind of slide the file is.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/unsupported`` for slides of vendors that OpenSlide reads, for plain pictures in
    ///   strips, and for pixels that cannot be decoded here.
    static func find(in file: SlideTIFFFile) throws(FormatError) -> SlideLayout {
        let first = file.directories[0]
        let description = file.text(SlideTag.imageDescription, of: first) ?? ""
        try refuseOtherVendors(file, first, description)
        guard first.entries[SlideTag.tileOffsets] != nil else {
            throw FormatError(
                .notRecognized, file: file.source.name, place: "directory 0", expected: "a picture in tiles",
                found: "one in strips")
        }
        var layout =
            if description.hasPrefix("Aperio") {
                try aperio(file, description)
            } else {
                try generic(file, description)
            }
        for (i, page) in layout.levels.enumerated() {
            guard let refusal = page.refusal else { continue }
            throw FormatError(.unsupported, file: file.source.name, place: "level \(i)", found: refusal)
        }
        if layout.resolution == nil { layout.resolution = tagResolution(file, first) }
        return layout
    }

    /// Formats that build a slide from TIFF in ways of their own, as OpenSlide tells them apart.
    private static func refuseOtherVendors(
        _ file: SlideTIFFFile, _ first: SlideTIFFDirectory, _ description: String
    ) throws(FormatError) {
        let software = file.text(SlideTag.software, of: first) ?? ""
        let xmp = file.text(SlideTag.xmp, of: first) ?? ""
        let vendor: String? =
            if first.entries[SlideTag.hamamatsuFormat] != nil {
                "Hamamatsu NDPI"
            } else if software.hasPrefix("Philips") {
                "Philips TIFF"
            } else if software.hasPrefix("MedScan") {
                "Trestle TIFF"
            } else if description.contains("http://www.leica-microsystems.com/scn/") {
                "Leica SCN"
            } else if xmp.contains("iScan") {
                "Ventana BIF"
            } else {
                nil
            }
        if let vendor { throw FormatError(.unsupported, file: file.source.name, found: vendor) }
    }

    /// What the resolution tags of TIFF say.
    private static func tagResolution(_ file: SlideTIFFFile, _ first: SlideTIFFDirectory) -> SlideResolution? {
        guard let x = file.number(SlideTag.xResolution, of: first), x > 0,
            let y = file.number(SlideTag.yResolution, of: first), y > 0
        else { return nil }
        // TIFF 6.0: without the tag the unit is the inch.
        let unit = (try? file.integer(SlideTag.resolutionUnit, of: first)) ?? 2
        let micrometres: Double
        switch unit {
        case 2: micrometres = 25400
        case 3: micrometres = 10000
        default: return nil
        }
        return SlideResolution(stated: micrometres / x, micrometres / y, source: "tiff.XResolution")
    }
}
