import ImageCore

extension SlideLayout {
    /// Aperio SVS: tiled pages are levels; the second page, in strips, is the thumbnail; other pages in strips name themselves
    /// in the second line of their description (`label 387x463`), or by NewSubfileType 1 (label) and 9 (macro).
    static func aperio(_ file: SlideTIFFFile, _ description: String) throws(FormatError) -> SlideLayout {
        let base = try SlidePage(file.directories[0], of: file)
        var layout = SlideLayout(formatName: "Aperio SVS", vendor: "aperio", levels: [base])
        for (i, directory) in file.directories.enumerated().dropFirst() {
            if directory.entries[SlideTag.tileOffsets] == nil {
                if let name = aperioName(file, directory, index: i), layout.associated[name] == nil {
                    layout.associated[name] = directory
                }
                continue
            }
            let page = try SlidePage(directory, of: file)
            if SlideDownsample.isReduced(page.size, from: base.size, tile: page.tileSize) { layout.levels.append(page) }
        }
        layout.levels.sort { $0.size.width > $1.size.width }
        layout.vendorProperties = aperioProperties(description)
        layout.resolution = aperioNumber("MPP", layout).flatMap {
            SlideResolution(stated: $0, $0, source: "aperio.MPP")
        }
        layout.objective = aperioNumber("AppMag", layout).map {
            SlideObjective(magnification: $0, source: "aperio.AppMag")
        }
        return layout
    }

    private static func aperioName(_ file: SlideTIFFFile, _ directory: SlideTIFFDirectory, index: Int) -> String? {
        if index == 1 { return "thumbnail" }
        let text = file.text(SlideTag.imageDescription, of: directory) ?? ""
        let lines = text.split(whereSeparator: \.isNewline)
        if lines.count > 1, let name = lines[1].split(separator: " ").first { return String(name) }
        switch try? file.integer(SlideTag.newSubfileType, of: directory) {
        case 1: return "label"
        case 9: return "macro"
        default: return nil
        }
    }

    /// The properties of a description: `Aperio …|AppMag = 20|MPP = 0.4990` gives `aperio.AppMag` and `aperio.MPP`.
    private static func aperioProperties(_ description: String) -> [(name: String, value: String)] {
        description.split(separator: "|").dropFirst().compactMap { part in
            guard let equals = part.firstIndex(of: "=") else { return nil }
            let name = part[..<equals].trimmingSpaces
            return name.isEmpty ? nil : ("aperio.\(name)", String(part[part.index(after: equals)...].trimmingSpaces))
        }
    }

    /// A positive number, with a decimal point or comma.
    private static func aperioNumber(_ name: String, _ layout: SlideLayout) -> Double? {
        guard let text = layout.vendorProperties.first(where: { $0.name == "aperio.\(name)" })?.value,
            let value = Double(String(text.map { $0 == "," ? "." : $0 })), value.isFinite, value > 0
        else { return nil }
        return value
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
