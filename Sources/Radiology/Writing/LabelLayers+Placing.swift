public import Formats
public import ImageCore
import ImageProcessing

extension LabelLayers {
    /// A label map that lies anywhere in space, brought onto the slices of a grid: axes are exchanged and flipped, nothing
    /// is interpolated.
    ///
    /// Slices that the grid does not have, as those that a gap was filled with, are left out, and have to be empty.
    /// - Parameters:
    ///   - labels: Axes z, y, x; whole numbers from 0 to 65535. Without a geometry it lies as the grid does.
    ///   - grid: The slices of a series.
    ///   - file: The name for errors.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when the labels are no such numbers, their geometry is not
    ///   placed, their pixels are not those of the grid (a tenth of a pixel off at most), or slices that the grid does not have bear labels.
    public init(placing labels: AnyImage, on grid: SliceGrid, file: String) throws(FormatError) {
        guard Set(labels.axes) == [.z, .y, .x], labels.axes.count == 3 else {
            throw Self.refuse(file, "axes z, y, x", labels.axes.names)
        }
        let span = labels.accept(FindValueSpan())
        guard span.isWhole, span.low >= 0, span.high <= 65535 else {
            throw Self.refuse(file, "whole numbers from 0 to 65535", "\(span.low) to \(span.high)")
        }
        guard labels.geometry?.isPlaced != false else {
            throw Self.refuse(file, "a place in space", "none (in NIfTI: form codes of 0)")
        }
        var numbers = labels.accept(AsLabels())
        if numbers.geometry != nil { numbers = try Self.turned(numbers, as: grid, file: file) }
        guard numbers.width == grid.columns, numbers.height == grid.rows else {
            throw Self.refuse(
                file, "\(grid.columns) x \(grid.rows) pixels as in the series", "\(numbers.width) x \(numbers.height)")
        }
        let slices = try Self.slices(numbers, on: grid, file: file)
        try Self.checkOthers(numbers, than: slices, file: file)
        let chosen = slices.map { numbers.slice(.z, at: $0).contiguous() }
        let perSlice = grid.pixelsPerSlice
        let sizes = [slices.count, grid.rows, grid.columns]
        let image = Image<UInt16>(axes: [.z, .y, .x], sizes: sizes, color: .labels, domain: .labels) { samples in
            for (place, slice) in chosen.enumerated() {
                let from = slice.samples
                for i in 0..<perSlice { samples[place * perSlice + i] = from[i] }
            }
        }
        self.init(image, on: grid)
    }

    private static func turned(
        _ labels: Image<UInt16>, as grid: SliceGrid, file: String
    ) throws(FormatError) -> Image<UInt16> {
        guard let orientation = grid.orientation else {
            throw refuse(file, "a series with orientation", "one without")
        }
        let direction = Direction(x: orientation.x, y: orientation.y, z: orientation.normal)
        let geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1), direction: direction)
        do {
            guard let wanted = geometry.closestOrientation else { return labels }
            return try labels.reoriented(to: wanted)
        } catch {
            throw refuse(file, "a volume that can be turned", "\(error)")
        }
    }

    /// The slice of the labels for every slice of the grid.
    private static func slices(
        _ labels: Image<UInt16>, on grid: SliceGrid, file: String
    ) throws(FormatError) -> [Int] {
        guard let geometry = labels.geometry, let places = grid.places() else {
            guard labels.depth == grid.slices.count else {
                throw refuse(file, "\(counted(grid.slices.count, "slice")) as in the series", "\(labels.depth)")
            }
            return Array(grid.slices.indices)
        }
        let across =
            places.orientation.x * (Double(grid.columns - 1) * places.spacing.xMillimetres)
            + places.orientation.y * (Double(grid.rows - 1) * places.spacing.yMillimetres)
        var found: [Int] = []
        for origin in places.origins {
            guard let first = geometry.index(at: origin), let last = geometry.index(at: origin + across),
                first.z > -0.5, first.z < Double(labels.depth) - 0.5
            else {
                let place = [origin.x, origin.y, origin.z].map(short).joined(separator: ", ")
                throw refuse(file, "a slice at \(place) mm, as the series has", "none there")
            }
            let slice = first.z.rounded()
            let corner = SIMD3(Double(grid.columns - 1), Double(grid.rows - 1), slice)
            let (off, offLast) = (first - SIMD3(0, 0, slice), last - corner)
            let most = max((off * off).max(), (offLast * offLast).max()).squareRoot()
            guard most <= 0.1 else {
                throw refuse(file, "the pixels of the series", "some that are off by \(short(most)) of them")
            }
            found.append(Int(slice))
        }
        return found
    }

    /// Labels on slices that have no file would be lost in silence.
    private static func checkOthers(
        _ labels: Image<UInt16>, than slices: [Int], file: String
    ) throws(FormatError) {
        let placed = Set(slices)
        var (voxels, lost) = (0, [Int]())
        for slice in 0..<labels.depth where !placed.contains(slice) {
            let pixels = labels.slice(.z, at: slice).contiguous()
            let labelled = pixels.samples.indices.reduce(0) { $0 + (pixels.samples[$1] == 0 ? 0 : 1) }
            if labelled > 0 { lost.append(slice) }
            voxels += labelled
        }
        guard let first = lost.first else { return }
        throw refuse(
            file, "no labels on slices that the series has no file of, such as a filled gap",
            "\(counted(voxels, "labelled voxel")) on \(counted(lost.count, "slice")), the first slice \(first + 1) "
                + "of \(labels.depth)")
    }

    private static func refuse(_ file: String, _ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: file, place: "labels", expected: expected, found: found)
    }
}

/// The samples as numbers of regions.
private struct AsLabels: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<UInt16> {
        var labels = image.map { $0.saturated(to: UInt16.self) }
        labels.color = .labels
        labels.domain = .labels
        return labels.permuted(to: [.z, .y, .x])
    }
}
