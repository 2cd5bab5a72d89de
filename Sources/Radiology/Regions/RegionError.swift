public import Formats

/// Why regions do not become a volume on a grid.
public enum RegionError: Error, Sendable, Hashable {
    /// The file cannot be read, or contradicts the standard.
    case file(FormatError)
    /// A frame of the object is larger than the grid's slices, or has another size and no position.
    case sizeDiffers(file: String, rows: Int, columns: Int, gridRows: Int, gridColumns: Int)
    /// The positions refer to another space than those of the grid.
    case frameOfReferenceDiffers(file: String, found: String, grid: String)
    /// The pixels of a frame lie beside the voxels of the grid.
    /// - deviationMillimetres: how far its farthest corner is from its voxel on the nearest slice.
    case offGrid(file: String, frame: Int, deviationMillimetres: Double, toleranceMillimetres: Double)
    /// A frame has neither a place nor a source that the grid has.
    case noPlace(file: String, frame: Int)
    /// The grid has no orientation, spacing or positions, and they are needed.
    case gridWithoutGeometry(file: String)
    /// There is no such segment or region.
    case unknownRegion(file: String, number: Int)
    /// The segments overlap, so that one label per voxel cannot say what they are.
    case overlap(file: String, layers: Int)
    /// There are more regions than labels of 16 bits.
    case tooManyRegions(file: String, count: Int)
    /// The result is larger than the limits allow.
    case tooLarge(file: String, voxels: String, limit: Int)
}

/// Whether work should stop here: nothing of it is kept.
public typealias CancellationCheck = @Sendable () -> Bool

extension RegionError {
    static func interrupted(_ file: String) -> RegionError {
        .file(FormatError(.interrupted, file: file, found: "interrupted"))
    }

    /// Whether the caller asked to stop.
    public var isInterruption: Bool {
        if case .file(let error) = self { error.code == .interrupted } else { false }
    }
}

extension RegionError: CustomStringConvertible {
    /// One line, the file first.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .sizeDiffers(let file, let rows, let columns, let gridRows, let gridColumns):
            "\(file): expected frames of \(gridColumns) x \(gridRows) pixels as in the series, or a part of them, found \(columns) x \(rows)"
        case .frameOfReferenceDiffers(let file, let found, let grid):
            "\(file): expected the frame of reference \(grid), found \(found)"
        case .offGrid(let file, let frame, let deviation, let tolerance):
            "\(file): frame \(frame + 1): expected pixels within \(tolerance) mm of the voxels of the series, "
                + "found \(Self.rounded(deviation)) mm"
        case .noPlace(let file, let frame):
            "\(file): frame \(frame + 1): expected a position or a source image of the series, found neither"
        case .gridWithoutGeometry(let file):
            "\(file): expected a series with orientation, spacing and positions, found one without"
        case .unknownRegion(let file, let number): "\(file): there is no region number \(number)"
        case .overlap(let file, let layers):
            "\(file): expected regions that do not overlap, found overlaps that take \(layers) label maps"
        case .tooManyRegions(let file, let count): "\(file): expected at most 65535 regions, found \(count)"
        case .tooLarge(let file, let voxels, let limit):
            "\(file): expected a volume of at most \(limit) bytes, found \(voxels) voxels"
        }
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
