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

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private struct Listing: Encodable {
        struct Named: Encodable {
            let name: String
            let summary: String
        }
        let transforms: [TransformDescription]
        let pipelines: [Named]
    }

    /// The list for programs.
    static var json: [UInt8] {
        CanonicalJSON.encode(
            Listing(
                transforms: TransformTable.builtIn.descriptions,
                pipelines: PipelineRecipe.all.map { Listing.Named(name: $0.name, summary: $0.summary) }))
    }
}
