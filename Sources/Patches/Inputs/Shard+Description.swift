extension Shard: CustomStringConvertible {
    /// As on the command line: `1/4`.
    public var description: String { "\(index)/\(count)" }
}
