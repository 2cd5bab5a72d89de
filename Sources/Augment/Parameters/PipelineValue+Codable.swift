extension PipelineValue: Codable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads any value that JSON has.
    public init(from decoder: any Decoder) throws {
        if let map = try? decoder.container(keyedBy: Key.self) {
            let entries = try map.allKeys.map { ($0.stringValue, try map.decode(PipelineValue.self, forKey: $0)) }
            self = .map(entries.sorted { $0.0 < $1.0 })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var values: [PipelineValue] = []
            while !list.isAtEnd { values.append(try list.decode(PipelineValue.self)) }
            self = .list(values)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self.init(.null)
        } else if let flag = try? single.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? single.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try single.decode(String.self))
        }
    }

    /// Writes the value; whole numbers without a fraction.
    public func encode(to encoder: any Encoder) throws {
        switch content {
        case .map(let entries):
            var map = encoder.container(keyedBy: Key.self)
            for entry in entries { try map.encode(entry.value, forKey: Key(stringValue: entry.key)) }
        case .list(let values):
            var list = encoder.unkeyedContainer()
            for value in values { try list.encode(value) }
        default:
            var single = encoder.singleValueContainer()
            switch content {
            case .flag(let flag): try single.encode(flag)
            case .number(let number):
                if number == number.rounded(), abs(number) < 1e15 {
                    try single.encode(Int(number))
                } else {
                    try single.encode(number)
                }
            case .text(let text): try single.encode(text)
            default: try single.encodeNil()
            }
        }
    }
}
