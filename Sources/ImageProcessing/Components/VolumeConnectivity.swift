/// Which neighbors of a voxel belong together with it.
public enum VolumeConnectivity: Sendable, Hashable, CaseIterable {
    /// The voxels that share a face.
    case six
    /// The voxels that share a face or an edge.
    case eighteen
    /// The voxels that share a face, an edge or a corner.
    case twentySix
    /// The voxels of the same slice that share an edge: slices are apart.
    case sliceFour
    /// The voxels of the same slice that share an edge or a corner: slices are apart.
    case sliceEight

    /// The rows before a row whose voxels may be neighbors, and how far sideways they are.
    var earlierRows: [(dz: Int, dy: Int, reach: Int32)] {
        switch self {
        case .six: [(0, -1, 0), (-1, 0, 0)]
        case .eighteen: [(0, -1, 1), (-1, 0, 1), (-1, -1, 0), (-1, 1, 0)]
        case .twentySix: [(0, -1, 1), (-1, 0, 1), (-1, -1, 1), (-1, 1, 1)]
        case .sliceFour: [(0, -1, 0)]
        case .sliceEight: [(0, -1, 1)]
        }
    }

    /// The connectivity that the background has where objects have this one, so that surfaces close.
    public var dual: VolumeConnectivity {
        switch self {
        case .six: .twentySix
        case .eighteen, .twentySix: .six
        case .sliceFour: .sliceEight
        case .sliceEight: .sliceFour
        }
    }
}
