import Formats
import ImageCore

/// A stack of DICOM slices to be cut.
struct StackInput: Sendable {
    let series: DICOMSeries
    let stack: DICOMStack
    /// Number of the stack in its series, from 0.
    let index: Int
    let request: SliceRequest

    /// The name of its folder.
    var name: String { index == 0 ? series.uid : "\(series.uid)-stack\(index + 1)" }

    /// Why the stack is not cut; `nil` when it is.
    var reasonToLeaveOut: String? {
        let types = stack.frames.first.map { series.facts($0).imageType } ?? []
        let missing = request.imageTypes.subtracting(types)
        guard missing.isEmpty else {
            return "its image type \(types.joined(separator: "\\")) lacks \(missing.sorted().joined(separator: ", "))"
        }
        // Who asks for a series by its name gets it, or hears what is wrong with it.
        guard request.seriesUID == nil else { return nil }
        if types.contains("LOCALIZER") { return "a localizer" }
        if stack.pixels.samplesPerPixel > 1 { return "colors" }
        if request.needsHounsfield && series.modality != "CT" {
            return "\(series.modality) has no Hounsfield units: \(request.hintWithoutHounsfield)"
        }
        return reasonByGeometry
    }

    /// Why a stack is no volume of slices that have one step, when the default policy has it.
    private var reasonByGeometry: String? {
        if !stack.axes.isEmpty {
            let axes = stack.axes.map { "\($0.attribute.words) (\($0.count))" }.joined(separator: ", ")
            return "several volumes, along \(axes)"
        }
        guard request.volume.policy == .faithful else { return nil }
        switch stack.geometry.kind {
        case .unknown: return "slices without a place in space"
        case .notParallel: return "slices of different orientations; --policy keepIrregular takes them"
        case .irregular:
            let resample = stack.hasSensibleUprightGrid ? "resample, " : ""
            return "slices without one step; --policy \(resample)largestConsistent or keepIrregular takes them"
        case .uniform, .uniformWithGaps, .sheared, .singleSlice: return nil
        }
    }

    func sliceSeries() throws(FormatError) -> SliceSeries {
        var paths: [String] = []
        for frame in stack.frames {
            let path = series.instances[frame.instance].path
            if paths.last != path { paths.append(path) }
        }
        let files = try ContentIdentity(files: paths)
        let mask = try request.mask?.identity() ?? "none"
        return SliceSeries(name: name, identity: "\(files); policy \(request.volume.policy.rawValue); mask \(mask)") {
            () throws(FormatError) in try load()
        }
    }

    private func load() throws(FormatError) -> SliceSource {
        func refuse(_ expected: String, _ found: String) -> FormatError {
            FormatError(.volumeRefused, file: "series \(name)", expected: expected, found: found)
        }
        let volume = try VolumeReader(series: [series], options: request.volume).volume(stack, of: series)
        guard volume.image.axes == [.z, .y, .x] else {
            throw refuse("a gray volume with the axes z, y, x", volume.image.layout.inWords)
        }
        guard volume.isGridExact || volume.isPlacelessPicture || request.volume.policy == .keepIrregular else {
            let found = stack.defects.first { $0.severity > .note }?.message
            throw refuse("slices with one step, or another --policy", found ?? "slices without one")
        }
        guard volume.unit == .hounsfield || !request.needsHounsfield else {
            throw refuse(
                "Hounsfield units", "the unit \(volume.unit.name): \(request.hintWithoutHounsfield)")
        }
        var source = SliceSource(volume: volume.image)
        source.placement = volume.slicePlacement
        source.notes = volume.defects.filter(request.isTold).map(\.message)
        if stack.pixels.photometric == "MONOCHROME1" {
            source.isInverted = true
            source.notes.append("MONOCHROME1, where the lowest value is white: windowed pictures show it so")
        }
        let valid = volume.validity?.contiguous()
        if let valid {
            source.validity = Image(axes: [.z, .y, .x], sizes: [volume.image.depth, 1, 1]) {
                for z in 0..<$0.count { $0[z] = valid.samples[z] }
            }
        }
        // Slices that are marked as put in are not cut.
        let isInterpolated = volume.slices.indices.contains {
            volume.slices[$0].isInserted && valid?.samples[$0] ?? true
        }
        if request.volume.policy == .resample, isInterpolated {
            source.notes.append("pictures are of interpolated slices, which no file has (policy resample)")
        }
        try request.complete(&source, name: name)
        return source
    }
}

extension Volume {
    /// How the slices lie that pictures are cut from.
    fileprivate var slicePlacement: SlicePlacement {
        guard !isGridExact else { return .grid }
        let points = slices.compactMap(\.positionMillimetres)
        switch stackGeometry?.kind {
        case .irregular, .uniform, .uniformWithGaps, .sheared, .singleSlice:
            return points.count == slices.count ? .parallel(points) : .stacked
        case .notParallel, .unknown, nil: return .stacked
        }
    }
}

extension SliceRequest {
    /// Whether pictures need to be told of a defect: also of one that resampling mended.
    fileprivate func isTold(_ defect: SeriesDefect) -> Bool {
        let isMended = [.missingSlices, .irregularSpacing, .tilted].contains(defect.kind)
        return defect.severity > .note || volume.policy == .resample && isMended
    }
}
