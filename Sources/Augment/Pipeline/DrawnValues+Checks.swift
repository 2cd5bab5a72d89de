import ImageProcessing

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

extension Transform {
    /// Checks the numbers of a record: they have the names and counts that are drawn for such a sample, are finite, and keep to the
    /// ranges of the parameters that they are drawn from.
    ///
    /// - Throws: ``AugmentError/transform(path:_:)`` for the first that does not.
    func check(_ values: DrawnValues, _ draws: Draws, in scene: Scene, path: String) throws(AugmentError) {
        func fail(_ what: String) -> AugmentError { .transform(path: path, "\(Self.name): the record has \(what)") }
        // A sample from which nothing can be drawn, for example one without labels, may still be cropped as another was.
        if let expected = try? draw(draws, in: scene).numbers {
            for name in Set(expected.keys).union(values.numbers.keys).sorted() {
                guard let wanted = expected[name] else { throw fail("\(name), which the transform does not draw") }
                guard let found = values.numbers[name] else { throw fail("no \(name)") }
                guard found.count == wanted.count else {
                    throw fail("\(found.count) numbers as \(name), expected \(wanted.count)")
                }
            }
        }
        let parameters = Self.declaration.parameters.filter(\.isDrawn)
        for (name, numbers) in values.numbers.sorted(by: { $0.key < $1.key }) {
            let allowed = parameters.first { $0.name == name }?.allowed ?? -1e9...1e9
            for number in numbers where !allowed.contains(number) {
                throw fail("\(number.shortText) as \(name), expected numbers from \(allowed.text)")
            }
        }
    }
}

extension Scene {
    /// Number of axes in space: 2 for pictures, 3 for volumes.
    var dimensions: Int { isVolume ? 3 : 2 }
}
