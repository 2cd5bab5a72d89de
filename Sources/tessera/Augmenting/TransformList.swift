import Augment
import Patches

/// What `tessera augment --list` prints.
enum TransformList {
    /// The list for people.
    static var text: String {
        var lines: [String] = []
        let all = TransformTable.builtIn.descriptions
        for group in TransformGroup.allCases {
            let members = all.filter { $0.group == group }
            guard !members.isEmpty else { continue }
            lines += ["\(group.rawValue)", ""]
            for transform in members { lines += text(of: transform) + [""] }
        }
        lines += ["Containers", ""]
        for container in ContainerKind.allCases { lines += text(of: container) + [""] }
        lines += ["What a number can be", ""]
        lines += DistributionForm.allCases.map { "  \(padded($0.example, 30))\($0.summary)" } + [""]
        lines += ["Pipelines by name", ""]
        lines += PipelineRecipe.all.map { "  \(padded($0.name, 22))\($0.summary)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(of transform: TransformDescription) -> [String] {
        let first = "  \(transform.name)  (\(transform.domainText))"
        return [first, "      \(transform.summary)"]
            + transform.parameters.map { parameter in
                var facts = [parameter.form]
                if parameter.unit != .none { facts.append(parameter.unit.words) }
                if !parameter.range.isEmpty { facts.append(parameter.range) }
                facts.append("default \(parameter.defaultText)")
                return "      \(padded(parameter.name, 22))\(parameter.summary) [\(facts.joined(separator: "; "))]"
            }
    }

    private static func text(of container: ContainerKind) -> [String] {
        let parameters = [("steps", "The steps"), ("p", "How likely it happens at all [0 to 1; default 1]")]
        return ["  \(container.rawValue)", "      \(container.summary.replacing("`", with: ""))"]
            + (parameters + [container.parameter].compactMap(\.self)).map { "      \(padded($0.0, 22))\($0.1)" }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private struct Listing: Encodable {
        struct Named: Encodable {
            let name: String
            let summary: String
        }
        let transforms: [TransformDescription]
        let containers: [Named]
        let distributions: [Named]
        let pipelines: [Named]
    }

    /// The list for programs.
    static var json: [UInt8] {
        CanonicalJSON.encode(
            Listing(
                transforms: TransformTable.builtIn.descriptions,
                containers: ContainerKind.allCases.map { Listing.Named(name: $0.rawValue, summary: $0.summary) },
                distributions: DistributionForm.allCases.map { Listing.Named(name: $0.rawValue, summary: $0.summary) },
                pipelines: PipelineRecipe.all.map { Listing.Named(name: $0.name, summary: $0.summary) }))
    }
}
