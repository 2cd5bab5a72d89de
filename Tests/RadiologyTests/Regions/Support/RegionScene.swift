import ImageCore

@testable import Radiology

/// A grid for contours to be painted on, and an independent rule of what lies inside of them.
struct RegionScene {
    /// Slices that are `slices` positions on a tilted axis, 30 columns by 24 rows of 0.8 × 1.1 mm.
    let grid: SliceGrid
    static let step = 2.5
    static let orientation = SliceOrientation(x: SIMD3(0.8, 0.6, 0), y: SIMD3(-0.6, 0.8, 0))
    static let origin = SIMD3(-12.5, 30.25, -100.0)

    init(slices: [Int] = Array(0..<8), frameOfReference: String? = "2.25.3") {
        grid = SliceGrid(
            rows: 24, columns: 30, orientation: Self.orientation,
            spacing: DICOMPixelSpacing(xMillimetres: 0.8, yMillimetres: 1.1),
            slices: slices.map { index in
                SliceGrid.Slice(
                    originMillimetres: Self.point(0, 0, Double(index)), sopInstanceUID: "2.25.10\(index)", frame: 0)
            },
            frameOfReferenceUID: frameOfReference)
    }

    /// The place of an index: column, row, slice in steps.
    static func point(_ x: Double, _ y: Double, _ z: Double) -> SIMD3<Double> {
        origin + orientation.x * (x * 0.8) + orientation.y * (y * 1.1) + orientation.normal * (z * step)
    }

    /// A closed contour of corners in pixels (centers at whole numbers) on a slice.
    static func contour(_ corners: [(Double, Double)], z: Double, image: String? = nil) -> RegionContour {
        RegionContour(
            closed: corners.map { point($0.0, $0.1, z) },
            sources: image.map { [SegmentationSource(sopInstanceUID: $0)] } ?? [])
    }

    /// The corners of a rectangle.
    static func box(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> [(Double, Double)] {
        [
            (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound), (x.upperBound, y.upperBound),
            (x.lowerBound, y.upperBound),
        ]
    }

    func labels(_ contours: [RegionContour]...) throws -> RegionLabels {
        try labels(contours.enumerated().map { .init(number: $0 + 1, name: "r\($0 + 1)", contours: $1) })
    }

    func labels(_ regions: [StructureSet.Region]) throws -> RegionLabels {
        try StructureSet(name: "test", regions: regions, frameOfReferenceUID: "2.25.3").labels(on: grid)
    }
}

/// A voxel of a label map.
struct Voxel: Hashable, CustomStringConvertible {
    var x: Int
    var y: Int
    var z: Int

    var description: String { "(\(x), \(y), \(z))" }

    /// All voxels of a box.
    static func box(_ x: ClosedRange<Int>, _ y: ClosedRange<Int>, _ z: ClosedRange<Int>) -> Set<Voxel> {
        Set(z.flatMap { z in y.flatMap { y in x.map { Voxel(x: $0, y: y, z: z) } } })
    }
}

extension RegionLabels {
    /// The voxels with a label, in any layer.
    func voxels(_ label: Int) -> Set<Voxel> {
        var found: Set<Voxel> = []
        let (rows, columns) = (layers.grid.rows, layers.grid.columns)
        for layer in layers.layers {
            let image = layer.labels.contiguous()
            for i in 0..<image.samples.count where Int(image.samples[i]) == label {
                found.insert(Voxel(x: i % columns, y: i / columns % rows, z: i / columns / rows))
            }
        }
        return found
    }

    /// The kinds of the defects, sorted.
    var kinds: [String] { defects.map(\.kind.rawValue).sorted() }
}
