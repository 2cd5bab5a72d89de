import ImageCore

extension NRRDHeader {
    /// What the axes of a file are, fastest first.
    struct AxisMeaning: Sendable, Hashable {
        var axis: Axis
        /// The step in the file's space from one sample to the next.
        var step: [Double]?
    }

    /// The axes of the file, fastest first: those with a direction in space, or without a kind of their own, are x, y, z in
    /// their order; lists, vectors and colors are channels.
    var meanings: [AxisMeaning] {
        let kinds = (fields["kinds"] ?? "").words.map { $0.lowercased() }
        let steps = Self.vectors(fields["spacedirections"])
        var space: [Axis] = [.x, .y, .z]
        var used: Set<Axis> = []
        return sizes.indices.map { i in
            let kind = i < kinds.count ? kinds[i] : "???"
            let step = steps.flatMap { i < $0.count ? $0[i] : nil }
            let isSpatial = steps == nil ? ["domain", "space", "???", "none"].contains(kind) : step != nil
            var axis: Axis
            if isSpatial, !space.isEmpty {
                axis = space.removeFirst()
            } else {
                axis = kind == "time" || isSpatial ? .time : .channel
            }
            if !used.insert(axis).inserted {
                axis = .other("axis \(i)")
                used.insert(axis)
            }
            return AxisMeaning(axis: axis, step: step)
        }
    }

    /// Vectors in parentheses and `none`, in their order; `nil` without a text.
    static func vectors(_ text: String?) -> [[Double]?]? {
        guard let text else { return nil }
        var result: [[Double]?] = []
        var rest = text[...]
        while let first = rest.first {
            if first == "(" {
                let inner = rest.dropFirst().prefix { $0 != ")" }
                result.append(inner.split(separator: ",").compactMap { Double($0.trimmed) })
                rest = rest.dropFirst(inner.count + 2)
            } else if first.isWhitespace {
                rest.removeFirst()
            } else {
                result.append(nil)
                rest = rest.drop { !$0.isWhitespace && $0 != "(" }
            }
        }
        return result
    }

    /// Refuses numbers of the place that are none, or not finite; a spacing of NaN is one that nobody knows.
    ///
    /// - Throws: `corrupt` with the field.
    func checkPlace(_ file: String) throws(FormatError) {
        for (field, name) in [("spacedirections", "space directions"), ("spaceorigin", "space origin")] {
            guard let text = fields[field] else { continue }
            for word in text.split(whereSeparator: { "(), \t".contains($0) }) where word.lowercased() != "none" {
                guard Double(word)?.isFinite == true else {
                    throw FormatError(
                        .corrupt, file: file, place: name, expected: "finite numbers", found: String(word))
                }
            }
        }
        for word in (fields["spacings"] ?? "").words {
            guard let spacing = Double(word), !spacing.isInfinite else {
                throw FormatError(.corrupt, file: file, place: "spacings", expected: "finite numbers", found: word)
            }
        }
    }

    /// The signs that turn the file's space into LPS; `nil` for spaces without a patient.
    var signs: SIMD3<Double>? {
        var name = (fields["space"] ?? "").lowercased()
        for suffix in ["-time", "t"] where name.hasSuffix(suffix) && (suffix == "-time" || name.count == 4) {
            name.removeLast(suffix.count)
        }
        switch name {
        case "left-posterior-superior", "lps": return SIMD3(1, 1, 1)
        case "right-anterior-superior", "ras": return SIMD3(-1, -1, 1)
        case "left-anterior-superior", "las": return SIMD3(1, -1, 1)
        default: return nil
        }
    }

    /// Where the samples lie, in LPS where the file names a patient's space; `nil` when nothing says so.
    ///
    /// - Throws: `corrupt` for directions that do not span space, and for fewer numbers than there are axes.
    func geometry(_ meanings: [AxisMeaning], file: String) throws(FormatError) -> Geometry? {
        let signs = signs ?? SIMD3(1, 1, 1)
        guard let steps = Self.vectors(fields["spacedirections"]), steps.contains(where: { $0 != nil }) else {
            return try spacingGeometry(meanings, file)
        }
        let origin = try checkVectors(steps, file)
        var geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        var found: [Int] = []
        for meaning in meanings {
            guard let i = meaning.axis.spatialIndex, let step = meaning.step.map(Self.space) else { continue }
            let length = (step * step).sum().squareRoot()
            guard length.isNormal else { throw directionFailure(file, "vectors other than 0") }
            geometry.spacingMillimetres[i] = length
            geometry.direction.set(i, to: step * signs / length + 0)
            found.append(i)
        }
        if found == [0, 1] { geometry.direction.completePlane() }
        if let origin { geometry.originMillimetres = origin * signs + 0 }
        if geometry.index(at: .zero) != nil { return geometry }
        // Of a single direction nobody knows the others.
        guard found.count > 1 else { return nil }
        throw directionFailure(file, "vectors that span space")
    }

    /// Refuses vectors that are too few or of different lengths.
    ///
    /// - Returns: The origin in the file's space.
    private func checkVectors(_ steps: [[Double]?], _ file: String) throws(FormatError) -> SIMD3<Double>? {
        let lengths = Set(steps.compactMap { $0?.count })
        guard steps.count == sizes.count else { throw directionFailure(file, "\(sizes.count) vectors") }
        guard lengths.count == 1, let length = lengths.first, length >= 2 else {
            throw directionFailure(file, "vectors of as many numbers as the space has dimensions")
        }
        guard let origin = Self.vectors(fields["spaceorigin"])?.first.flatMap({ $0 }) else { return nil }
        guard origin.count == length else {
            throw FormatError(
                .corrupt, file: file, place: "space origin", expected: "\(length) numbers", found: "\(origin.count)")
        }
        return Self.space(origin)
    }

    private func directionFailure(_ file: String, _ expected: String) -> FormatError {
        FormatError(
            .corrupt, file: file, place: "space directions", expected: expected,
            found: fields["spacedirections"] ?? "none")
    }

    /// The distance of time points: the last of four numbers of a direction, or a spacing.
    func timeStep(_ meanings: [AxisMeaning]) -> Double? {
        guard let index = meanings.firstIndex(where: { $0.axis == .time }) else { return nil }
        let spacings = (fields["spacings"] ?? "").words.map { Double($0) ?? .nan }
        let step = meanings[index].step.flatMap { $0.count == 4 ? $0[3] : nil }
        let found = step ?? (index < spacings.count ? spacings[index] : .nan)
        return found.isFinite && found > 0 ? found : nil
    }

    /// Two or more numbers as a place in space.
    private static func space(_ numbers: [Double]) -> SIMD3<Double> {
        SIMD3(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0)
    }
}

extension Direction {
    /// Sets one of the three vectors: 0 for x, 1 for y, 2 for z.
    mutating func set(_ index: Int, to vector: SIMD3<Double>) {
        switch index {
        case 0: x = vector
        case 1: y = vector
        default: z = vector
        }
    }

    /// Makes z perpendicular to x and y, for pictures in space.
    mutating func completePlane() {
        let normal = SIMD3(x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x)
        let length = (normal * normal).sum().squareRoot()
        if length.isNormal { z = normal / length }
    }
}
