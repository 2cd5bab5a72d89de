extension Transform {
    /// The transform that the parameters of a pipeline file give; what is not named has its default.
    ///
    /// - Throws: ``AugmentError`` for an unknown key, a value out of range, or values that contradict each other, with the place.
    init(parameters value: PipelineValue) throws(AugmentError) {
        self.init()
        switch value.content {
        case .null: return
        case .map(let entries):
            for (key, place, value) in entries {
                guard let parameter = Self.declaration.parameters.first(where: { $0.name == key }) else {
                    let known = Self.declaration.parameters.map(\.name).joined(separator: ", ")
                    throw .pipeline(
                        place: place, expected: known.isEmpty ? "no parameters" : "one of \(known)", found: "\"\(key)\""
                    )
                }
                try parameter.read(value, &self)
            }
            if let conflict {
                throw .pipeline(
                    place: value.place, expected: "\(Self.declaration.name) with \(conflict.expected)",
                    found: conflict.found)
            }
        default: throw value.unexpected("the parameters of \(Self.declaration.name)")
        }
    }

    /// The parameters as a pipeline file has them; all of them, so that defaults may change without changing old files' meaning.
    var parameterValues: PipelineValue {
        .map(Self.declaration.parameters.map { ($0.name, $0.write(self)) })
    }

    /// The name of a transform known only as a value.
    var typeName: String { Self.declaration.name }
    /// What it can work on.
    var typeDomain: TransformDomain { Self.declaration.domain }
    /// The name in pipeline files.
    static var name: String { declaration.name }
}
