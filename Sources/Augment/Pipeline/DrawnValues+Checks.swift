extension DrawnValues {
    /// The numbers of a name, checked: records come from files, too.
    ///
    /// - Throws: ``AugmentError/transform(path:_:)`` for another count or a number out of range.
    func list(
        _ name: String, count: Int, in allowed: ClosedRange<Double>, of transform: String
    ) throws(AugmentError) -> [Double] {
        let values = list(name)
        guard values.count == count else {
            throw .transform(path: transform, "\(name): expected \(count) numbers, found \(values.count)")
        }
        for value in values where !allowed.contains(value) {
            throw .transform(path: transform, "\(name): expected numbers from \(allowed.text), found \(value)")
        }
        return values
    }

    /// A whole number of a name, checked.
    func integer(_ name: String, in allowed: ClosedRange<Double>, of transform: String) throws(AugmentError) -> Int {
        Int(try list(name, count: 1, in: allowed, of: transform)[0])
    }
}

extension Scene {
    /// Number of axes in space: 2 for pictures, 3 for volumes.
    var dimensions: Int { isVolume ? 3 : 2 }
}
