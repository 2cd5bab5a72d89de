/// What successive changes of single bytes come to: one table of 256 floats for each channel.
struct ByteTables {
    /// 256 floats for each channel, one after the other.
    let values: [Float]

    /// The tables of operations; `nil` where one of them mixes channels, or where a single linear one is as quick.
    ///
    /// - Precondition: operations that fit the channels.
    init?(_ operations: [RowOperation], channels: Int) {
        guard operations.count > 1, operations.allSatisfy(\.keepsChannelsApart) else { return nil }
        var values = [Float](repeating: 0, count: 256 * channels)
        for byte in 0..<256 {
            let pixel = [Double](repeating: Double(byte), count: channels)
            let changed = operations.reduce(pixel) { $1.applied(to: $0) }
            for c in 0..<channels { values[256 * c + byte] = Float(changed[c]) }
        }
        self.values = values
    }
}

extension RowOperation {
    /// Whether every channel of the result depends on the same channel alone.
    fileprivate var keepsChannelsApart: Bool {
        switch self {
        case .linear, .gamma, .table, .limits: true
        case .matrix, .hsv, .opticalDensity: false
        }
    }
}
