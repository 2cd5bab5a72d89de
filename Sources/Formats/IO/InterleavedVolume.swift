import ImageCore

/// An image arranged for formats whose samples lie along x first, then y, z and time, with channels beside each other.
struct InterleavedVolume: Sendable {
    /// The samples in C order, of a scalar that such formats have: `Bool` became `UInt8`, `Float16` became `Float`.
    let image: AnyImage
    /// The axes without the channels, fastest first; x and y are always there.
    let axes: [Axis]
    /// The samples along each of the axes.
    let sizes: [Int]
    /// 1 for an image without channels.
    let channels: Int

    /// Arranges an image.
    ///
    /// - Parameters:
    ///   - image: Axes in any order.
    ///   - file: The name for errors.
    ///   - needsDepth: Whether z is there with a size of 1 when the image has none.
    ///   - limit: The most axes that the format has, channels included.
    /// - Throws: `unsupported` for more axes, `invalidRequest` for an image without samples or a geometry that does not
    ///   span space.
    init(_ image: AnyImage, file: String, needsDepth: Bool = false, limit: Int) throws(FormatError) {
        guard image.layout.count > 0 else {
            throw FormatError(.invalidRequest, file: file, expected: "an image with samples", found: "none")
        }
        if let geometry = image.geometry, geometry.index(at: .zero)?.sum().isFinite != true {
            throw FormatError(
                .invalidRequest, file: file, expected: "a geometry that spans space", found: geometry.inWords)
        }
        let others = image.axes.filter { if case .other = $0 { true } else { false } }.reversed()
        let order: [Axis] = [.x, .y, .z, .time] + others
        axes = order.filter { axis in
            axis == .x || axis == .y || needsDepth && axis == .z || image.axes.contains(axis)
        }
        guard axes.count + (image.axes.contains(.channel) ? 1 : 0) <= limit else {
            throw FormatError(.unsupported, file: file, expected: "at most \(limit) axes", found: "\(image.axes)")
        }
        sizes = axes.map { image.axes.contains($0) ? image.layout.size(of: $0) : 1 }
        channels = image.axes.contains(.channel) ? image.channels : 1
        var arranged = Array(axes.filter { image.axes.contains($0) }.reversed())
        if image.axes.contains(.channel) { arranged.append(.channel) }
        var ordered = image.permuted(to: arranged)
        if image.color == .bgr { ordered = ordered.flipped(.channel) }
        self.image = ordered.converted(to: Self.stored(image.kind)).contiguous()
    }

    private static func stored(_ kind: ScalarKind) -> ScalarKind {
        kind == .bool ? .uint8 : kind == .float16 ? .float32 : kind
    }
}

extension Double {
    /// The shortest text that is read as the same number, whole numbers without a fraction.
    var shortest: String {
        let text = String(describing: self)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension AnyImage {
    /// Seconds from one time point to the next, as a reader of volumes left them.
    var timeStepSeconds: Double? { metadata.timeStepSeconds }
}

extension Metadata {
    /// Seconds from one time point to the next, as a reader of volumes left them.
    var timeStepSeconds: Double? {
        for key in ["nifti.timeStepSeconds", "nrrd.timeStep", "metaimage.timeStep"] {
            if case .number(let seconds)? = self[key], seconds.isFinite, seconds > 0 { return seconds }
        }
        return nil
    }
}

extension AnyImage {
    /// Whether a file that has as many numbers for a place as it has dimensions needs z: where there are other axes than x, y
    /// and channels, and where a picture lies elsewhere than in the plane z = 0.
    var needsDepthInFiles: Bool {
        guard axes.allSatisfy({ $0 == .x || $0 == .y || $0 == .channel }) else { return true }
        guard let geometry else { return false }
        let direction = geometry.direction
        var plane = direction
        plane.completePlane()
        return geometry.originMillimetres.z != 0 || direction.x.z != 0 || direction.y.z != 0 || plane.z != direction.z
    }
}
