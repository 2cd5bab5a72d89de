import ImageProcessing

extension ECVLReader {
    /// Classes that change values by themselves.
    func intensity(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> [Step]? {
        switch node.name {
        case "AugGaussianBlur":
            return [try step("gaussian_blur", [("sigma", try arguments.range("sigma"))], of: node)]
        case "AugGammaContrast":
            return [try step("gamma", [("exponent", try arguments.range("gamma"))], of: node)]
        case "AugBrightness":
            return [try step("brightness", [("shift", try arguments.range("beta", times: unit))], of: node)]
        default: return nil
        }
    }

    /// Classes that replace or disturb values at random.
    func noise(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> [Step]? {
        switch node.name {
        case "AugAdditiveLaplaceNoise":
            let deviation = try arguments.range("std_dev", times: unit)
            return [try step("laplace_noise", [("deviation", deviation)], of: node)]
        case "AugAdditivePoissonNoise":
            let body: Body = [("mean", try arguments.range("lambda")), ("step", .number(unit))]
            return [try step("additive_poisson_noise", body, of: node)]
        case "AugCoarseDropout":
            let body: Body = [
                ("amount", try arguments.range("p")), ("cell", try arguments.range("drop_size")), ("fill", .number(0)),
            ]
            let dropout = try step("cell_dropout", body, of: node)
            return [perChannel(dropout, try arguments.number("per_channel", in: 0...1))]
        case "AugSalt", "AugPepper", "AugSaltAndPepper":
            let names = ["AugSalt": "salt", "AugPepper": "pepper", "AugSaltAndPepper": "salt_and_pepper"]
            let spots = try step(
                names[node.name] ?? "", [("amount", try arguments.range("p"))], of: node)
            return [perChannel(spots, try arguments.number("per_channel", in: 0...1))]
        default: return nil
        }
    }

    /// ECVL draws for each sample whether all channels share what is drawn.
    private func perChannel(_ step: Step, _ probability: Double) -> Step {
        switch probability {
        case 0: step
        case 1: Step(.perChannel([step]))
        default: Step(.oneOf([Step(.perChannel([step])), step], weights: [probability, 1 - probability]))
        }
    }

    /// Classes that bring values into the form for training.
    mutating func preparation(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> [Step]? {
        switch node.name {
        case "AugToFloat32":
            let divisor = try arguments.number("divisor", standard: 1, in: 1e-9...1e9)
            let labels = try arguments.number("divisor_gt", standard: 1, in: 1...1e9)
            return try divided(node, by: divisor, labels: labels)
        case "AugDivBy255": return try divided(node, by: 255, labels: 255)
        case "AugNormalize":
            let mean = try arguments.numbers("mean", count: 1...64) ?? []
            let deviation = try arguments.numbers("std", count: 1...64) ?? []
            let unit = unit
            let body: Body = [
                ("mean", .list(mean.map { .number($0 * unit) })),
                ("deviation", .list(deviation.map { .number($0 * unit) })), ("channels_first", .flag(false)),
            ]
            (isFloat, self.unit) = (true, 1)
            return [try step("normalize", body, of: node)]
        case "AugScaleTo":
            let lower = try arguments.number("new_min")
            let upper = try arguments.number("new_max")
            let spread = try step("min_max", [("lower", .number(lower)), ("upper", .number(upper))], of: node)
            isFloat = true
            guard lower != 0 else {
                unit = 1 / upper
                return [spread]
            }
            // Numbers of later steps count from 0, as those of ECVL.
            unit = 1
            return [spread, try step("set_domain", [("domain", .text("unspecified"))], of: node)]
        case "AugScaleFromTo": return [try rescaled(node, &arguments)]
        default: return nil
        }
    }

    /// Floats, divided; the labels by a number of their own.
    private mutating func divided(
        _ node: ECVLNode, by divisor: Double, labels: Double
    ) throws(AugmentError) -> [Step] {
        var steps: [Step] = []
        if isFloat {
            if divisor != 1 { steps.append(try step("brightness", [("factor", .number(1 / divisor))], of: node)) }
        } else {
            let body: Body = [
                ("mean", .list([.number(0)])), ("deviation", .list([.number(divisor * unit)])),
                ("channels_first", .flag(false)),
            ]
            steps.append(try step("normalize", body, of: node))
        }
        if labels != 1 { steps.append(try step("divide_labels", [("divisor", .number(labels))], of: node)) }
        (isFloat, unit) = (true, 1)
        return steps
    }

    private func rescaled(_ node: ECVLNode, _ arguments: inout ECVLArguments) throws(AugmentError) -> Step {
        let (oldLower, oldUpper) = (try arguments.number("old_min"), try arguments.number("old_max"))
        let (newLower, newUpper) = (try arguments.number("new_min"), try arguments.number("new_max"))
        guard oldLower < oldUpper else {
            throw .pipeline(
                place: node.place, expected: "old_min below old_max",
                found: "\(oldLower.shortText) and \(oldUpper.shortText)")
        }
        let factor = (newUpper - newLower) / (oldUpper - oldLower)
        let shift = (newLower - oldLower * factor) * unit
        return try step("brightness", [("factor", .number(factor)), ("shift", .number(shift))], of: node)
    }
}
