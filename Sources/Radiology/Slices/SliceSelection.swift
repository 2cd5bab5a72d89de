public import ImageCore

/// What is known about a slice before it is chosen.
public struct SliceMeasure: Sendable, Hashable {
    /// Position along z, from 0.
    public var index: Int
    /// Where the slice lies along the normal of the slices, in millimetres from the origin of patient space (LPS).
    ///
    /// Positive to the left, the back or the head, whichever the normal is closest to, and whichever way slices count; `nil` for
    /// slices that are not parallel, or that no file says the place of.
    public var positionMillimetres: Double?
    /// Number of pixels of the mask.
    public var maskPixels: Int
    /// Area of the mask.
    public var maskSquareMillimetres: Double
    /// Part of the slice or of the body that the mask covers, 0 to 1.
    public var maskRatio: Double
    /// The smallest rectangle that holds the mask; `nil` without one.
    public var box: PixelRect?
    /// Whether the slice, or a part of it, was put in where no file has one: it is never taken.
    public var isInserted = false

    /// A measure by its parts.
    public init(
        index: Int, positionMillimetres: Double?, maskPixels: Int, maskSquareMillimetres: Double, maskRatio: Double,
        box: PixelRect?
    ) {
        self.index = index
        self.positionMillimetres = positionMillimetres
        self.maskPixels = maskPixels
        self.maskSquareMillimetres = maskSquareMillimetres
        self.maskRatio = maskRatio
        self.box = box
    }
}

extension SliceMeasure {
    /// Number of pixels of the mask's bounding box.
    public var boxPixels: Int { box.map { $0.width * $0.height } ?? 0 }
}

/// Which slices of a series are taken.
public struct SliceSelection: Sendable, Hashable, Codable {
    /// What the area of the mask is compared with.
    public enum Reference: String, Sendable, Hashable, Codable, CaseIterable {
        /// All pixels of the slice.
        case slice
        /// The pixels of the body in that slice.
        case body
    }

    /// Smallest number of pixels of the mask.
    public var minimumPixels = 0
    /// Smallest area of the mask.
    public var minimumSquareMillimetres = 0.0
    /// Smallest number of pixels of the mask's bounding box.
    public var minimumBoxPixels = 0
    /// Smallest part of the reference that the mask covers, 0 to 1.
    public var minimumRatio = 0.0
    /// What the ratio refers to.
    public var reference = Reference.slice
    /// Largest number of slices; of more, evenly spaced ones are taken.
    ///
    /// `nil` takes all.
    public var maximumCount: Int?

    /// Every slice.
    public init() {}

    /// Whether a mask is needed to choose.
    public var needsMask: Bool {
        minimumPixels > 0 || minimumSquareMillimetres > 0 || minimumBoxPixels > 0 || minimumRatio > 0
    }

    /// The slices that are taken, in the order given.
    ///
    /// Of n slices that pass and m wanted, number ⌊(i + ½)·n/m⌋ is taken for each i from 0 up to m.
    public func select(_ slices: [SliceMeasure]) -> [SliceMeasure] {
        let passing = slices.filter {
            $0.maskPixels >= minimumPixels && $0.maskSquareMillimetres >= minimumSquareMillimetres
                && $0.maskRatio >= minimumRatio && $0.boxPixels >= minimumBoxPixels && !$0.isInserted
        }
        guard let maximumCount, maximumCount < passing.count else { return passing }
        return (0..<max(0, maximumCount)).map { passing[(2 * $0 + 1) * passing.count / (2 * maximumCount)] }
    }
}
