public import ImageCore

extension Image {
    /// The image with some of its channels, in a given order: shuffled, dropped or repeated.
    ///
    /// Color stays where all channels stay in place; RGB in reverse is BGR and the other way round; one channel is gray; other
    /// selections are ``ColorModel/unspecified``.
    /// - Parameter order: The channels wanted, by their positions.
    /// - Returns: The image in C order of its axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` without channels, ``ImageError/outOfBounds(_:)`` for a channel that the image
    ///   does not have, ``ImageError/invalidArgument(_:)`` for no channel at all.
    public func selectingChannels(_ order: [Int]) throws(ImageError) -> Image {
        guard let axis = layout.index(of: .channel) else { throw .missingAxis(.channel) }
        guard !order.isEmpty else { throw .invalidArgument("expected at least one channel") }
        for channel in order where channel < 0 || channel >= channels {
            throw .outOfBounds("expected channels below \(channels), found \(channel)")
        }
        guard order != Array(0..<channels) else { return contiguous() }
        let parts = order.map { slice(.channel, at: $0) }
        var result = try Image.stacked(parts, along: .channel, at: axis)
        result.keepMeaning(of: self)
        result.color = selectedColor(order)
        return result
    }

    private func selectedColor(_ order: [Int]) -> ColorModel {
        if color == .labels { return .labels }
        switch (color, order) {
        case (.rgb, [2, 1, 0]): return .bgr
        case (.bgr, [2, 1, 0]): return .rgb
        case (.rgba, [0, 1, 2]): return .rgb
        case (.rgba, [2, 1, 0]): return .bgr
        default: return order.count == 1 ? .gray : .unspecified
        }
    }

    /// The image without its channel axis, as a view; ECVL calls it dropping the color channel.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` when it has more than one channel.
    public func droppingChannelAxis() throws(ImageError) -> Image { try removing(.channel) }
}
