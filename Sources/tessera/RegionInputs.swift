import Formats
import Patches
import Radiology

/// The objects and series that a command names.
struct RegionInputs {
    /// A file that may mark regions, and the name of its outputs.
    struct Object {
        var path: String
        var name: String
    }

    private(set) var objects: [Object] = []
    /// The series among the objects and in the folders named for them.
    let stacks: [(series: DICOMSeries, stack: DICOMStack)]
    /// Positions, orientations and spacings of the series that are no numbers.
    let invalidNumbers: [SeriesDefect]
    private(set) var failures: [FormatError]

    init(objects paths: [String], series: [String], jobs: Int) {
        let scan = DICOMFolderScan(paths: paths, workers: jobs)
        let marking = Set(scan.objects.filter { RegionObject.canMark($0.kind) }.map(\.path))
        let seriesScan = DICOMFolderScan(paths: series, workers: jobs)
        let found = DICOMSeries.series(of: scan.instances + seriesScan.instances)
        invalidNumbers = found.flatMap(\.defects).filter { $0.kind == .invalidNumber }
        stacks = found.flatMap { series in
            series.stacks.map { (series: series, stack: $0) }
        }
        failures = scan.failures + seriesScan.failures
        let directories = scan.objects.filter { $0.kind == .directory }.map(\.path)
        let known = marking.union(directories).union(scan.instances.map(\.path)).union(scan.failures.map(\.file))
        let search = FileSearch.files(in: paths) { _ in true }
        for file in search.found where file.isNamed && !known.contains(file.path) {
            let kind = scan.objects.first { $0.path == file.path }?.kind.rawValue ?? "no DICOM file"
            failures.append(
                FormatError(
                    .notRecognized, file: file.path, expected: "a segmentation, structure set, report or image",
                    found: kind))
        }
        let searched = Set(search.found.map(\.path))
        let listed = scan.objects.map(\.path).filter { marking.contains($0) && !searched.contains($0) }
        // What a DICOMDIR lists is not below a folder that was named.
        let marked =
            search.found.filter { marking.contains($0.path) }.map {
                MarkedFile(path: $0.path, relativePath: $0.relativePath)
            }
            + listed.map { MarkedFile(path: $0, relativePath: $0) }
        objects = zip(marked, Self.names(marked)).map { Object(path: $0.path, name: $1) }
        if objects.isEmpty && failures.isEmpty {
            failures.append(
                FormatError(
                    .invalidRequest, file: paths.joined(separator: ", "),
                    expected: "segmentations, structure sets or reports", found: "none"))
        }
    }

    /// The base name of every file; where several share one, the path below the input with `_` for slashes and dots.
    private static func names(_ files: [MarkedFile]) -> [String] {
        var names = files.map { FileSearch.baseName($0.path) }
        for form in [\MarkedFile.relativePath, \MarkedFile.path] {
            let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            for (i, file) in files.enumerated() where counts[names[i], default: 0] > 1 {
                let parts = file[keyPath: form].split { "/.".contains($0) }
                names[i] = parts.joined(separator: "_")
            }
        }
        return names
    }
}

/// A file with regions, and its path below the input that led to it.
private struct MarkedFile {
    let path: String
    let relativePath: String
}
