import ImageCore

/// How the samples of an image lie along x, y, z and the channels, for kernels that work row by row.
struct RowGrid {
    let size: SpatialSize
    let channels: Int
    /// Samples from one place to the next along x, y and z; 0 along axes of one place.
    let stride: SIMD3<Int>
    let channelStride: Int
    /// Whether there is no z axis.
    let isFlat: Bool

    private init(size: SpatialSize, channels: Int, stride: SIMD3<Int>, channelStride: Int, isFlat: Bool) {
        (self.size, self.channels, self.stride) = (size, channels, stride)
        (self.channelStride, self.isFlat) = (channelStride, isFlat)
    }

    /// The grid of an image with the axes x and y, perhaps z, perhaps channels.
    init(_ layout: Layout) throws(ImageError) {
        for axis in [Axis.x, .y] where layout.index(of: axis) == nil { throw .missingAxis(axis) }
        guard layout.axes.allSatisfy({ [.x, .y, .z, .channel].contains($0) }) else {
            throw .invalidArgument("expected no axes but x, y, z and channel, found \(layout.axes)")
        }
        guard !layout.sizes.contains(0) else { throw .emptyImage }
        func stride(_ axis: Axis) -> Int {
            guard let i = layout.index(of: axis), layout.sizes[i] > 1 else { return 0 }
            return layout.strides[i]
        }
        size = SpatialSize(x: layout.size(of: .x), y: layout.size(of: .y), z: layout.size(of: .z))
        channels = layout.size(of: .channel)
        self.stride = SIMD3(stride(.x), stride(.y), stride(.z))
        channelStride = stride(.channel)
        isFlat = layout.index(of: .z) == nil
    }

    /// Whether the pixels are interleaved samples without gaps.
    var isInterleaved: Bool { channels > 1 && channelStride == 1 && (stride.x == channels || size.x == 1) }

    /// The same pixels as one long row where rows follow each other without gaps; a pass over each pixel by itself has fewer rows then.
    var asOneRow: RowGrid {
        let (row, plane) = (size.x * stride.x, size.x * size.y * stride.x)
        guard size.x > 1, size.y == 1 || stride.y == row, size.z == 1 || stride.z == plane else { return self }
        return RowGrid(
            size: SpatialSize(x: size.x * size.y * size.z, y: 1, z: 1), channels: channels,
            stride: SIMD3(stride.x, 0, 0), channelStride: channelStride, isFlat: isFlat)
    }

    /// The grid as one row where another one of the same pixels is that.
    func shaped(like other: RowGrid) -> RowGrid { size == other.size ? self : asOneRow }

    /// Refuses what places counted in 31 bits cannot reach.
    func checkReach() throws(ImageError) {
        var (reach, fits) = (0, true)
        for (length, stride) in [(size.x, stride.x), (size.y, stride.y), (size.z, stride.z)] {
            let (part, overflow) = (length - 1).multipliedReportingOverflow(by: abs(stride))
            let (sum, overflowAgain) = reach.addingReportingOverflow(part)
            reach = sum
            fits = fits && !overflow && !overflowAgain && length < 1 << 24
        }
        guard fits, reach < Int(Int32.max) - 64 else {
            throw .invalidArgument("expected an image of fewer than 2³¹ samples per channel to resample, found \(size)")
        }
    }
}
