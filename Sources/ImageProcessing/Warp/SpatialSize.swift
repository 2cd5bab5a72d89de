/// The number of pixels or voxels along x, y and z; pictures have a z of 1.
public struct SpatialSize: Sendable, Hashable, Codable {
    /// Columns.
    public var x: Int
    /// Rows.
    public var y: Int
    /// Slices.
    public var z: Int

    /// A size by its lengths.
    @inlinable
    public init(x: Int, y: Int, z: Int = 1) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// Whether there is no pixel at all.
    @inlinable public var isEmpty: Bool { x <= 0 || y <= 0 || z <= 0 }

    /// The center of the extent, in edge coordinates: half of each length.
    @inlinable public var center: SIMD3<Double> { SIMD3(Double(x), Double(y), Double(z)) / 2 }

    @inlinable
    subscript(axis: Int) -> Int { axis == 0 ? x : axis == 1 ? y : z }
}
