public import ImageCore
public import ImageProcessing

/// A picture that is made of a slice.
public enum SliceKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// The whole slice.
    case whole
    /// The slice, black outside the mask: 0, and −1000 where Hounsfield units are kept as they are.
    case masked
    /// The mask: white where it holds.
    case mask
    /// The part of the slice inside the mask's bounding box.
    case boxed
}

/// How slices are written.
public enum SliceFormat: String, Sendable, Hashable, CaseIterable, Codable {
    /// PNG, 8 bits of gray; masks 1 bit.
    case png
    /// NumPy's array file, version 1.0.
    case npy
}

/// What becomes of the bounding box of a mask.
public enum BoxFit: Sendable, Hashable {
    /// The box as it is: each slice has its own size.
    case tight
    /// A frame of one size around the middle of the box, nothing scaled; outside the slice it is black. A box that is larger than
    /// the frame loses its edges.
    case padded(PixelSize)
    /// The box scaled to one size by area averaging, whatever its shape was.
    case resized(PixelSize)
}

/// How slices of a series become files.
public struct SliceOptions: Sendable, Hashable {
    /// What is made of each slice.
    public var kinds: Set<SliceKind> = [.whole]
    /// The files' format.
    public var format = SliceFormat.png
    /// The window that values are spread over, the same for all slices of all series; `nil` keeps the values (NPY only).
    public var window: IntensityWindow? = WindowPreset.lung.window
    /// Which slices are taken.
    public var selection = SliceSelection()
    /// A patient with fewer slices in all series together is dropped.
    public var minimumSlices = 0
    /// What becomes of bounding boxes.
    public var boxFit = BoxFit.tight
    /// The orientation that volumes are turned to before they are cut along z; `nil` cuts them as they are stored.
    public var orientation: Orientation? = .lps
    /// Millimetres between voxels along x, y and z after turning, to which volumes are resampled: values linearly, masks by their
    /// nearest voxel.
    ///
    /// A component of 0 keeps an axis; `nil` keeps all.
    public var spacingMillimetres: SIMD3<Double>?

    /// Whole slices in the lung window as PNG.
    public init() {}

    /// Everything that the files depend on, as one line each.
    var parameters: [String: String] {
        var result = [
            "kinds": SliceKind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: ","),
            "format": format.rawValue, "orientation": orientation?.code ?? "stored", "boxFit": "\(boxFit.description)",
            "minimumSlices": String(minimumSlices), "minimumPixels": String(selection.minimumPixels),
            "minimumSquareMillimetres": String(selection.minimumSquareMillimetres),
            "minimumRatio": String(selection.minimumRatio), "ratioReference": selection.reference.rawValue,
        ]
        if selection.minimumBoxPixels > 0 { result["minimumBoxPixels"] = String(selection.minimumBoxPixels) }
        if let spacing = spacingMillimetres {
            result["spacing"] = [spacing.x, spacing.y, spacing.z].map { $0 == 0 ? "kept" : "\($0) mm" }.joined(
                separator: " x ")
        }
        if let maximum = selection.maximumCount { result["maximumCount"] = String(maximum) }
        if let window {
            result["window"] = "center \(window.center), width \(window.width), \(window.function)"
        }
        return result
    }

    /// Whether a mask is needed.
    public var needsMask: Bool { selection.needsMask || kinds.contains { $0 != .whole } }

    /// Whether a mask of the body is needed.
    public var needsBody: Bool { selection.minimumRatio > 0 && selection.reference == .body }
}

extension BoxFit: CustomStringConvertible {
    /// `tight`, `padded 224x224` or `resized 224x224`.
    public var description: String {
        switch self {
        case .tight: "tight"
        case .padded(let size): "padded \(size.width)x\(size.height)"
        case .resized(let size): "resized \(size.width)x\(size.height)"
        }
    }
}
