import Formats
import ImageCore

/// One slice of a derived series: where it lies, and what it was made of.
struct DerivedSlice: Sendable, Hashable {
    /// Index along z of the volume.
    var index: Int
    /// Place along the axes before z, counted in one number, from 0.
    var place = 0
    /// Center of the first pixel, LPS.
    var position: SIMD3<Double>
    /// The frames that it was made of.
    var sources: [VolumeSlice.Source]
}

/// The slices of a volume as files need them: with places, and without those that no file gave samples to.
struct DerivedSlices {
    let slices: [DerivedSlice]
    let orientation: SliceOrientation
    let spacing: SIMD3<Double>

    /// Checks that the volume has a place in space that single slices can hold.
    init(_ volume: Volume, file: String) throws(FormatError) {
        let axes = volume.image.axes
        guard axes.count == volume.axes.count + 3, Set(axes.suffix(3)) == [.z, .y, .x],
            volume.axes.map(\.count) == Array(volume.image.sizes.dropLast(3))
        else {
            throw Self.refuse(file, "a gray volume with the axes z, y, x behind those of the series", axes.names)
        }
        try volume.axes.checkAreWritable(file: file)
        guard let geometry = volume.geometry else { throw Self.refuse(file, "a volume with a geometry", "none") }
        func text(_ vector: SIMD3<Double>) -> String { "(\(short(vector.x)), \(short(vector.y)), \(short(vector.z)))" }
        let (x, y) = (geometry.direction.x, geometry.direction.y)
        guard let orientation = SliceOrientation(cosines: [x.x, x.y, x.z, y.x, y.y, y.z]),
            abs(x.dot(y)) < 1e-4, abs(x.length - 1) < 1e-4, abs(y.length - 1) < 1e-4
        else { throw Self.refuse(file, "rows and columns at right angles", "directions \(text(x)) and \(text(y))") }
        if volume.stackGeometry?.kind == .notParallel, !volume.isGridExact {
            throw Self.refuse(file, "parallel slices", "slices of different orientations")
        }
        let spacing = geometry.spacingMillimetres
        guard spacing.x > 0, spacing.y > 0, spacing.z > 0, (spacing * geometry.originMillimetres).sum().isFinite else {
            throw Self.refuse(file, "finite places and spacings above 0", "spacing \(text(spacing)) mm")
        }
        try PictureFrames.check(
            rows: volume.image.height, columns: volume.image.width, frames: volume.image.depth, file: file)
        self.orientation = orientation
        self.spacing = spacing
        slices = try Self.slices(volume, geometry, normal: orientation.normal, file: file)
    }

    private static func slices(
        _ volume: Volume, _ geometry: Geometry, normal: SIMD3<Double>, file: String
    ) throws(FormatError) -> [DerivedSlice] {
        let depth = volume.image.depth
        let places = volume.axes.map(\.count).reduce(1, *)
        let isValid = Self.validity(volume, count: places * depth)
        var result: [DerivedSlice] = []
        for place in 0..<places {
            for z in 0..<depth where isValid[place * depth + z] {
                var slice = try slice(z, of: volume, geometry, normal: normal, file: file)
                let sources = slice.sources.isEmpty ? [] : volume.slices[z].sources
                slice.sources = place < sources.count ? [sources[place]].compactMap { $0 } : []
                slice.place = place
                result.append(slice)
            }
        }
        guard let first = result.first else { throw refuse(file, "at least one slice from a file", "none") }
        let start = geometry.position(x: 0, y: 0, z: Double(first.index))
        guard volume.isGridExact || first.index > 0 || (first.position - start).length <= along(geometry) + 0.1 else {
            throw refuse(file, "slices where the geometry begins", "another origin: the volume was cropped")
        }
        return result
    }

    /// Which slices come from files.
    private static func validity(_ volume: Volume, count: Int) -> [Bool] {
        guard let validity = volume.validity?.contiguous(), validity.count == count else {
            return [Bool](repeating: true, count: count)
        }
        let samples = validity.samples
        return samples.indices.map { samples[$0] }
    }

    /// How far along the normal a recorded place may be from the grid's before the volume must have been changed.
    private static func along(_ geometry: Geometry) -> Double { max(0.01, 0.02 * geometry.spacingMillimetres.z) }

    /// Where a slice lies; its sources only where it lies as recorded.
    private static func slice(
        _ z: Int, of volume: Volume, _ geometry: Geometry, normal: SIMD3<Double>, file: String
    ) throws(FormatError) -> DerivedSlice {
        let place = geometry.position(x: 0, y: 0, z: Double(z))
        let known = volume.slices.count == volume.image.depth ? volume.slices[z] : nil
        guard let known, let recorded = known.positionMillimetres else {
            guard volume.isGridExact else { throw refuse(file, "a position for every slice", "slice \(z + 1) without") }
            return DerivedSlice(index: z, position: place, sources: [])
        }
        let sources = known.sources.compactMap { $0 }
        if !volume.isGridExact { return DerivedSlice(index: z, position: recorded, sources: sources) }
        let off = recorded - place
        let isSame = abs(off.dot(normal)) <= along(geometry)
        return DerivedSlice(
            index: z, position: isSame && off.length <= along(geometry) + 0.1 ? recorded : place,
            sources: isSame ? sources : [])
    }

    private static func refuse(_ file: String, _ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: file, place: "volume", expected: expected, found: found)
    }
}
