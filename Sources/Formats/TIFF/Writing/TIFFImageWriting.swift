import ImageCore

/// The writing of one image, opened to its scalar.
struct TIFFImageWriting: ImageVisitor {
    let encoder: TIFFEncoder
    let path: String

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(FormatError) {
        guard image.layout.index(of: .y) != nil, image.layout.index(of: .x) != nil, !image.isEmpty else {
            throw FormatError(
                .invalidRequest, file: path, expected: "an image with pixels along y and x",
                found: "sizes \(image.sizes) along \(image.axes)")
        }
        let page = try page(for: image)
        let stack = image.axes.filter { $0 != .y && $0 != .x && $0 != .channel }
        let planes = arranged(image, stack: stack)
        let pageCount = planes.count / (page.size.width * page.size.height * page.samplesPerPixel)
        let writer = try TIFFPyramidWriter(
            path: path, pages: Array(repeating: page, count: pageCount), structure: encoder.structure)
        let samples = unsafe planes.samples.bytes
        let pageBytes = samples.byteCount / pageCount
        for index in 0..<pageCount {
            let part = samples.extracting(index * pageBytes..<(index + 1) * pageBytes)
            try write(part, of: page, index: index, to: writer)
        }
        try writer.finish()
    }

    /// The samples page by page and pixel by pixel.
    private func arranged<Scalar: ImageScalar>(_ image: Image<Scalar>, stack: [Axis]) -> Image<Scalar> {
        let hasChannels = image.layout.index(of: .channel) != nil
        let ordered = image.permuted(to: stack + [.y, .x] + (hasChannels ? [.channel] : []))
        return (image.color == .bgr ? ordered.flipped(.channel) : ordered).contiguous()
    }

    private func write(
        _ samples: RawSpan, of page: TIFFPage, index: Int, to writer: TIFFPyramidWriter
    ) throws(FormatError) {
        let cutter = TIFFPieceCutter(page)
        for row in 0..<page.rows {
            for column in 0..<page.columns {
                let piece = cutter.piece(of: samples, column: column, row: row)
                let compressed = page.compress(bytes: unsafe piece.span.bytes, row: row)
                try writer.writeTile(page: index, column: column, row: row, compressed: compressed)
            }
        }
    }

    // MARK: The page

    private func page<Scalar: ImageScalar>(for image: Image<Scalar>) throws(FormatError) -> TIFFPage {
        guard encoder.compression != .jpeg else {
            throw FormatError(.unsupported, file: path, found: "images are not compressed as JPEG in TIFF")
        }
        if let wanted = image.color.channelCount, wanted != image.channels {
            throw FormatError(
                .invalidRequest, file: path, expected: "\(wanted) channels of \(image.color.rawValue)",
                found: "\(image.channels)")
        }
        let color = try photometric(image.color)
        var page = TIFFPage(
            size: PixelSize(width: image.width, height: image.height), layout: encoder.layout,
            samplesPerPixel: image.channels, bitsPerSample: Scalar.kind == .bool ? 1 : Scalar.kind.byteCount * 8,
            sampleFormat: Scalar.kind.isFloatingPoint ? .float : Scalar.kind.isSigned ? .signed : .unsigned,
            photometric: color.photometric, extraSamples: color.extra, compression: encoder.compression,
            usesPredictor: encoder.usesPredictor)
        if case .text(let text)? = image.metadata["tiff.ImageDescription"] { page.description = text }
        if case .bytes(let profile)? = image.metadata["icc"] { page.iccProfile = profile }
        page.software = encoder.software
        if let spacing = image.geometry?.spacingMillimetres, spacing.x > 0, spacing.y > 0 {
            page.pixelsPerCentimetre = (10 / spacing.x, 10 / spacing.y)
        }
        return page
    }

    private func photometric(
        _ color: ColorModel
    ) throws(FormatError) -> (photometric: TIFFPage.Photometric, extra: TIFFPage.ExtraSamples) {
        switch color {
        case .gray, .labels, .unspecified: return (.minIsBlack, .unspecified)
        case .grayAlpha: return (.minIsBlack, .unassociatedAlpha)
        case .rgb, .bgr: return (.rgb, .unspecified)
        case .rgba: return (.rgb, .unassociatedAlpha)
        case .cmyk: return (.cmyk, .unspecified)
        case .hsv, .yCbCr, .hed:
            throw FormatError(
                .unsupported, file: path, expected: "gray, RGB, CMYK, labels or bands", found: color.rawValue)
        }
    }
}
