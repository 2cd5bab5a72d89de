import ImageCore

extension MetaImageHeader {
    /// Where the samples lie, in LPS as ITK has it; `nil` when the numbers do not span space.
    ///
    /// Each row of the matrix is the direction of one axis.
    var geometry: Geometry? {
        let count = min(sizes.count, 3)
        let spacing = numbers(["ElementSpacing", "ElementSize"], count: sizes.count) ?? sizes.map { _ in 1 }
        let offset = numbers(["Offset", "Position", "Origin"], count: sizes.count) ?? sizes.map { _ in 0 }
        var geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        for i in 0..<count {
            guard spacing[i].isNormal, offset[i].isFinite else { return nil }
            geometry.spacingMillimetres[i] = abs(spacing[i])
            geometry.originMillimetres[i] = offset[i]
        }
        let keys = ["TransformMatrix", "Rotation", "Orientation"]
        if let matrix = numbers(keys, count: sizes.count * sizes.count), count >= 2 {
            for i in 0..<count {
                var row = SIMD3<Double>()
                for j in 0..<count { row[j] = matrix[i * sizes.count + j] }
                let length = (row * row).sum().squareRoot()
                guard length.isNormal else { return nil }
                geometry.direction.set(i, to: row / length)
            }
            if count == 2 { geometry.direction.completePlane() }
        }
        return geometry.index(at: .zero) == nil ? nil : geometry
    }

    /// Refuses numbers of the place that are none, or not finite.
    ///
    /// - Throws: `corrupt` with the key.
    func checkPlace(_ file: String) throws(FormatError) {
        let keys = [
            "ElementSpacing", "ElementSize", "Offset", "Position", "Origin", "TransformMatrix", "Rotation",
            "Orientation",
        ]
        for key in keys {
            for word in (fields[key] ?? "").words where Double(word)?.isFinite != true {
                throw FormatError(.corrupt, file: file, place: key, expected: "finite numbers", found: word)
            }
        }
    }

    /// The numbers of the first key that is there, when there are as many as asked for.
    func numbers(_ keys: [String], count: Int) -> [Double]? {
        guard let text = keys.lazy.compactMap({ fields[$0] }).first else { return nil }
        let numbers = text.words.compactMap { Double($0) }
        return numbers.count == count ? numbers : nil
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
