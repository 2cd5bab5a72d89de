/// A picture whose tiles are the slices of one volume, row by row from the top left: Siemens' mosaic.
public struct DICOMMosaic: Sendable, Hashable {
    /// Number of slices; 0 where no attribute tells it or the picture cannot be divided so: then it stays whole.
    public var sliceCount: Int
    /// Columns of a tile.
    public var columns = 0
    /// Rows of a tile.
    public var rows = 0
    /// Tiles beside each other.
    public var tilesAcross = 1
    /// When each slice was acquired, in milliseconds from the start of the volume, in the order of the tiles; empty where
    /// no attribute tells it.
    public var sliceTimesMilliseconds: [Double] = []
    /// Whether an attribute says to which side of the first slice the others lie.
    public var hasKnownDirection = false
    /// Whether the distance of the slices is known, rather than their thickness alone.
    public var hasKnownSpacing = false

    /// Direction from the first slice to the others as recorded; empty where it is not.
    var sliceNormal: [Double] = []

    /// The division of a picture into tiles: the smallest square that holds all slices.
    ///
    /// - Parameters:
    ///   - sliceCount: Number of slices.
    ///   - pixels: The layout of the picture.
    public init(sliceCount: Int, in pixels: DICOMPixelFacts) {
        var across = 1
        while across < 64, across * across < sliceCount { across += 1 }
        let isWhole =
            sliceCount > 0 && across * across >= sliceCount && pixels.columns.isMultiple(of: across)
            && pixels.rows.isMultiple(of: across) && pixels.frames == 1
        self.sliceCount = isWhole ? sliceCount : 0
        tilesAcross = isWhole ? across : 1
        columns = pixels.columns / tilesAcross
        rows = pixels.rows / tilesAcross
    }

    /// Where a tile starts in the picture.
    public func origin(ofTile tile: Int) -> (column: Int, row: Int) {
        (tile % tilesAcross * columns, tile / tilesAcross * rows)
    }
}
