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
    init(_ paths: [String], masks: String?, output: String?) {
        let search = FileSearch.files(in: paths, excluding: output, accepting: Self.isImage)
        failures = search.failures
        let found = masks.map { FileSearch.files(in: [$0], accepting: Self.isImage) }
        failures += found?.failures ?? []
        let maskFiles = Set((found?.found ?? []).map { FilePaths.resolved($0.path) })
        let images = search.found.filter { $0.isNamed || !maskFiles.contains(FilePaths.resolved($0.path)) }
        let index = MaskIndex(found?.found ?? [])
        let counts = Dictionary(images.map { ($0.relativePath, 1) }, uniquingKeysWith: +)
        for (image, name) in zip(images, Self.names(images)) {
            do throws(FormatError) {
                let mask = masks == nil ? nil : try index.mask(of: image, in: masks ?? "")
                // Two named files may share a last component: then their whole paths tell them apart.
                let key = counts[image.relativePath] == 1 ? image.relativePath : image.path
                inputs.append(AugmentInput(path: image.path, key: key, name: name, mask: mask))
            } catch {
                failures.append(error)
            }
        }
        if inputs.isEmpty, failures.isEmpty {
            failures.append(
                FormatError(
                    .invalidRequest, file: paths.joined(separator: ", "), expected: "pictures or volumes", found: "none"
                ))
        }
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
