import ImageCore

/// An image as planes of rows of interleaved pixels: what is neither x, y nor an interleaved channel counts the planes.
struct Planes {
    /// The axes in the order that the planes have.
    let axes: [Axis]
    /// Number of planes.
    let count: Int
    let height: Int
    let width: Int
    /// Interleaved samples per pixel; planar channels are planes of their own.
    let channels: Int

    /// Number of samples in one row.
    var rowLength: Int { width * channels }
    /// Number of samples in one plane.
    var planeLength: Int { height * rowLength }

    /// The planes of an image with the axes x and y.
    init<Scalar>(_ image: Image<Scalar>) throws(ImageError) {
        try image.checkAxes([.x, .y])
        let names = image.axes
        let isInterleaved = names.last == .channel
        let start = names.count - (isInterleaved ? 3 : 2)
        if names[start] == .y && names[start + 1] == .x {
            axes = names
        } else {
            axes =
                names.filter { $0 != .x && $0 != .y && !(isInterleaved && $0 == .channel) } + [.y, .x]
                + (isInterleaved ? [.channel] : [])
        }
        height = image.height
        width = image.width
        channels = isInterleaved ? image.channels : 1
        count = image.count / (height * width * channels)
    }

    /// The sizes along ``axes`` for another width and height.
    func sizes<Scalar>(_ image: Image<Scalar>, width: Int? = nil, height: Int? = nil) -> [Int] {
        axes.map { axis in
            axis == .x ? width ?? self.width : axis == .y ? height ?? self.height : image.layout.size(of: axis)
        }
    }
}

extension Image {
    /// An image of the same axes whose planes a function fills from those of this one, with the same meaning.
    ///
    /// - Parameters:
    ///   - planes: The planes of this image.
    ///   - width: The new width; `nil` keeps it.
    ///   - height: The new height; `nil` keeps it.
    ///   - body: Fills a plane of the result from a plane of the image.
    /// - Returns: The image of the results, in the order of this image's axes.
    /// - Throws: `ImageError` when the planes are not this image's.
    func mappingPlanes<Target: ImageScalar>(
        _ planes: Planes, width: Int? = nil, height: Int? = nil,
        _ body: (Span<Scalar>, inout MutableSpan<Target>) -> Void
    ) throws(ImageError) -> Image<Target> {
        let source = try rearranged(to: planes.axes)
        let sizes = planes.sizes(self, width: width, height: height)
        var result = Image<Target>(axes: planes.axes, sizes: sizes) { (samples: inout MutableSpan<Target>) in
            let length = samples.count / planes.count
            let input = source.samples
            for i in 0..<planes.count {
                var plane = samples._mutatingExtracting(i * length..<(i + 1) * length)
                body(input.extracting(i * planes.planeLength..<(i + 1) * planes.planeLength), &plane)
            }
        }
        result.keepMeaning(of: self)
        return try result.rearranged(to: axes)
    }
}
