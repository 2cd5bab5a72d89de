import ImageCore

extension MetaImageHeader {
    private static let spacingKeys = ["ElementSpacing", "ElementSize"]
    private static let offsetKeys = ["Offset", "Position", "Origin"]
    private static let matrixKeys = ["TransformMatrix", "Rotation", "Orientation"]

    /// Where the samples lie, in LPS as ITK has it.
    ///
    /// Without a matrix and an offset there is no place, but the distances alone. Each row of the matrix is the direction of one axis. As in ITK, a distance below 0 turns its axis round, and a row that is
    /// longer or shorter than 1 changes the distance.
    var geometry: Geometry {
        let count = min(sizes.count, 3)
        let spacing = numbers(Self.spacingKeys, count: sizes.count) ?? sizes.map { _ in 1 }
        let offset = numbers(Self.offsetKeys, count: sizes.count) ?? sizes.map { _ in 0 }
        let matrix = count < 2 ? nil : numbers(Self.matrixKeys, count: sizes.count * sizes.count)
        var geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        for i in 0..<count {
            var row = SIMD3<Double>()
            for j in 0..<count { row[j] = matrix.map { $0[i * sizes.count + j] } ?? (i == j ? 1 : 0) }
            let length = (row * row).sum().squareRoot()
            // Directions are rounded in files, which is no reason to change a distance.
            let scale = abs(length - 1) < 1e-6 ? 1 : length
            geometry.spacingMillimetres[i] = abs(spacing[i]) * scale
            geometry.originMillimetres[i] = offset[i]
            geometry.direction.set(i, to: row / (spacing[i] < 0 ? -length : length) + 0)
        }
        if count == 2 { geometry.direction.completePlane() }
        let isTurned = spacing.contains { $0 < 0 }
        geometry.isPlaced = isTurned || (Self.offsetKeys + Self.matrixKeys).contains { fields[$0] != nil }
        return geometry
    }

    /// Refuses numbers of the place that are none, not finite or too few, distances of 0, and directions that do not span space.
    ///
    /// - Throws: `corrupt` with the key.
    func checkPlace(_ file: String) throws(FormatError) {
        for key in Self.spacingKeys + Self.offsetKeys + Self.matrixKeys {
            guard let words = fields[key]?.words else { continue }
            for word in words where Double(word)?.isFinite != true {
                throw FormatError(.corrupt, file: file, place: key, expected: "finite numbers", found: word)
            }
            let count = Self.matrixKeys.contains(key) ? sizes.count * sizes.count : sizes.count
            guard words.count >= count else {
                throw FormatError(
                    .corrupt, file: file, place: key, expected: "\(count) numbers", found: "\(words.count)")
            }
        }
        if let spacing = numbers(Self.spacingKeys, count: sizes.count), !spacing.allSatisfy(\.isNormal) {
            throw FormatError(
                .corrupt, file: file, place: Self.spacingKeys.first { fields[$0] != nil },
                expected: "distances other than 0", found: spacing.map(\.shortest).joined(separator: " "))
        }
        if geometry.index(at: .zero) == nil {
            let key = Self.matrixKeys.first { fields[$0] != nil }
            throw FormatError(
                .corrupt, file: file, place: key, expected: "directions that span space",
                found: key.flatMap { fields[$0] } ?? "none")
        }
    }

    /// The numbers of the first key that is there, as many as asked for; `nil` where it has fewer.
    func numbers(_ keys: [String], count: Int) -> [Double]? {
        guard let text = keys.lazy.compactMap({ fields[$0] }).first else { return nil }
        let numbers = text.words.compactMap { Double($0) }
        return numbers.count >= count ? Array(numbers[..<count]) : nil
    }

    /// What the file says about its image.
    var frame: FrameInfo {
        let names: [Axis] = [.x, .y, .z, .time] + (4..<10).map { .other("dimension \($0 + 1)") }
        var axes = Array(names.prefix(sizes.count).reversed())
        var frameSizes = Array(sizes.reversed())
        if axes.count == 1 { (axes, frameSizes) = ([.y] + axes, [1] + frameSizes) }
        if channels > 1 { (axes, frameSizes) = (axes + [.channel], frameSizes + [channels]) }
        let color: ColorModel =
            channels == 1
            ? .gray
            : kind != .uint8
                ? .unspecified
                : channels == 3 ? .rgb : channels == 4 ? .rgba : .unspecified
        let known = [
            "ObjectType", "NDims", "BinaryData", "BinaryDataByteOrderMSB", "ElementByteOrderMSB", "CompressedData",
            "CompressedDataSize", "DimSize", "ElementType", "ElementDataFile", "ElementNumberOfChannels", "HeaderSize",
        ]
        var metadata = Metadata()
        for (key, value) in fields where !known.contains(key) { metadata["metaimage." + key] = .text(value) }
        if sizes.count > 3, let spacing = numbers(["ElementSpacing"], count: sizes.count) {
            metadata["metaimage.timeStep"] = .number(spacing[3])
        }
        return FrameInfo(
            axes: axes, sizes: frameSizes, kind: kind, color: color,
            domain: channels > 1 && color != .unspecified ? .integer(bits: 8) : .unspecified, geometry: geometry,
            metadata: metadata)
    }
}
