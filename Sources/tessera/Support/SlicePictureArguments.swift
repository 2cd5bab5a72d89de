import ArgumentParser
import ImageCore
import ImageProcessing
import Radiology

/// How slices become pictures.
struct SlicePictureArguments: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: "What is made of each slice: the whole of it, black outside the mask, the mask, the mask's box.")
    var kinds: [SliceKind] = [.whole]

    @Option(help: "Files: PNG of 8 bits, or NumPy arrays.")
    var format = SliceFormat.png

    @Option(help: "A window of Hounsfield units by its name, or none: NumPy arrays with the values as they are.")
    var window: WindowChoice?

    // Also for values that begin with a minus sign.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The window's middle, in the values of the series.", valueName: "value"))
    var center: Double?

    @Option(help: ArgumentHelp("The window's width.", valueName: "value"))
    var width: Double?

    @Option(
        help: ArgumentHelp(
            "Orientation that volumes are turned to before they are cut along z: three letters, where x, y and z lead "
                + "(LPS: axial, ASL: sagittal, LIP: coronal), or stored (default: LPS).", valueName: "letters"),
        transform: parsed("three of the letters L R P A S I, each of another line of the body, such as LPS, or stored"))
    var orientation = OrientationChoice.turned(.lps)

    @Option(
        help: ArgumentHelp(
            "Millimetres between voxels after that: one number, or XxYxZ, where 0 keeps an axis (0x0x5).",
            valueName: "mm"),
        transform: parsed("one number above 0, or three as XxYxZ, where 0 keeps an axis, such as 0.7x0.7x5"))
    var spacing: SpacingChoice?

    @Option(
        help: ArgumentHelp(
            "One size for all boxes, in pixels, such as 224x224 (default: each has its own).", valueName: "WIDTHxHEIGHT"
        ),
        transform: parsed("WIDTHxHEIGHT in pixels, such as 224x224"))
    var boxSize: CanvasSize?

    @Option(help: "How boxes come to that size: a frame around the middle, or scaled.")
    var boxFit = BoxFitChoice.padded

    func validate() throws { _ = try options() }

    /// Whether a window is meant in Hounsfield units.
    var needsHounsfield: Bool { center == nil && window != .untouched }

    /// The options without the selection.
    func options() throws(ValidationError) -> SliceOptions {
        var options = SliceOptions()
        options.kinds = Set(kinds)
        options.format = format
        options.window = try chosenWindow()
        if case .turned(let orientation) = orientation {
            options.orientation = orientation
        } else {
            options.orientation = nil
        }
        options.spacingMillimetres = spacing?.millimetres
        if let size = boxSize?.size {
            let largest = max(size.width, size.height)
            try expect(largest <= 32768, "--box-size", "at most 32768x32768", "\(size.width)x\(size.height)")
            options.boxFit = boxFit == .padded ? .padded(size) : .resized(size)
        }
        return options
    }

    private func chosenWindow() throws(ValidationError) -> IntensityWindow? {
        try expect((center == nil) == (width == nil), "--center", "--width with it", "one of the two")
        if let center, let width {
            try expect(window == nil, "--window", "a name, or --center and --width", "both")
            guard let window = IntensityWindow(center: center, width: width) else {
                throw ValidationError("--width: expected 1 or more, found \(width)")
            }
            return window
        }
        try expect(window != .untouched || format == .npy, "--window", "a window for PNG", "none")
        switch window {
        case .preset(let preset): return preset.window
        case .untouched: return nil
        case nil: return WindowPreset.lung.window
        }
    }
}

/// `--window`: a preset, or `none`.
enum WindowChoice: ExpressibleByArgument, Equatable {
    case preset(WindowPreset)
    case untouched

    init?(argument: String) {
        if argument == "none" {
            self = .untouched
        } else if let preset = WindowPreset(rawValue: argument) {
            self = .preset(preset)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { WindowPreset.allCases.map(\.rawValue) + ["none"] }
}

/// `--orientation`: three letters, or `stored`.
enum OrientationChoice: ExpressibleByArgument, CustomStringConvertible {
    case turned(Orientation)
    case stored

    init?(argument: String) {
        if argument == "stored" {
            self = .stored
        } else if let orientation = Orientation(argument) {
            self = .turned(orientation)
        } else {
            return nil
        }
    }

    var description: String {
        if case .turned(let orientation) = self { return orientation.code }
        return "stored"
    }
}

/// `--spacing`: `1`, or `0.7x0.7x5` with 0 for axes that stay.
struct SpacingChoice: ExpressibleByArgument {
    let millimetres: SIMD3<Double>

    init?(argument: String) {
        let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.count == 1 || parts.count == 3 else { return nil }
        let values = (0..<3).compactMap { parts[parts.count == 1 ? 0 : $0] }
        guard values.count == 3, values.allSatisfy({ $0 >= 0 && $0.isFinite }), values.max() ?? 0 > 0 else {
            return nil
        }
        millimetres = SIMD3(values[0], values[1], values[2])
    }
}

/// `--box-fit`.
enum BoxFitChoice: String, ExpressibleByArgument, CaseIterable {
    case padded
    case resized
}
