import Formats

extension SeriesFrames {
    /// Defects of the pixel data: absent, short, packed as a mosaic, encoded in several ways.
    func pixelDefects(_ stack: DICOMStack) -> [SeriesDefect] {
        let used = Set((stack.frames + stack.surplus).map(\.instance)).sorted().map { instances[$0] }
        var defects: [SeriesDefect] = []
        func report(
            _ kind: SeriesDefect.Kind, _ severity: SeriesDefect.Severity, _ message: (Int) -> String,
            _ isAffected: (DICOMInstance) -> Bool
        ) {
            let files = used.filter(isAffected).map(\.path).sorted()
            if !files.isEmpty { defects.append(SeriesDefect(kind, severity, message(files.count), files: files)) }
        }
        let choice =
            "refused, but for --policy insertMissing, resample and largestConsistent: its frames count as missing"
        report(
            .missingPixelData, .error, { "no pixel data in \(counted($0, "file")); \(choice)" },
            { $0.pixelDataOffset == nil })
        report(
            .truncatedPixelData, .error,
            { "pixel data shorter than the header declares in \(counted($0, "file")); \(choice)" }, \.isPixelDataCut)
        report(
            .mosaic, .error,
            { "\(counted($0, "mosaic")) that cannot be taken apart: number of slices unknown or not fitting" },
            { $0.mosaic?.sliceCount == 0 })
        report(
            .mosaic, .warning,
            { "\(counted($0, "mosaic")) without the side to which the slices follow: the normal's is assumed" },
            { $0.mosaic.map { $0.sliceCount > 0 && !$0.hasKnownDirection } ?? false })
        report(
            .derivedPosition, .warning,
            { "\(counted($0, "mosaic")) without the distance of the slices: their thickness is assumed" },
            { $0.mosaic.map { $0.sliceCount > 0 && !$0.hasKnownSpacing } ?? false })
        report(.header, .note, { "header read in spite of faults in \(counted($0, "file"))" }, { !$0.problems.isEmpty })
        return defects + excess(used) + invalidRescales(stack) + varyingEncoding(used)
    }

    /// Pixel data that goes on behind the last frame; a byte that makes the length even does not count.
    private func excess(_ used: [DICOMInstance]) -> [SeriesDefect] {
        let found = used.compactMap { instance -> (path: String, expected: Int, length: Int)? in
            guard let length = instance.presentPixelBytes,
                DICOMTransferSyntax(uid: instance.transferSyntaxUID).codec == .native
            else { return nil }
            var pixels = instance.pixels
            let expected = pixels.nativeBytes(frames: pixels.frames)
            // Files that declare shared color differences and store all of them exist.
            pixels.photometric = "RGB"
            let whole = pixels.nativeBytes(frames: pixels.frames)
            guard expected > 0, expected < .max, length > expected + expected % 2, length != whole + whole % 2 else {
                return nil
            }
            return (instance.path, expected, length)
        }.sorted { $0.path < $1.path }
        guard let first = found.first else { return [] }
        let message =
            "pixel data longer than the header declares in \(counted(found.count, "file")): "
            + "\(first.length) bytes instead of \(first.expected); the rest is left out"
        return [SeriesDefect(.excessPixelData, .warning, message, files: found.map(\.path))]
    }

    private func varyingEncoding(_ used: [DICOMInstance]) -> [SeriesDefect] {
        let checks: [(String, SeriesDefect.Kind, SeriesDefect.Severity, (DICOMInstance) -> String)] = [
            ("transfer syntax", .varyingEncoding, .note, { $0.transferSyntaxUID }),
            ("bits stored", .varyingEncoding, .note, { "\($0.pixels.bitsStored)" }),
            ("pixel representation", .conflictingAttributes, .warning, { $0.pixels.isSigned ? "signed" : "unsigned" }),
            ("photometric interpretation", .conflictingAttributes, .warning, { $0.pixels.photometric }),
            ("patient ID", .conflictingAttributes, .error, { $0.patientID ?? "none" }),
        ]
        let positron: [(String, SeriesDefect.Kind, SeriesDefect.Severity, (DICOMInstance) -> String)] =
            used.contains { $0.positronFacts != nil }
            ? PositronFacts.attributes.map { name, value in
                (name, .conflictingAttributes, .warning, { value($0.positronFacts) })
            } : []
        return (checks + positron).compactMap { name, kind, severity, value in
            // Luminance and chrominance or RGB: a matter of the compression.
            Self.disagreement(used.map { (value($0), $0.path) }, name: name, kind: kind, severity: severity)
        }
    }

    /// A defect that names the values of an attribute with their numbers of files, when there are several.
    static func disagreement(
        _ values: [(value: String, path: String)], name: String, kind: SeriesDefect.Kind,
        severity: SeriesDefect.Severity
    ) -> SeriesDefect? {
        let groups = Dictionary(grouping: values, by: \.value).sorted {
            $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key
        }
        guard groups.count > 1 else { return nil }
        let shown = groups.prefix(4).map { "\($0.key) (\($0.value.count))" }.joined(separator: ", ")
        let files = Set(groups.dropFirst().flatMap { $0.value.map(\.path) }).sorted()
        return SeriesDefect(
            kind, severity, "the \(name) differs: \(shown)\(groups.count > 4 ? " …" : "")", files: files)
    }

    /// Attributes of the frames that should agree in a stack, or whose change matters to its use.
    func attributeDefects(_ stack: DICOMStack) -> [SeriesDefect] {
        func check(
            _ name: String, _ kind: SeriesDefect.Kind, _ severity: SeriesDefect.Severity,
            _ value: (DICOMFrameFacts) -> String
        ) -> SeriesDefect? {
            let known = stack.frames.filter { !facts($0).hasUnknownValues }
            let values = known.map { (value(facts($0)), instance($0).path) }
            return Self.disagreement(values, name: name, kind: kind, severity: severity)
        }
        var defects = [
            varyingRescale(stack),
            check("rescale type", .conflictingAttributes, .warning) { $0.rescale?.type ?? "none" },
        ]
        let contrasts =
            stack.axes.isEmpty
            ? StackAttribute.contrasts + [.temporalPosition, .sequenceName]
            : hiddenContrast(of: StackGrid(axes: stack.axes, frames: stack.frames)).map { [$0] } ?? []
        for attribute in contrasts {
            defects.append(
                check(attribute.words, .conflictingAttributes, .warning) { facts in
                    attribute.value(of: facts).words
                })
        }
        return defects.compactMap { $0 }
    }
}

extension SeriesFrames {
    private func varyingRescale(_ stack: DICOMStack) -> SeriesDefect? {
        let known = stack.frames.filter { !facts($0).hasUnknownValues && facts($0).modalityTableBits == nil }
        let maps = Dictionary(grouping: known) { facts($0).rescale.map { [$0.slope, $0.intercept] } ?? [] }
        // Of equally many the smallest numbers, so that the answer does not depend on the order of a dictionary.
        let common = maps.min { a, b in
            a.value.count != b.value.count ? a.value.count > b.value.count : a.key.lexicographicallyPrecedes(b.key)
        }
        guard maps.count > 1, let common else { return nil }
        let others = Set(known).subtracting(common.value)
        if let without = maps[[]] {
            let isCT = instance(stack.frames[0]).modality == "CT"
            let consequence = isCT ? "they count as missing" : "values stay as stored there"
            return SeriesDefect(
                .conflictingAttributes, .warning,
                "\(without.count) of \(known.count) images without rescale slope and intercept: \(consequence)",
                files: paths(without))
        }
        // Where no two have one in common, none is the usual one.
        let isEachItsOwn = maps.count == known.count
        let message =
            "\(maps.count) different slopes and intercepts among \(known.count) images; each has its own applied"
        return SeriesDefect(.varyingEncoding, .note, message, files: paths(isEachItsOwn ? Set(known) : others))
    }
}
