import Formats
import Glibc
import ImageCore

/// A file that a volume is written to; its ending says the format.
struct VolumeFile {
    /// The formats that hold volumes.
    enum Format: String {
        case nifti = "NIfTI"
        case nrrd = "NRRD"
        case metaImage = "MetaImage"
    }

    /// How samples are stored.
    struct Options {
        var jobs: Int
        /// Whether NRRD and MetaImage are written uncompressed.
        var isRaw = false
        /// What the samples stand for; NIfTI alone can say it.
        var scaling: NIfTIEncoder.Scaling?
    }

    let path: String
    let format: Format

    /// The endings, as a sentence has them.
    static let endings = ".nii, .nii.gz, .nrrd, .nhdr, .mha or .mhd"

    private static let formats: [(ending: String, format: Format)] = [
        (".nii.gz", .nifti), (".nii", .nifti), (".nrrd", .nrrd), (".nhdr", .nrrd), (".mha", .metaImage),
        (".mhd", .metaImage),
    ]

    /// A file by its path; `nil` for another ending.
    init?(path: String) {
        guard let format = Self.format(ofName: path) else { return nil }
        (self.path, self.format) = (path, format)
    }

    private static func format(ofName path: String) -> Format? {
        formats.first { path.lowercased().hasSuffix($0.ending) }?.format
    }

    /// The path without the ending.
    static func stem(_ path: String) -> String {
        formats.first { path.lowercased().hasSuffix($0.ending) }.map { String(path.dropLast($0.ending.count)) } ?? path
    }

    /// The files that writing makes: the file, and the samples of a header that has them beside it.
    func files(isRaw: Bool) -> [String] {
        let (stem, name) = (Self.stem(path), path.lowercased())
        if name.hasSuffix(".nhdr") { return [path, stem + (isRaw ? ".nhdr.raw" : ".nhdr.raw.gz")] }
        if name.hasSuffix(".mhd") { return [path, stem + (isRaw ? ".raw" : ".zraw")] }
        return [path]
    }

    /// Refuses, before the work, a path where nothing can be written.
    func check() throws(FormatError) {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw FormatError(.inputOutput, file: path, expected: "the name of a file", found: "a folder")
        }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw FormatError(.inputOutput, file: path, expected: "a folder \(folder)", found: "none")
        }
        guard unsafe access(folder, W_OK) == 0 else {
            throw FormatError(.inputOutput, file: path, found: "nothing can be written into \(folder)")
        }
    }

    /// Writes an image.
    func write(_ image: AnyImage, _ options: Options) throws(FormatError) {
        let level = options.isRaw ? nil : 1
        switch format {
        case .nifti:
            try NIfTIEncoder(
                workers: options.jobs, scaling: options.scaling, affineCode: Self.affineCode(image)
            ).write(image, to: path)
        case .nrrd: try NRRDEncoder(level: level, workers: options.jobs).write(image, to: path)
        case .metaImage: try MetaImageEncoder(level: level, workers: options.jobs).write(image, to: path)
        }
    }
}

extension VolumeFile {
    /// The code of the form that a NIfTI file's place rests on, 1 (scanner) for what comes from elsewhere.
    private static func affineCode(_ image: AnyImage) -> Int {
        guard case .text(let form)? = image.metadata["nifti.affineSource"],
            case .integer(let code)? = image.metadata["nifti.\(form)Code"], code > 0
        else { return 1 }
        return code
    }

    /// The format of a file with a volume, by its content; `nil` for DICOM, folders and other files.
    static func format(of path: String) -> Format? {
        guard !FilePaths.isFolder(path), let source = try? ByteSource(path: path),
            let reader = try? FormatTable.standard.open(source)
        else { return nil }
        return Format(rawValue: reader.formatName)
    }

    /// What a file with a volume holds, if it is one and none of DICOM.
    ///
    /// - Parameters:
    ///   - path: A file or a folder.
    ///   - isScaled: Whether slope and intercept are applied; otherwise they are given back.
    /// - Returns: `nil` for folders and other files.
    /// - Throws: ``FormatError`` for a file of such a format that cannot be read.
    static func read(
        _ path: String, isScaled: Bool
    ) throws(FormatError) -> (image: AnyImage, scaling: NIfTIEncoder.Scaling?)? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let source = try ByteSource(path: path)
        let reader: any ImageReader
        do throws(FormatError) {
            reader = try FormatTable.standard.open(source)
        } catch {
            guard VolumeFile(path: path) == nil else { throw error }
            return nil
        }
        guard Format(rawValue: reader.formatName) != nil else { return nil }
        guard !isScaled, let scaled = reader as? NIfTIReader else { return (try reader.readFrame(0), nil) }
        let stored = try NIfTIReader(scaled.source, values: .stored)
        let isPlain = stored.slope == 1 && stored.intercept == 0
        let scaling = isPlain ? nil : NIfTIEncoder.Scaling(slope: stored.slope, intercept: stored.intercept)
        return (try stored.readFrame(), scaling)
    }
}
