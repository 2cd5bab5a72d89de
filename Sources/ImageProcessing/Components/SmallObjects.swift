public import ImageCore

extension Image<Bool> {
    /// The mask without its components that have fewer pixels than an area.
    ///
    /// - Parameters:
    ///   - area: Smallest number of pixels that stays.
    ///   - connectivity: Which pixels belong to one object.
    /// - Returns: The mask, with color, domain, geometry and metadata as before.
    /// - Throws: ``ImageError`` for axes other than `[.y, .x]`.
    public func removingSmallObjects(
        below area: Int, connectivity: Connectivity = .eight
    ) throws(ImageError) -> Image<Bool> {
        var result = try Components(of: self, connectivity: connectivity).mask { $0.area >= area }
        (result.color, result.domain) = (color, domain)
        return result
    }

    /// The mask with its holes filled that have fewer pixels than an area.
    ///
    /// A hole is a connected part of the background that does not touch the edge of the image. Holes are connected over
    /// edges where objects are over corners, and the other way round, so that lines close.
    ///
    /// - Parameters:
    ///   - area: Smallest number of pixels of a hole that stays open; `Int.max` fills all.
    ///   - connectivity: Which pixels belong to one object.
    /// - Returns: The mask, with color, domain, geometry and metadata as before.
    /// - Throws: ``ImageError`` for axes other than `[.y, .x]`.
    public func fillingHoles(below area: Int, connectivity: Connectivity = .eight) throws(ImageError) -> Image<Bool> {
        let background = try Components(of: inverted(), connectivity: connectivity == .eight ? .four : .eight)
        let (right, bottom) = (width, height)
        let open = background.mask { part in
            let box = part.bounds
            return part.area >= area || box.x == 0 || box.y == 0 || box.maxX == right || box.maxY == bottom
        }
        var result = open.inverted()
        (result.color, result.domain) = (color, domain)
        return result
    }

    /// The mask with every sample turned to its opposite; everything else is kept.
    public func inverted() -> Image<Bool> {
        var result = self
        var samples = result.mutableSamples
        for i in 0..<samples.count { samples[i].toggle() }
        return result
    }
}
