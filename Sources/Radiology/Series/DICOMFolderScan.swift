public import Formats
public import ImageProcessing
import Synchronization

/// What a scan of files and folders for DICOM found.
///
/// Only headers are read. Files are told by their content, whatever they are called; folders that links lead to in
/// circles are searched once. Memory grows with the number of images (about 1 KB each), not with their size.
public struct DICOMFolderScan: Sendable {
    /// The images, in the order of the paths.
    public private(set) var instances: [DICOMInstance] = []
    /// Segmentations, structure sets, reports and other objects that are no images of a volume, in the order of the paths.
    public private(set) var objects: [NonImageObject] = []
    /// DICOM files that could not be read, files that are DICOM by their name alone (`.dcm`, `.dicom`, `.ima`), folders that
    /// could not be opened, inputs that do not exist.
    public private(set) var failures: [FormatError] = []
    /// Number of other files that are no DICOM, and of entries that are no files.
    public private(set) var otherCount = 0

    /// Scans files and folders, on several threads.
    ///
    /// - Parameters:
    ///   - paths: Files and folders, which are searched recursively without hidden entries. A file called `DICOMDIR` stands
    ///     for the files that it lists below its own folder.
    ///   - limits: What a header may ask for.
    ///   - workers: Number of threads; the result does not depend on it.
    public init(paths: [String], limits: DecodeLimits = .standard, workers: Int = processorCount) {
        let walk = FolderWalk(paths, limits: limits)
        failures = walk.failures
        otherCount = walk.otherCount
        let files = walk.files
        // Batches keep the lock out of the way.
        let size = 64
        let batches = Mutex<[Int: [Outcome]]>([:])
        forEachInParallel(count: (files.count + size - 1) / size, workers: workers) { batch in
            let part = files[(batch * size)..<min(files.count, (batch + 1) * size)]
            let outcomes = part.map { Self.read($0, limits: limits) }
            batches.withLock { $0[batch] = outcomes }
        }
        for (_, outcomes) in batches.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            for outcome in outcomes { add(outcome) }
        }
    }

    /// The images sorted into series and stacks.
    public func series(tolerance: StackTolerance = .standard) -> [DICOMSeries] {
        DICOMSeries.series(of: instances, tolerance: tolerance)
    }

    private enum Outcome: Sendable {
        case content(DICOMContent)
        case failure(FormatError)
        case other
    }

    private mutating func add(_ outcome: Outcome) {
        switch outcome {
        case .content(.image(let instance)): instances.append(instance)
        case .content(.object(let object)): objects.append(object)
        case .failure(let error): failures.append(error)
        case .other: otherCount += 1
        }
    }

    private static func read(_ path: String, limits: DecodeLimits) -> Outcome {
        do {
            let source = try ByteSource(path: path)
            let prefix = try source.prefix(136)
            guard DICOMHeader.recognizes(prefix) else { return unrecognized(path, byteCount: source.count) }
            // Without the mark at 128, a file may look like DICOM by chance.
            let isCertain = prefix.count >= 132 && prefix[128..<132].elementsEqual("DICM".utf8)
            let header: DICOMHeader
            do {
                header = try DICOMHeader(source: source, limits: limits)
            } catch {
                return isCertain ? .failure(error) : unrecognized(path, byteCount: source.count)
            }
            guard isCertain || header.dataSet.element(.sopClassUID) != nil || header.pixelData != nil else {
                return unrecognized(path, byteCount: source.count)
            }
            let content = try DICOMContent.content(of: header, in: source, limits: limits)
            if let failure = content.failure(of: header) { return .failure(failure) }
            return .content(content)
        } catch {
            return .failure(error)
        }
    }

    /// A file that is no DICOM: told where its name says that it should be, as a slice may be missing.
    private static func unrecognized(_ path: String, byteCount: Int) -> Outcome {
        guard FolderWalk.isNamedAsDICOM(path) else { return .other }
        return .failure(
            FormatError(
                .notRecognized, file: path, expected: "DICOM",
                found: byteCount == 0 ? "an empty file" : "neither a preamble nor a data set"))
    }
}
