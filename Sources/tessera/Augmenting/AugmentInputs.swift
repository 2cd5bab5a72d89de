import Formats
import Patches

/// One image to augment, and its mask.
struct AugmentInput: Sendable {
    /// The image's file.
    let path: String
    /// The path below the input: what random numbers are drawn for, so that they depend on no order and no other file.
    let key: String
    /// The outputs' path below the output folder, without number and ending.
    let name: String
    /// The mask's file.
    let mask: String?
}

/// The images that a command names, their masks, and what is wrong with either.
struct AugmentInputs {
    private(set) var inputs: [AugmentInput] = []
    private(set) var failures: [FormatError] = []

    /// Endings of the formats that hold pictures and volumes; DICOM has commands of its own.
    private static let endings = FormatTable.standard.formats.filter { $0.name != "DICOM" }.flatMap(\.extensions).filter
    {
        $0 != "img"
    }

    private static func isImage(_ name: String) -> Bool {
        let lower = name.lowercased()
        return endings.contains { lower.hasSuffix("." + $0) }
    }

    /// Finds images and masks.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - masks: A file or folder with masks; files of it are no images.
    ///   - output: The folder of the run, which is not searched.
    ///   - shards: Whether outputs go into tar files, which know no folders.
    init(_ paths: [String], masks: String?, output: String?, shards: Bool) {
        let search = FileSearch.files(in: paths, excluding: output, accepting: Self.isImage)
        failures = search.failures
        let found = masks.map { FileSearch.files(in: [$0], excluding: output, accepting: Self.isImage) }
        failures += found?.failures ?? []
        let maskFiles = Set((found?.found ?? []).map { FilePaths.resolved($0.path) })
        let images = search.found.filter { $0.isNamed || !maskFiles.contains(FilePaths.resolved($0.path)) }
        let index = MaskIndex(found?.found ?? [])
        let names = Self.names(images)
        let byPath = Dictionary(grouping: images, by: \.relativePath)
        let byKey = shards ? Dictionary(grouping: zip(images, names)) { AugmentShards.key(of: $0.1) } : [:]
        for (image, name) in zip(images, names) {
            do throws(FormatError) {
                try Self.check(image, isAlone: byPath[image.relativePath] ?? [], "path below the input")
                try Self.check(image, isAlone: byKey[AugmentShards.key(of: name)]?.map(\.0) ?? [], "key in tar files")
                let mask = masks == nil ? nil : try index.mask(of: image, in: masks ?? "")
                inputs.append(AugmentInput(path: image.path, key: image.relativePath, name: name, mask: mask))
            } catch {
                failures.append(error)
            }
        }
        if inputs.isEmpty, failures.isEmpty {
            let areAllMasks = !search.found.isEmpty
            failures.append(
                FormatError(
                    .invalidRequest, file: paths.joined(separator: ", "),
                    expected: "pictures or volumes" + (areAllMasks ? " that are not below --masks" : ""), found: "none")
            )
        }
    }

    /// Random numbers are drawn for an image's path below the input: with two of one path, either would get those of the
    /// other.
    private static func check(
        _ image: FoundFile, isAlone group: [FoundFile], _ what: String
    ) throws(FormatError) {
        guard let other = group.first(where: { $0.path != image.path }) else { return }
        throw FormatError(
            .invalidRequest, file: image.path, expected: "a \(what) of its own (name the folder above both)",
            found: "that of \(other.path)")
    }

    /// The path below the input without its ending; where several share one, with the ending, or else the whole path.
    private static func names(_ files: [FoundFile]) -> [String] {
        var names = files.map { file in
            let folder = file.relativePath.lastIndex(of: "/").map { String(file.relativePath[...$0]) } ?? ""
            return folder + FileSearch.baseName(file.relativePath)
        }
        for form in [\FoundFile.relativePath, \FoundFile.path] {
            let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            for (i, file) in files.enumerated() where counts[names[i], default: 0] > 1 {
                names[i] = file[keyPath: form].split { "/.".contains($0) }.joined(separator: "_")
            }
        }
        return names
    }
}

/// Masks by the name that they share with their image.
private struct MaskIndex {
    private var byPath: [String: [String]] = [:]
    private var byName: [String: [String]] = [:]

    init(_ files: [FoundFile]) {
        for file in files {
            byPath[Self.stem(file.relativePath), default: []].append(file.path)
            byName[FileSearch.baseName(file.path), default: []].append(file.path)
        }
    }

    private static func stem(_ path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return folder + FileSearch.baseName(path)
    }

    /// The mask in the folder of the same name, or the only one of that name.
    func mask(of image: FoundFile, in folder: String) throws(FormatError) -> String {
        let name = FileSearch.baseName(image.path)
        let candidates = byPath[Self.stem(image.relativePath)] ?? byName[name] ?? []
        guard let only = candidates.first, candidates.count == 1 else {
            let found = candidates.isEmpty ? "none" : candidates.joined(separator: ", ")
            throw FormatError(
                .invalidRequest, file: image.path, place: "--masks", expected: "one mask \(name) in \(folder)",
                found: found)
        }
        return only
    }
}
