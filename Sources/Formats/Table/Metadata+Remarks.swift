public import ImageCore

extension Metadata {
    /// What a reader noticed in a file that other programs read in another way: the texts named `<format>.remark`.
    public var remarks: [String] {
        entries.compactMap { entry in
            guard entry.name.hasSuffix(".remark"), case .text(let text) = entry.value else { return nil }
            return text
        }
    }
}
