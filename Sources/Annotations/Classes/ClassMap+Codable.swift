extension ClassMap: Codable {
    private enum CodingKeys: String, CodingKey { case classes, ignored }

    /// Reads `classes`, and `ignored` if it is there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            Self.ordered(try values.decode([Entry].self, forKey: .classes)),
            ignored: try values.decodeIfPresent([String].self, forKey: .ignored) ?? [])
    }

    /// Writes `classes` and `ignored`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(entries, forKey: .classes)
        try values.encode(ignored, forKey: .ignored)
    }
}

extension ClassMap.Entry: Codable {
    private enum CodingKeys: String, CodingKey { case name, label, sources, priority, exclude }

    /// Reads `name` and `label`, and `sources`, `priority`, `exclude` if they are there; an exclusion needs no label.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let isExclusion = try values.decodeIfPresent(Bool.self, forKey: .exclude) ?? false
        self.init(
            name: try values.decode(String.self, forKey: .name),
            label: isExclusion
                ? try values.decodeIfPresent(Int.self, forKey: .label) ?? 0
                : try values.decode(Int.self, forKey: .label),
            sources: try values.decodeIfPresent([String].self, forKey: .sources) ?? [],
            priority: try values.decodeIfPresent(Int.self, forKey: .priority) ?? 0, isExclusion: isExclusion)
    }

    /// Writes every part under the names that a class map file uses.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(label, forKey: .label)
        try values.encode(sources, forKey: .sources)
        try values.encode(priority, forKey: .priority)
        try values.encode(isExclusion, forKey: .exclude)
    }
}
