extension DICOMObject {
    /// The attributes as lines of text, those of items indented by two spaces per level:
    /// `(0010,0010) PN PatientName: Doe^Jane`.
    ///
    /// - Parameter width: Longer values are cut and end in `…`.
    /// - Returns: The lines, outermost first.
    public func lines(width: Int = 80) -> [String] {
        (fileMeta.attributes + dataSet.attributes).flatMap { $0.lines(indent: 0, width: max(width, 1)) }
    }
}

extension DICOMAttribute {
    fileprivate func lines(indent: Int, width: Int) -> [String] {
        let space = String(repeating: "  ", count: indent)
        let head = "\(space)\(tag) \(vr) \(keyword ?? (tag.isPrivate ? "private" : "unknown"))"
        guard case .items(let items) = value else { return ["\(head): \(value.text(width: width, length: length))"] }
        return ["\(head): \(items.count) items"]
            + items.enumerated().flatMap { number, item in
                ["\(space)  item \(number + 1)"]
                    + item.attributes.flatMap { $0.lines(indent: indent + 2, width: width) }
            }
    }
}

extension DICOMValue {
    /// The value in at most so many characters.
    fileprivate func text(width: Int, length: Int?) -> String {
        let whole =
            switch self {
            case .empty: "(empty)"
            case .text(let texts): texts.joined(separator: "\\")
            case .integers(let numbers): Self.list(numbers, width)
            case .unsigned(let numbers): Self.list(numbers, width)
            case .decimals(let numbers): Self.list(numbers, width)
            case .tags(let tags): Self.list(tags, width)
            case .bytes(let bytes): "\(bytes.count) bytes"
            case .items(let items): "\(items.count) items"
            case .notLoaded: length.map { "\($0) bytes, not loaded" } ?? "not loaded"
            }
        let printable = String(whole.map { $0.isNewline || $0 == "\0" ? " " : $0 })
        return printable.count > width ? printable.prefix(width - 1) + "…" : printable
    }

    private static func list(_ values: some Collection<some CustomStringConvertible>, _ width: Int) -> String {
        values.prefix(width).map(\.description).joined(separator: "\\")
    }
}
