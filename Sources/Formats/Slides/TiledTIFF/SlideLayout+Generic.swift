import ImageCore

extension SlideLayout {
    /// A pyramid without a vendor: the first page, and every smaller tiled page of the same shape, in the main chain or in the
    /// first page's SubIFDs (as OME-TIFF keeps them).
    static func generic(_ file: SlideTIFFFile, _ description: String) throws(FormatError) -> SlideLayout {
        let base = try SlidePage(file.directories[0], of: file)
        let ome = OMEPixels(description)
        if let ome, ome.planes(samples: base.samples) != 1 {
            throw FormatError(
                .unsupportedSamples, file: file.source.name, place: "OME-XML", expected: "one RGB plane",
                found: "\(ome.sizeZ) planes, \(ome.sizeT) time points, \(ome.sizeC) channels")
        }
        var layout = SlideLayout(
            formatName: ome == nil ? "tiled TIFF" : "OME-TIFF", vendor: "generic-tiff", levels: [base])
        let others = Array(file.directories.dropFirst()) + (try file.subdirectories(of: file.directories[0]))
        for directory in others {
            if directory.entries[SlideTag.tileOffsets] == nil {
                let name = file.text(SlideTag.imageDescription, of: directory)?.lowercased() ?? ""
                if ["label", "macro", "thumbnail"].contains(name) { layout.associated[name] = directory }
                continue
            }
            let page = try SlidePage(directory, of: file)
            let isMask = (try file.integer(SlideTag.newSubfileType, of: directory) ?? 0) & 4 != 0
            let isNew = !layout.levels.contains { $0.size == page.size }
            if isNew, !isMask, SlideDownsample.isReduced(page.size, from: base.size, tile: page.tileSize) {
                layout.levels.append(page)
            }
        }
        layout.levels.sort { $0.size.width > $1.size.width }
        layout.resolution = ome?.resolution
        return layout
    }
}

/// What OME-XML says about its first `Pixels` element: the attributes alone, found as text.
struct OMEPixels {
    private let element: Substring

    /// `nil` when the description is no OME-XML.
    init?(_ description: String) {
        guard description.contains("<OME") || description.contains(":OME") else { return nil }
        guard let start = description.range(ofText: "Pixels ") else { return nil }
        element = description[start.upperBound...].prefix { $0 != ">" }
    }

    private func attribute(_ name: String) -> Substring? {
        guard let start = element.range(ofText: " \(name)=\"") ?? element.range(ofText: "\(name)=\"") else {
            return nil
        }
        return element[start.upperBound...].prefix { $0 != "\"" }
    }

    var sizeC: Int { attribute("SizeC").flatMap { Int($0) } ?? 1 }
    var sizeZ: Int { attribute("SizeZ").flatMap { Int($0) } ?? 1 }
    var sizeT: Int { attribute("SizeT").flatMap { Int($0) } ?? 1 }

    /// Number of pages that one image takes.
    func planes(samples: Int) -> Int {
        guard [sizeC, sizeZ, sizeT].allSatisfy({ (1...1 << 16).contains($0) }) else { return 0 }
        return (sizeC + samples - 1) / samples * sizeZ * sizeT
    }

    /// Micrometres per pixel, when the unit is the micrometre, which is the default.
    var resolution: SlideResolution? {
        guard let x = attribute("PhysicalSizeX").flatMap({ Double($0) }), x > 0, x.isFinite,
            let y = attribute("PhysicalSizeY").flatMap({ Double($0) }), y > 0, y.isFinite,
            ["µm", "μm", "um", "&#181;m"].contains(attribute("PhysicalSizeXUnit") ?? "µm")
        else { return nil }
        return SlideResolution(stated: x, y, source: "ome.PhysicalSizeX")
    }
}

extension StringProtocol {
    /// Where a text first stands.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        guard let head = text.utf8.first else { return nil }
        var from = startIndex
        while let at = self[from...].utf8.firstIndex(of: head) {
            if self[at...].utf8.starts(with: text.utf8) { return at..<utf8.index(at, offsetBy: text.utf8.count) }
            from = utf8.index(after: at)
        }
        return nil
    }
}
