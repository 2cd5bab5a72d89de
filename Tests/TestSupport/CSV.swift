/// Reads CSV as RFC 4180 has it, on its own: to check what was written.
public enum CSV {
    /// The rows after the header, each as a dictionary by column.
    public static func rows(_ text: String) -> [[String: String]] {
        let table = fields(text)
        guard let header = table.first else { return [] }
        return table.dropFirst().map { row in
            Dictionary(zip(header, row), uniquingKeysWith: { first, _ in first })
        }
    }

    /// All rows with all their fields.
    public static func fields(_ text: String) -> [[String]] {
        var table: [[String]] = []
        var row: [String] = []
        var field = ""
        var isQuoted = false
        var characters = text.unicodeScalars.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            if isQuoted {
                if character != "\"" {
                    field.unicodeScalars.append(character)
                } else if next == "\"" {
                    field.append("\"")
                    next = characters.next()
                } else {
                    isQuoted = false
                }
                continue
            }
            switch character {
            case "\"": isQuoted = true
            case ",", "\n":
                row.append(field)
                field = ""
                if character == "\n" {
                    table.append(row)
                    row = []
                }
            default: field.unicodeScalars.append(character)
            }
        }
        return table
    }
}
