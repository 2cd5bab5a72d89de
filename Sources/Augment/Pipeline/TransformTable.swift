/// The transforms that a pipeline file may name, in the order of the list; a value, to which programs add their own.
public struct TransformTable: Sendable {
    /// The types.
    public private(set) var types: [any Transform.Type]
    /// Whether steps below `batch` are read, which mix samples, not steps that change single ones.
    var isForBatch = false

    /// A table of some types.
    public init(_ types: [any Transform.Type]) { self.types = types }

    /// The table with one more transform, which replaces one of the same name.
    public func adding(_ type: any Transform.Type) -> TransformTable {
        TransformTable(types.filter { $0.name != type.name } + [type])
    }

    /// The table for steps below `batch`.
    var forBatch: TransformTable {
        var table = self
        table.isForBatch = true
        return table
    }

    /// The type with a name.
    subscript(name: String) -> (any Transform.Type)? { types.first { $0.name == name } }
}
