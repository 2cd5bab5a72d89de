public import ImageCore
import ImageProcessing

/// Finds the patient in a CT volume: what is denser than air, in one piece, without the table.
///
/// Steps: values above a threshold; opened in each slice, so that thin plates and sheets part; the largest component in space
/// (6 neighbors); holes filled slice by slice, which takes in lungs and bowel gas; so are lungs that the left or right edge of the
/// field of view cuts open: what touches neither the first nor the last row, and is on average denser than air; opened again with
/// a larger element against what still sticks to the skin; the largest component of that.
///
/// What it cannot do: a table that is thicker than the second element and touches the skin stays; arms that lie apart
/// from the trunk in every slice go; lungs that the front or back edge of the field of view cuts open are not filled.
public struct BodySegmentation: Sendable, Hashable {
    /// Values above this are body, in HU.
    public var thresholdHounsfield: Double = -300
    /// Air that the edge of the field of view cuts open is outside when its mean is below, in HU.
    public var outsideHounsfield: Double = -950
    /// Radius of the first opening, within slices.
    public var partingMillimetres: Double = 2
    /// Radius of the second opening, within slices.
    public var smoothingMillimetres: Double = 6

    /// The usual parameters.
    public init() {}

    /// The mask of the body.
    ///
    /// - Parameters:
    ///   - volume: Hounsfield units with the axes `[.z, .y, .x]`, slices along z. Without a geometry a voxel counts as 1 mm.
    ///   - validity: Which slices along z come from files, as ``Volume/validity``: the others are bridged from their neighbors, so
    ///     that a gap does not cut the body in two. `nil` when all do.
    /// - Returns: The mask, with the volume's geometry; empty when nothing is above the threshold. In slices that no file has
    ///   it is that of the bridge.
    /// - Throws: ``ImageError`` for other axes, and for a validity of another number of slices.
    public func mask(of volume: AnyImage, validity: Image<Bool>? = nil) throws(ImageError) -> Image<Bool> {
        guard volume.axes == [.z, .y, .x] else {
            throw .invalidArgument("expected the axes z, y, x, found \(volume.axes)")
        }
        let spacing = volume.geometry?.spacingMillimetres ?? SIMD3(1, 1, 1)
        let values = try volume.converted(to: Float.self).bridged(over: validity)
        let tissue = values.thresholded(above: Float(thresholdHounsfield))
        let parted = try tissue.opened(by: .disc(radiusMillimetres: partingMillimetres, spacing: spacing))
        let closed = try parted.largestComponent().fillingVolumeHoles(connectivity: .sliceEight)
        let filled = try closed | cutOpen(closed, values)
        return try filled.opened(by: .disc(radiusMillimetres: smoothingMillimetres, spacing: spacing))
            .largestComponent()
    }

    /// Parts of slices beside the body that the left or right edge cuts, and that are no air.
    private func cutOpen(_ body: Image<Bool>, _ values: Image<Float>) throws(ImageError) -> Image<Bool> {
        let outside = try VolumeComponents(of: body, connectivity: .sliceFour, inverted: true)
        let sums = try outside.sums(of: values)
        let numbers = outside.components.indices.filter { index in
            let part = outside.components[index]
            return part.bounds.y.lowerBound > 0 && part.bounds.y.upperBound < body.height
                && sums[index] >= outsideHounsfield * Double(part.volume)
        }
        return outside.mask(of: numbers.map { $0 + 1 })
    }
}

extension VolumeStructuringElement {
    /// A disc within the slice.
    static func disc(radiusMillimetres radius: Double, spacing: SIMD3<Double>) -> VolumeStructuringElement {
        .ball(radiusMillimetres: radius, spacingMillimetres: SIMD3(spacing.x, spacing.y, .greatestFiniteMagnitude))
    }
}

extension Image<Bool> {
    /// The largest component in space (6 neighbors), the first of equally large ones; empty when there is none.
    func largestComponent() throws(ImageError) -> Image<Bool> {
        let parts = try VolumeComponents(of: self, connectivity: .six)
        return parts.mask(of: parts.numbersByVolume.prefix(1))
    }
}
