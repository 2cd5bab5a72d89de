import ImageCore

/// An image with its axes in the order of NIfTI and samples of a type that NIfTI has.
struct NIfTIVolume: Sendable {
    /// The samples, in C order.
    let image: AnyImage
    let datatype: NIfTIDatatype
    /// The sizes along i, j, k and so on; 2 to 7 of them.
    let dimensions: [Int]

    /// Arranges an image.
    ///
    /// - Throws: `unsupported` for too many axes, `invalidRequest` for an image without samples.
    init(_ image: AnyImage, file: String) throws(FormatError) {
        guard image.layout.count > 0 else {
            throw FormatError(.invalidRequest, file: file, expected: "an image with samples", found: "none")
        }
        let axes = image.axes
        let isColor = Self.isColor(image)
        var others = axes.filter { if case .other = $0 { true } else { false } }
        var fourth: Axis? = .time
        if !axes.contains(.time), let last = others.last, !Self.isNumbered(last) {
            // Where volumes vary by something else than time, readers still look for them in the fourth dimension.
            fourth = last
            others.removeLast()
        }
        if others.allSatisfy(Self.isNumbered) { others.sort { Self.name($0) < Self.name($1) } }
        // Without channels, dimension 5 stays free beside others.
        var beyond: [Axis?] = isColor ? [] : axes.contains(.channel) ? [.channel] : others.isEmpty ? [] : [nil]
        beyond += others
        let slots: [Axis?] = [.x, .y, .z, fourth] + beyond
        guard slots.count <= 7 else {
            throw FormatError(
                .unsupported, file: file, expected: "at most 7 axes in the order of NIfTI", found: "\(axes)")
        }
        dimensions = Self.dimensions(slots, of: image)
        var order = Array(slots.compactMap { $0 }.filter { axes.contains($0) }.reversed())
        if isColor { order.append(.channel) }
        var ordered = image.permuted(to: order)
        if image.color == .bgr, isColor { ordered = ordered.flipped(.channel) }
        self.image = ordered.kind == .float16 ? ordered.converted(to: .float32) : ordered.contiguous()
        datatype = NIfTIDatatype.writing(image.kind, channels: isColor ? image.channels : 1)
    }

    /// Whether values have several parts, which are no color and lie in dimension 5.
    var hasVectors: Bool { datatype.channels == 1 && image.axes.contains(.channel) }

    /// Whether an axis got its name from its place in a NIfTI file, to which it goes back.
    private static func isNumbered(_ axis: Axis) -> Bool {
        if case .other(let name) = axis { name.hasPrefix("dimension ") } else { false }
    }

    private static func name(_ axis: Axis) -> String {
        if case .other(let name) = axis { name } else { "" }
    }

    private static func isColor(_ image: AnyImage) -> Bool {
        guard image.kind == .uint8, image.axes.contains(.channel) else { return false }
        switch image.color {
        case .rgb, .bgr: return image.channels == 3
        case .rgba: return image.channels == 4
        default: return false
        }
    }

    /// The sizes without those of 1 at the end, but as many as the image's own axes ask for.
    private static func dimensions(_ slots: [Axis?], of image: AnyImage) -> [Int] {
        var sizes = slots.map { $0.map { image.layout.size(of: $0) } ?? 1 }
        let needed = max(2, (slots.lastIndex { $0.map { image.axes.contains($0) } ?? false } ?? 0) + 1)
        sizes.removeLast(sizes.count - needed)
        return sizes
    }
}
