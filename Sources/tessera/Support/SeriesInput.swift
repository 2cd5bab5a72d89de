import Formats
import Radiology

extension VolumeReader {
    /// The series of files and folders; where there are regions instead, the error says which command takes them.
    static func reading(_ paths: [String], _ options: VolumeOptions = VolumeOptions()) throws(FormatError)
        -> VolumeReader
    {
        do throws(FormatError) {
            return try VolumeReader(paths: paths, options: options)
        } catch {
            let marking = DICOMFolderScan(paths: paths, workers: options.workers).objects.first {
                RegionObject.canMark($0.kind)
            }
            guard error.code == .invalidRequest, let marking else { throw error }
            throw FormatError(
                .invalidRequest, file: marking.path, expected: "DICOM images",
                found: "a \(marking.kind.words), which `tessera regions` turns into a label volume")
        }
    }
}
