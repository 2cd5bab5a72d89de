import Formats
import Synchronization

/// Files whose encapsulated pixel data has more frames than the header declares, found while frames are read: to look for
/// them in every header would cost a walk through all fragments.
final class SurplusFrames: Sendable {
    private let found = Mutex<[String: (expected: Int, found: Int)]>([:])

    /// Takes what a reader found.
    func note(_ reader: DICOMPixelReader) {
        for defect in reader.defects {
            guard case .excessFrames(let expected, let count) = defect.kind else { continue }
            self.found.withLock { $0[reader.name] = (expected, count) }
        }
    }

    /// A defect where there is any such file.
    var defects: [SeriesDefect] {
        let files = found.withLock { $0 }.sorted { $0.key < $1.key }
        guard let first = files.first else { return [] }
        let message =
            "more frames than the header declares in \(counted(files.count, "file")): "
            + "\(first.value.found) instead of \(first.value.expected); the rest is left out"
        return [SeriesDefect(.excessPixelData, .warning, message, files: files.map(\.key))]
    }
}
