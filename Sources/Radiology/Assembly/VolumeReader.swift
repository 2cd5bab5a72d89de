public import Formats
public import ImageCore

/// Makes volumes of the DICOM files in a folder.
///
/// ```swift
/// let reader = try VolumeReader(folder: "scan")
/// for defect in reader.series.flatMap(\.defects) { print(defect.message) }
/// let volume = try reader.volume()
/// ```
///
/// A scan goes over all files below the folder and reads their headers only. Pixels are decoded when a volume is asked
/// for, on several threads straight into the volume's memory: besides it a slice per thread is needed.
public struct VolumeReader: Sendable {
    /// The series, by study, number and UID, with their stacks.
    public let series: [DICOMSeries]
    /// How volumes are read.
    public var options: VolumeOptions

    /// Files and folders that could not be read; the series are made of the others.
    public let failures: [FormatError]

    /// A reader of series that were sorted already.
    public init(series: [DICOMSeries], options: VolumeOptions = VolumeOptions()) {
        self.series = series
        self.options = options
        failures = []
    }

    /// Scans files and folders.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when there is no DICOM image, or the first of ``failures`` when
    ///   there is nothing else.
    public init(paths: [String], options: VolumeOptions = VolumeOptions()) throws(FormatError) {
        let scan = DICOMFolderScan(paths: paths, limits: options.limits, workers: options.workers)
        series = scan.series()
        failures = scan.failures
        self.options = options
        guard series.isEmpty else { return }
        throw failures.first
            ?? FormatError(
                .invalidRequest, file: paths.joined(separator: ", "), expected: "DICOM images", found: "none")
    }

    /// Scans a folder; see ``init(paths:options:)``.
    public init(folder: String, options: VolumeOptions = VolumeOptions()) throws(FormatError) {
        try self.init(paths: [folder], options: options)
    }

    /// The failures that may be slices of a series: files whose header names it, and files whose header names none in a folder
    /// that has files of it.
    ///
    /// Others are broken files of something else that lies beside.
    public func failures(concerning series: DICOMSeries) -> [FormatError] {
        SeriesFailures(failures, limits: options.limits).concerning(series)
    }

    /// Every stack of every series, the largest of each series first.
    public var stacks: [(series: DICOMSeries, stack: DICOMStack)] {
        series.flatMap { series in series.stacks.map { (series: series, stack: $0) } }
    }

    /// Makes a volume of a stack.
    ///
    /// Axes are `[.z, .y, .x]`, with the varying attribute's before and `.channel` behind where there are some; x, y and z
    /// are DICOM's columns, rows and the direction of the slices' normal. Values are rescaled slice by slice; what type
    /// they get, and why, is in ``Volume/reasons``.
    /// - Parameters:
    ///   - stack: A stack of the series.
    ///   - series: The series.
    ///   - image: An image of an earlier volume, whose memory is used again when type and sizes are the same.
    /// - Returns: The volume.
    /// - Throws: ``FormatError``: what a file lacks, or ``FormatError/Code-swift.struct/volumeRefused`` when the
    ///   policy does not allow what the stack is. Of several files that fail, the first in the volume's order is named.
    public func volume(
        _ stack: DICOMStack, of series: DICOMSeries, reusing image: consuming AnyImage? = nil
    ) throws(FormatError) -> Volume {
        let assembler = try VolumeAssembler(series, stack, options: options)
        let volume: Volume
        // Consumed, so that no second reference makes the image copy itself when it is written.
        switch consume image {
        case .some(let image): volume = try assembler.volume(reusing: image)
        case .none: volume = try assembler.volume()
        }
        guard options.policy == .resample else { return volume }
        return try volume.resampledToUprightGrid(fill: options.insertedValue)
    }

    /// The volume of the only stack with more than one slice, or of the only stack.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when there are several, naming them; otherwise
    ///   as ``volume(_:of:reusing:)``.
    public func volume() throws(FormatError) -> Volume {
        let (series, stack) = try onlyStack()
        return try volume(stack, of: series)
    }

    /// Decodes into the memory of a volume of the same size, and describes it anew.
    ///
    /// The memory is taken as it is when type and sizes agree and no other image shares it; otherwise new memory is taken.
    /// After an error the volume's image is empty.
    public func read(_ stack: DICOMStack, of series: DICOMSeries, into volume: inout Volume) throws(FormatError) {
        let image = volume.image
        volume.image = .uint8(Image(axes: [.x], sizes: [0]))
        volume = try self.volume(stack, of: series, reusing: consume image)
    }

    /// The only stack with more than one slice, or the only stack.
    ///
    /// - Returns: The stack and its series.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when there are several, naming them.
    public func onlyStack() throws(FormatError) -> (DICOMSeries, DICOMStack) {
        let all = stacks
        let volumes = all.filter { $0.stack.sliceCount > 1 }
        if all.count == 1 || volumes.count == 1, let only = volumes.first ?? all.first {
            return (only.series, only.stack)
        }
        let listed = (volumes.isEmpty ? all : volumes).prefix(4).map { series, stack in
            "series \(series.uid) with \(counted(stack.sliceCount, "slice"))"
        }
        throw FormatError(
            .invalidRequest, file: place, expected: "one stack of slices",
            found: all.isEmpty ? "none" : "\(all.count): \(listed.joined(separator: ", "))")
    }
}

extension VolumeReader {
    /// The file or folder that messages about all series name.
    package var place: String {
        let paths = series.flatMap(\.instances).map(\.path)
        return FilePaths.common(paths) ?? paths.first ?? "no file"
    }

    /// A line for every stack: series, number in the series from 1, size, spacing, and what tells it from others.
    public var stackLines: [String] {
        series.flatMap { series in
            series.stacks.enumerated().map { index, stack in
                "series \(series.uid) stack \(index + 1): " + stack.line(series)
            }
        }
    }
}

extension DICOMStack {
    fileprivate func line(_ series: DICOMSeries) -> String {
        let counts = [pixels.columns, pixels.rows, sliceCount] + axes.reversed().map(\.count)
        var parts = [counts.map { String($0) }.joined(separator: " x ")]
        if let spacing {
            let lengths = [spacing.xMillimetres, spacing.yMillimetres, geometry.spacingMillimetres].compactMap { $0 }
            parts.append(lengths.map(short).joined(separator: " x ") + " mm")
        }
        parts += [geometry.orientation?.plane, series.modality.isEmpty ? nil : series.modality].compactMap { $0 }
        if let description = series.seriesDescription { parts.append("\"\(description)\"") }
        if let reason = splitReasons.last { parts.append("apart by \(reason)") }
        return parts.joined(separator: ", ")
    }
}
