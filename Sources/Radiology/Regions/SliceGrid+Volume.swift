public import Formats
import ImageCore

extension SliceGrid {
    /// The grid of a volume, slices that were put in included; for a volume with further axes, that of its first place.
    public init(_ volume: Volume) {
        let geometry = volume.geometry
        let isParallel = volume.stackGeometry?.kind != .notParallel
        self.init(
            rows: volume.image.layout.size(of: .y), columns: volume.image.layout.size(of: .x),
            orientation: isParallel ? geometry.flatMap { SliceOrientation(x: $0.direction.x, y: $0.direction.y) } : nil,
            spacing: geometry.map {
                DICOMPixelSpacing(xMillimetres: $0.spacingMillimetres.x, yMillimetres: $0.spacingMillimetres.y)
            },
            slices: volume.slices.map { slice in
                let source = slice.sources.first ?? nil
                return Slice(
                    originMillimetres: slice.positionMillimetres, sopInstanceUID: source?.sopInstanceUID ?? "",
                    frame: source?.frame ?? 0)
            },
            frameOfReferenceUID: geometry?.frameOfReference, thicknessMillimetres: geometry?.spacingMillimetres.z)
        keep(geometry, isExact: volume.isGridExact, volume.reasons)
    }

    /// The grid that a volume of a stack would have under a policy, without decoding any pixel.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/volumeRefused`` when the policy does not allow what the stack is.
    public init(_ stack: DICOMStack, of series: DICOMSeries, policy: VolumePolicy) throws(FormatError) {
        let plan = try VolumePlan(series, stack, policy: policy)
        self.init(stack, of: series)
        let known = slices
        let places = Dictionary(
            stack.frames.prefix(stack.sliceCount).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first }
        )
        slices = (0..<plan.depth).map { index in
            var slice =
                plan.reference(slab: index).flatMap { places[$0] }.map { known[$0] }
                ?? Slice(originMillimetres: nil)
            slice.originMillimetres = index < plan.positions.count ? plan.positions[index] : nil
            return slice
        }
        keep(plan.geometry, isExact: plan.isGridExact, plan.reasons)
    }

    /// Keeps the affine of a volume on this grid, unless nobody knows where it lies.
    private mutating func keep(_ geometry: Geometry?, isExact: Bool, _ reasons: VolumeReasons) {
        if isExact { knownGeometry = geometry } else if reasons.origin != .unknown { nominalGeometry = geometry }
    }
}
