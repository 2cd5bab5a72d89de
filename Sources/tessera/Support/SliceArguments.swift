public import ArgumentParser
import ImageCore
import ImageProcessing
public import Radiology

extension SliceKind: ExpressibleByArgument {}
extension SliceFormat: ExpressibleByArgument {}
extension SliceSelection.Reference: ExpressibleByArgument {}

/// What is cut, and with which mask.
struct SliceSourceArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Series Instance UID, or the start or end of one.", valueName: "uid"))
    var series: String?

    @Option(help: ArgumentHelp("Number of the stack in the series, from 1 (default: all).", valueName: "n"))
    var stack: Int?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Values that Image Type has to have: ORIGINAL PRIMARY AXIAL leaves out what was derived.",
            valueName: "value"))
    var imageType: [String] = []

    @Option(help: "What becomes of gaps, irregular and sheared slices, as for convert.")
    var policy = VolumePolicy.faithful

    @Option(
        name: .customLong("mask"),
        help: ArgumentHelp(
            "The mask: lung, body, or a label volume (NIfTI, NRRD, MetaImage; whole numbers from 0 up) on the voxels of the "
                + "series.", valueName: "lung|body|file"))
    var maskArgument: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Labels of that file that make the mask, such as 1 3 (default: all but 0).", valueName: "n"),
        transform: parsed("a whole number; several are set apart by blanks, as in 1 3"))
    var labels: [Int] = []

    func validate() throws {
        try expect(stack.map { $0 >= 1 } ?? true, "--stack", "1 or more", stack ?? 0)
        try expect(maskArgument != "", "--mask", "lung, body or a file", "nothing")
        try expect(labels.allSatisfy { $0 >= 0 }, "--labels", "whole numbers from 0 up", labels.min() ?? 0)
        try expect(labels.isEmpty || maskFile != nil, "--labels", "--mask with a file", maskArgument ?? "no mask")
    }

    /// The mask that is asked for.
    var mask: MaskSource? {
        switch maskArgument {
        case nil: nil
        case "lung": .lung
        case "body": .body
        case .some(let path): .file(path: path, labels: Set(labels))
        }
    }

    /// The file that the mask is read from.
    var maskFile: String? { mask.map(\.isComputed) == false ? maskArgument : nil }

    /// The request without what follows from other options.
    var request: SliceRequest {
        var request = SliceRequest()
        request.mask = mask
        request.imageTypes = Set(imageType)
        request.seriesUID = series
        request.stack = stack
        request.volume.policy = policy
        return request
    }
}

/// Which slices are taken.
struct SliceSelectionArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Smallest area of the mask in mm².", valueName: "mm²"))
    var minArea: Double = 0

    @Option(help: ArgumentHelp("Smallest number of pixels of the mask.", valueName: "n"))
    var minPixels: Int = 0

    @Option(help: ArgumentHelp("Smallest number of pixels of the mask's bounding box.", valueName: "n"))
    var minBoxPixels: Int = 0

    @Option(help: ArgumentHelp("Smallest part that the mask covers, 0 to 1.", valueName: "part"))
    var minRatio: Double = 0

    @Option(help: "What that part refers to: the whole slice, or the body in it.")
    var ratioOf = SliceSelection.Reference.slice

    @Option(help: ArgumentHelp("Largest number of slices of a series; of more, evenly spaced ones.", valueName: "n"))
    var maxSlices: Int?

    @Option(help: ArgumentHelp("A patient with fewer slices in all is dropped.", valueName: "n"))
    var minSlices: Int = 0

    func validate() throws {
        try expect(minArea >= 0 && minArea.isFinite, "--min-area", "0 or more", minArea)
        try expect(minPixels >= 0, "--min-pixels", "0 or more", minPixels)
        try expect(minBoxPixels >= 0, "--min-box-pixels", "0 or more", minBoxPixels)
        try expect(minRatio >= 0 && minRatio <= 1, "--min-ratio", "0 to 1", minRatio)
        try expect(maxSlices.map { $0 >= 1 } ?? true, "--max-slices", "1 or more", maxSlices ?? 0)
        try expect(minSlices >= 0, "--min-slices", "0 or more", minSlices)
    }

    /// The selection.
    var selection: SliceSelection {
        var selection = SliceSelection()
        selection.minimumSquareMillimetres = minArea
        selection.minimumPixels = minPixels
        selection.minimumBoxPixels = minBoxPixels
        selection.minimumRatio = minRatio
        selection.reference = ratioOf
        selection.maximumCount = maxSlices
        return selection
    }
}
