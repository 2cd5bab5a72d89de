import Formats

extension DICOMSeries {
    /// Sorts instances into series, and each series into stacks.
    ///
    /// The result does not depend on the order of the instances.
    /// - Parameters:
    ///   - instances: Instances of any series.
    ///   - tolerance: What counts as regular, parallel and equal.
    ///   - hasSameContent: Whether two files with one SOP instance UID are the same; by default their bytes are compared.
    /// - Returns: The series, sorted by study, series number and UID.
    public static func series(
        of instances: [DICOMInstance], tolerance: StackTolerance = .standard,
        hasSameContent: (DICOMInstance, DICOMInstance) -> Bool = filesAreEqual
    ) -> [DICOMSeries] {
        struct Key: Hashable { let study: String, series: String, folder: String }
        let groups = Dictionary(grouping: instances) { instance in
            // Files without a UID belong together at most where they lie together.
            let folder = instance.seriesInstanceUID.isEmpty ? instance.path[...] : ""
            let end = folder.lastIndex(of: "/") ?? folder.startIndex
            return Key(
                study: instance.studyInstanceUID, series: instance.seriesInstanceUID, folder: String(folder[..<end]))
        }
        return groups.values.map {
            DICOMSeries(instances: $0, tolerance: tolerance, hasSameContent: hasSameContent)
        }.sorted { one, other in
            let (first, second) = (one.instances.first?.path ?? "", other.instances.first?.path ?? "")
            return (one.studyUID, one.number ?? .max, one.uid, first)
                < (other.studyUID, other.number ?? .max, other.uid, second)
        }
    }

    /// Sorts the instances of one series into stacks.
    ///
    /// - Parameters:
    ///   - instances: Instances of one series, at least one, in any order.
    ///   - tolerance: What counts as regular, parallel and equal.
    ///   - hasSameContent: Whether two files with one SOP instance UID are the same; by default their bytes are compared.
    public init(
        instances: [DICOMInstance], tolerance: StackTolerance = .standard,
        hasSameContent: (DICOMInstance, DICOMInstance) -> Bool = filesAreEqual
    ) {
        let sorted = instances.sorted { ($0.sopInstanceUID, $0.path) < ($1.sopInstanceUID, $1.path) }
        let (kept, duplicates) = Self.withoutDuplicates(sorted, hasSameContent: hasSameContent)
        let unique = Self.withContinuousTimes(kept)
        let frames = SeriesFrames(instances: unique, tolerance: tolerance)
        uid = unique.first?.seriesInstanceUID ?? ""
        studyUID = unique.first?.studyInstanceUID ?? ""
        modality = unique.first?.modality ?? ""
        number = unique.compactMap(\.seriesNumber).first
        seriesDescription = unique.compactMap(\.seriesDescription).first
        self.instances = unique
        let candidates = frames.candidates().flatMap(frames.splitByPlace)
        stacks = candidates.map(frames.stack).sorted { one, other in
            if one.frames.count != other.frames.count { return one.frames.count > other.frames.count }
            return (one.frames[0].instance, one.frames[0].frame) < (other.frames[0].instance, other.frames[0].frame)
        }
        defects = duplicates + frames.seriesDefects()
        describeSplits(frames)
    }

    /// Each SOP instance once: of several files with the same UID the one with the first path.
    private static func withoutDuplicates(
        _ sorted: [DICOMInstance], hasSameContent: (DICOMInstance, DICOMInstance) -> Bool
    ) -> (unique: [DICOMInstance], defects: [SeriesDefect]) {
        var (unique, same, different): ([DICOMInstance], [String: [String]], [String: [String]]) = ([], [:], [:])
        for instance in sorted {
            guard let known = unique.last, !instance.sopInstanceUID.isEmpty,
                known.sopInstanceUID == instance.sopInstanceUID
            else {
                unique.append(instance)
                continue
            }
            if hasSameContent(known, instance) {
                same[known.path, default: []].append(instance.path)
            } else {
                different[known.path, default: []].append(instance.path)
            }
        }
        return (unique, defects(.duplicateFile, same) + defects(.conflictingDuplicate, different))
    }

    private static func defects(_ kind: SeriesDefect.Kind, _ files: [String: [String]]) -> [SeriesDefect] {
        files.sorted { $0.key < $1.key }.map { path, others in
            let count = others.count + 1
            return kind == .duplicateFile
                ? SeriesDefect(
                    kind, .note, "\(count) files hold the same object with the same bytes; one is used",
                    files: [path] + others)
                : SeriesDefect(
                    kind, .error,
                    "\(count) files have one SOP instance UID and different content; refused, but for "
                        + "--policy largestConsistent, which takes the first by its path",
                    files: [path] + others)
        }
    }

    /// Whether two files have the same bytes; files that can't be read differ.
    public static func filesAreEqual(_ first: DICOMInstance, _ second: DICOMInstance) -> Bool {
        guard first.fileSize == second.fileSize, let one = try? ByteSource(path: first.path),
            let other = try? ByteSource(path: second.path), one.count == other.count
        else { return false }
        for offset in stride(from: 0, to: one.count, by: 1 << 20) {
            let count = min(1 << 20, one.count - offset)
            guard let left = try? one.bytes(at: offset, count: count),
                let right = try? other.bytes(at: offset, count: count), left == right
            else { return false }
        }
        return true
    }
}
