import ImageProcessing

extension ECVLReader {
    private static let filters = [
        ("linear", "linear"), ("nearest", "nearest"), ("cubic", "cubic"), ("lanczos4", "lanczos4"),
        // Warps of OpenCV take area as linear.
        ("area", "linear"),
    ]
    private static let borders = [
        ("constant", "constant"), ("replicate", "replicate"), ("reflect", "reflect"), ("wrap", "wrap"),
        ("reflect_101", "reflect101"), ("reflect101", "reflect101"),
    ]

    /// `interp` and `gt_interp`; labels are never interpolated.
    private func filter(_ arguments: inout ECVLArguments, hasLabels: Bool = true) throws(AugmentError) -> Body {
        let filter = try arguments.word("interp", Self.filters, standard: "linear")
        if hasLabels { _ = try arguments.word("gt_interp", [("nearest", "nearest")], standard: "nearest") }
        return [("interpolation", .text(filter))]
    }

    /// `interp` and `gt_interp` of a change of the size, where area is the mean of the area.
    private func resampling(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> Body {
        let isArea = node.arguments.contains { $0.key == "interp" && $0.value == .text("area") }
        return [("area", .flag(isArea))] + (try filter(&arguments))
    }

    /// `border_type` and `border_value`.
    private func border(_ arguments: inout ECVLArguments, standard: String) throws(AugmentError) -> Body {
        let border = try arguments.word("border_type", Self.borders, standard: standard)
        let value = try arguments.number("border_value", standard: 0)
        return [("border", .text(border)), ("fill", .number(value))]
    }

    private func list(_ values: [Double]) -> PipelineValue { .list(values.map(PipelineValue.number)) }

    /// Classes that move pixels as a whole.
    func geometry(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> [Step]? {
        switch node.name {
        case "AugRotate": return [try rotate(node, &arguments)]
        case "AugResizeDim":
            let dims = try arguments.numbers("dims", count: 2...3) ?? []
            let body: Body = [("size", list(dims)), ("antialias", .flag(false))]
            return [try step("resize", body + resampling(node, &arguments), of: node)]
        case "AugResizeScale":
            let scale = try arguments.numbers("scale", count: 2...3) ?? []
            let body: Body = [
                ("factor", list(scale)), ("keep_size", .flag(false)), ("antialias", .flag(false)),
                ("border", .text("replicate")),
            ]
            return [try step("zoom", body + resampling(node, &arguments), of: node)]
        case "AugFlip":
            let p = try arguments.number("p", standard: 0.5, in: 0...1)
            return [try step("flip", [("x", .number(0)), ("y", .number(p))], of: node)]
        case "AugMirror":
            let p = try arguments.number("p", standard: 0.5, in: 0...1)
            return [try step("flip", [("x", .number(p)), ("y", .number(0))], of: node)]
        case "AugTranspose":
            return [try step("transpose", [], of: node, p: try arguments.number("p", standard: 0.5, in: 0...1))]
        case "AugCenterCrop":
            guard let size = try arguments.numbers("size", count: 2...2, isRequired: false) else {
                return [try step("square_crop", [], of: node)]
            }
            return [try step("center_crop", [("size", list(size)), ("pad", .flag(false))], of: node)]
        case "AugRandomCrop":
            let size = try arguments.numbers("size", count: 2...2) ?? []
            let body: Body = [("size", list(size)), ("pad", .flag(true))]
            return [try step("random_crop", body + border(&arguments, standard: "constant"), of: node)]
        default: return nil
        }
    }

    private func rotate(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> Step {
        let angle = try arguments.range("angle")
        let center = try arguments.numbers("center", count: 2...2, isRequired: false)
        let scale = try arguments.number("scale", standard: 1, in: 0.01...100)
        let reading: Body =
            try filter(&arguments) + [("border", .text("constant")), ("fill", .number(0))]
        if let center {
            // OpenCV counts from the center of the first pixel.
            let center = center.map { $0 + 0.5 }
            let body: Body = [("angle", angle), ("scale", .number(scale)), ("center", list(center))]
            return try step("rotate_about", body + reading, of: node)
        }
        return try step("affine", [("rotate", angle), ("scale", .number(scale))] + reading, of: node)
    }

    /// Classes that bend space.
    func distortion(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> [Step]? {
        switch node.name {
        case "AugGridDistortion": return [try grid(node, &arguments)]
        case "AugElasticTransform":
            let body: Body = [("alpha", try arguments.range("alpha")), ("sigma", try arguments.range("sigma"))]
            return [try step("elastic_gaussian", body + reading(&arguments), of: node)]
        case "AugOpticalDistortion":
            let limit = try arguments.range("distort_limit")
            let shift = try arguments.range("shift_limit")
            let reading = try reading(&arguments)
            return [
                try step("optical_distortion", [("k", limit)] + reading, of: node),
                try step("affine", [("translate_pixels", shift)] + reading, of: node),
            ]
        default: return nil
        }
    }

    private func reading(_ arguments: inout ECVLArguments) throws(AugmentError) -> Body {
        try filter(&arguments, hasLabels: false) + border(&arguments, standard: "reflect101")
    }

    /// A grid of a drawn number of cells: one choice for each number.
    private func grid(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> Step {
        let steps = try arguments.ends("num_steps")
        guard steps.lower == steps.lower.rounded(), steps.upper == steps.upper.rounded(), steps.lower >= 1,
            steps.upper <= 100
        else {
            throw .pipeline(
                place: steps.place, expected: "num_steps=[a,b] of whole numbers from 1 to 100",
                found: "[\(steps.lower.shortText),\(steps.upper.shortText)]")
        }
        let limit = try arguments.ends("distort_limit")
        guard limit.lower > -1 else {
            throw .pipeline(
                place: limit.place, expected: "distort_limit=[a,b] above -1",
                found: "[\(limit.lower.shortText),\(limit.upper.shortText)]")
        }
        // Lengths of cells between 1 + a and 1 + b: the border stays, so that only their ratio counts.
        let bound = PipelineValue(
            .number((limit.upper - limit.lower) / (2 + limit.lower + limit.upper)), place: limit.place)
        let reading = try reading(&arguments)
        var choices: [Step] = []
        for cells in Int(steps.lower)...Int(steps.upper) {
            let body: Body = [("cells", .number(Double(cells))), ("limit", bound)]
            choices.append(try step("grid_distortion", body + reading, of: node))
        }
        if choices.count == 1 { return choices[0] }
        return Step(.oneOf(choices, weights: [Double](repeating: 1, count: choices.count)))
    }
}
