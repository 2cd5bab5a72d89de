import ImageCore
import Radiology
import TestSupport
import Testing

/// Where the voxels of segmentations lie, in the patient.
@Suite(.needsTestData) struct SegmentationPlacesTests {
    /// Mean, lowest and highest coordinates (LPS, mm) of a segment's voxels, by pydicom 3.0.2 and NumPy from the frames' own
    /// positions, orientations and spacings.
    struct Extent: Sendable {
        var file: String
        var segment: Int
        var mean: SIMD3<Double>
        var low: SIMD3<Double>
        var high: SIMD3<Double>
    }

    static let extents = [
        Extent(
            file: "ct_binary", segment: 1, mean: SIMD3(-121.7129, -124.4172, 104.5208),
            low: SIMD3(-125, -128.1, 103.02), high: SIMD3(-117.6758, -120.7758, 105.52)),
        Extent(
            file: "ct_true_fractional", segment: 1, mean: SIMD3(-121.7129, -124.4172, 104.5208),
            low: SIMD3(-125, -128.1, 103.02), high: SIMD3(-117.6758, -120.7758, 105.52)),
        Extent(
            file: "ct_binary_overlap", segment: 1, mean: SIMD3(-122.3145, -125.4145, 53.3325),
            low: SIMD3(-123.0469, -126.1469, -99.48), high: SIMD3(-121.582, -124.682, 105.52)),
        Extent(
            file: "ct_binary_overlap", segment: 2, mean: SIMD3(-121.8262, -124.9262, 53.3325),
            low: SIMD3(-122.0703, -125.1703, -99.48), high: SIMD3(-121.582, -124.682, 105.52)),
        Extent(
            file: "ct_binary_single_frame", segment: 1, mean: SIMD3(-121.8804, -148.3219, -75.7),
            low: SIMD3(-154.8285, -175.067, -75.7), high: SIMD3(-91.3275, -116.8578, -75.7)),
    ]

    @Test(arguments: extents) func `voxels lie where their frames say`(extent: Extent) throws {
        let path = try TestData.path("dicom/highdicom/seg_image_\(extent.file).dcm")
        let segmentation = try Segmentation(path: path)
        let grid = segmentation.ownGrid()
        let mask = try segmentation.mask(of: extent.segment, on: grid).contiguous()
        let orientation = try #require(grid.orientation)
        let spacing = try #require(grid.spacing)
        var places: [SIMD3<Double>] = []
        for index in 0..<mask.count where mask.samples[index] {
            let (z, rest) = index.quotientAndRemainder(dividingBy: grid.rows * grid.columns)
            let (y, x) = rest.quotientAndRemainder(dividingBy: grid.columns)
            let origin = try #require(grid.slices[z].originMillimetres)
            places.append(
                origin + orientation.x * (Double(x) * spacing.xMillimetres)
                    + orientation.y * (Double(y) * spacing.yMillimetres))
        }
        let first = try #require(places.first)
        let sum = places.reduce(SIMD3<Double>.zero, +)
        let low = places.reduce(first) { pointwiseMin($0, $1) }
        let high = places.reduce(first) { pointwiseMax($0, $1) }
        for (found, wanted) in [(sum / Double(places.count), extent.mean), (low, extent.low), (high, extent.high)] {
            let off = found - wanted
            #expect((off * off).sum().squareRoot() < 2e-4, "\(found) for \(wanted)")
        }
    }
}
