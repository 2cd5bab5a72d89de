import ImageProcessing

/// Cuts the largest square out of the middle.
///
/// Pictures and volumes; in volumes every slice is cut.
public struct SquareCrop: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<SquareCrop>(
        "square_crop", "Cuts the largest square out of the middle.", group: .crop)

    /// Every parameter at its default.
    public init() {}

    /// Nothing is drawn.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let size = scene.size
        let side = min(size.x, size.y)
        guard size.x != size.y else { return [] }
        let corner = SIMD3(Double((size.x - side) / 2), Double((size.y - side) / 2), 0)
        let map = SpatialMap(
            outputSize: SpatialSize(x: side, y: side, z: size.z), pulling: AffineMap.translation(corner))
        return [.geometry(map, .crop)]
    }
}
