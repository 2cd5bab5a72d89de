import ImageCore
import ImageProcessing

/// An operation on numbers.
struct Operation: NumericImageVisitor {
    let name: String
    let options: Options

    func visit(mask: Image<Bool>) -> AnyImage { .bool(mask) }

    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        if let result = try geometric(image) { return result }
        if let result = try filtered(image) { return result }
        if let result = try measured(image) { return result }
        fatalError("no operation of the name \(name)")
    }

    private func geometric<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage? {
        switch name {
        case "resize":
            AnyImage(
                try image.resized(
                    width: options.integer("width"), height: options.integer("height"),
                    depth: options.integer("depth", image.depth), interpolation: options.interpolation,
                    antialias: options.integer("antialias") == 1))
        case "pad":
            AnyImage(
                try image.padded(
                    by: Padding(
                        left: options.integer("left"), right: options.integer("right"), top: options.integer("top"),
                        bottom: options.integer("bottom")), border: options.border))
        case "center": AnyImage(try image.centerCropped(to: options.size, padding: options.border).contiguous())
        case "transpose": AnyImage(try image.transposed())
        case "turn": AnyImage(try image.rotatedQuarter(options.integer("turns")))
        case "mirror": AnyImage(try image.mirrored(options.word("axis") == "x" ? .x : .y))
        case "remap":
            AnyImage(
                try image.warped(
                    by: SpatialMap(sourceX: options.image("x"), y: options.image("y")),
                    interpolation: options.interpolation, border: options.border))
        case "inpaint":
            AnyImage(
                try image.inpainted(options.image("mask").mask { $0 > 0 }, radius: options.integer("radius")))
        case "match":
            AnyImage(try image.histogramMatched(to: AnyImage(options.image("reference")).converted(to: Scalar.self)))
        default: nil
        }
    }

    private func filtered<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage? {
        switch name {
        case "correlate":
            let kernel = try FilterKernel(options.rows, anchor: options.anchor)
            if options.word("as") == "float64" {
                return AnyImage(try image.correlated(with: kernel, border: options.border, as: Double.self))
            }
            return AnyImage(try image.correlated(with: kernel, border: options.border))
        case "gauss":
            return AnyImage(
                try image.gaussianBlurred(
                    width: options.integer("width"), height: options.integer("height"), sigmaX: options.number("sigma"),
                    sigmaY: options.number("sigmaY", options.number("sigma")), border: options.border))
        case "gauss3":
            return AnyImage(
                try image.gaussianBlurred(
                    sigma: options.number("sigma"), along: [.x, .y, .z], reach: options.number("reach", 3),
                    border: options.border))
        case "box":
            return AnyImage(
                try image.boxBlurred(
                    width: options.integer("width"), height: options.integer("height"), border: options.border))
        case "median":
            return AnyImage(try image.medianFiltered(size: options.integer("size"), border: options.border))
        case "sharpen":
            return AnyImage(
                try image.sharpened(
                    sigma: options.number("sigma"), amount: options.number("amount"), border: options.border))
        case "morphology":
            let operation = MorphologyOperation.allCases.first { "\($0)" == options.word("operation") } ?? .erode
            return AnyImage(
                try image.morphology(
                    operation, by: try element(), iterations: options.integer("iterations", 1),
                    border: options.word("border").isEmpty ? .ignored : .extended(options.border)))
        default: return nil
        }
    }

    private func element() throws(ImageError) -> FlatElement {
        try FlatElement(options.rows.map { $0.map { $0 > 0 } }, anchor: options.anchor)
    }

    private func measured<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage? {
        switch name {
        case "clahe":
            return AnyImage(
                try image.adaptivelyEqualized(clipLimit: options.number("clip"), tiles: options.size))
        case "equalize": return AnyImage(try image.histogramEqualized())
        case "histogram":
            let range = options.numbers("range")
            let counts = try image.histogram(bins: options.integer("bins"), range: range[0]...range[1]).counts
            return AnyImage(list(counts.map { Double($0) }))
        case "integral": return AnyImage(try image.integralImage(squared: options.integer("squared") == 1))
        case "moments": return AnyImage(try image.moments(order: options.integer("order", 3)))
        case "central": return AnyImage(try image.centralMoments(order: options.integer("order", 3)))
        case "statistics":
            return AnyImage(list(try image.channelStatistics().flatMap { [$0.mean, $0.standardDeviation] }))
        case "normalize":
            return AnyImage(
                try image.normalized(mean: options.numbers("mean"), standardDeviation: options.numbers("std")))
        case "otsu":
            let counts = try image.histogram(bins: 256, range: -0.5...255.5).counts
            return AnyImage(list(try otsuThresholds(counts, count: options.integer("count")).map { Double($0) }))
        case "watershed":
            let markers = AnyImage(image.mask { $0 < .zero }).converted(to: Bool.self)
            let labels = image.axes.contains(.z)
                ? try VolumeComponents(of: markers).labels : try Components(of: markers).labels
            return .int32(try image.watershed(markers: labels, connectivity: options.connectivity))
        case "suppress": return AnyImage(try image.nonMaximaSuppressed(radius: options.integer("radius", 1)))
        case "ellipse":
            var drawn = image
            let numbers = options.numbers("ellipse")
            try drawn.drawEllipse(
                center: Point(x: numbers[0], y: numbers[1]), radiusX: numbers[2], radiusY: numbers[3],
                degrees: numbers[4], values: [Scalar(saturating: 255.0)],
                thickness: numbers[5] < 0 ? nil : numbers[5])
            return AnyImage(drawn)
        default: return nil
        }
    }

    private func list(_ values: [Double]) -> Image<Double> {
        Image(axes: [.x], sizes: [values.count]) { for i in 0..<$0.count { $0[i] = values[i] } }
    }
}

/// An operation on a mask.
struct MaskOperation {
    let name: String
    let options: Options

    func apply(_ mask: Image<Bool>) throws -> AnyImage {
        switch name {
        case "distance":
            let spacing = options.numbers("spacing")
            return .float32(
                try mask.distanceTransform(spacing: SIMD3(spacing[0], spacing[1], spacing[2])))
        case "hitmiss":
            let rows = options.rows
            return .bool(
                try mask.hitOrMiss(
                    FlatElement(rows.map { $0.map { $0 == 1 } }), miss: FlatElement(rows.map { $0.map { $0 == -1 } })))
        case "centroids":
            let places = mask.axes.contains(.z)
                ? try VolumeComponents(of: mask).centroids.flatMap { [$0.x, $0.y, $0.z] }
                : try Components(of: mask).centroids.flatMap { [$0.x, $0.y] }
            return .float64(Image(axes: [.x], sizes: [places.count]) { for i in 0..<$0.count { $0[i] = places[i] } })
        case "contours": return contourList(try contours(of: mask))
        case "split": return .int32(try mask.splittingTouchingObjects(radius: options.integer("radius")))
        case "resize": return .bool(try mask.resized(to: options.size, interpolation: .cubic))
        default: fatalError("no operation of the name \(name)")
        }
    }

    /// For each contour: hole, parent, number of pixels, then their columns and rows.
    private func contourList(_ contours: [Contour]) -> AnyImage {
        let values = contours.flatMap { contour in
            [contour.isHole ? 1 : 0, contour.parent ?? -1, contour.pixels.count] + contour.pixels.flatMap { [$0.x, $0.y] }
        }
        return .int32(Image(axes: [.x], sizes: [values.count]) { for i in 0..<$0.count { $0[i] = Int32(values[i]) } })
    }
}
