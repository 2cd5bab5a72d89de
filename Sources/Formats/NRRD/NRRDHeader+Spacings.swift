import ImageCore

/// The place of files without directions: distances along the axes, and where these begin.
extension NRRDHeader {
    /// The place by distances, of which those below 0 turn their axis round.
    ///
    /// An axis begins with the center of its first sample where it has `node` centers, else
    /// half a distance before it: Teem's rule, by which ITK reads. Where there are no distances, they follow from where the
    /// axes begin and end; distances count before ends.
    ///
    /// - Throws: `corrupt` for distances of 0, fewer numbers than there are axes, and distances in a space, where they have no
    ///   direction.
    func spacingGeometry(_ meanings: [AxisMeaning], _ file: String) throws(FormatError) -> Geometry? {
        let minima = try perAxis("axismins", "axis mins", file)
        let centers = (fields["centers"] ?? fields["centerings"] ?? "").words.map { $0.lowercased() }
        let given = try perAxis("spacings", "spacings", file)
        let derived = given == nil ? try extentSpacings(meanings, minima, centers, file) : nil
        guard let spacings = given ?? derived else { return nil }
        var geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        // Distances alone are no place, but for those that turn an axis.
        geometry.isPlaced = minima != nil || spacings.contains { $0 < 0 }
        for (index, meaning) in meanings.enumerated() {
            guard let i = meaning.axis.spatialIndex, !spacings[index].isNaN else { continue }
            let spacing = spacings[index]
            guard spacing.isNormal, fields["space"] == nil, fields["spacedimension"] == nil else {
                throw FormatError(
                    .corrupt, file: file, place: "spacings",
                    expected: spacing.isNormal ? "space directions, as there is a space" : "distances other than 0",
                    found: fields["spacings"] ?? "none")
            }
            geometry.spacingMillimetres[i] = abs(spacing)
            if spacing < 0 {
                var reversed = SIMD3<Double>.zero
                reversed[i] = -1
                geometry.direction.set(i, to: reversed)
            }
            guard let minimum = minima?[index] else { continue }
            guard minimum.isFinite else {
                throw FormatError(
                    .corrupt, file: file, place: "axis mins", expected: "a number for each axis in space",
                    found: fields["axismins"] ?? "none")
            }
            let isNode = index < centers.count && centers[index] == "node"
            geometry.originMillimetres[i] = minimum + (isNode ? 0 : spacing / 2)
        }
        return geometry
    }

    /// The distances by where the axes begin and end; `nil` unless both are known of every axis of a file without a space.
    private func extentSpacings(
        _ meanings: [AxisMeaning], _ minima: [Double]?, _ centers: [String], _ file: String
    ) throws(FormatError) -> [Double]? {
        guard fields["space"] == nil, fields["spacedimension"] == nil, let minima,
            let maxima = try perAxis("axismaxs", "axis maxs", file)
        else { return nil }
        let spacings = sizes.indices.map { index in
            let isNode = index < centers.count && centers[index] == "node"
            return (maxima[index] - minima[index]) / Double(isNode ? sizes[index] - 1 : sizes[index])
        }
        let spatial = meanings.indices.filter { meanings[$0].axis.spatialIndex != nil }
        return spatial.allSatisfy { spacings[$0].isNormal } ? spacings : nil
    }

    /// A number for each axis, NaN where it has none; `nil` without the field.
    private func perAxis(_ field: String, _ name: String, _ file: String) throws(FormatError) -> [Double]? {
        guard let words = fields[field]?.words else { return nil }
        guard words.count == sizes.count else {
            throw FormatError(
                .corrupt, file: file, place: name, expected: "\(sizes.count) numbers", found: "\(words.count)")
        }
        return words.map { Double($0) ?? .nan }
    }
}
