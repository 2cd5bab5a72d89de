public import ImageCore

/// Whether a region adds its area or takes it away.
public enum RegionRole: String, Sendable, Hashable, Codable {
    /// The area belongs to the region's class.
    case include
    /// The area is cut out of every class.
    case exclude
}

/// One annotated region of a slide.
public struct AnnotationRegion: Sendable, Hashable {
    /// The geometry, in level-0 pixels.
    public var shape: RegionShape
    /// The region's own name; may be empty.
    public var name: String
    /// The class that the file assigns, if it does.
    public var className: String?
    /// The group or layer that the region belongs to, if any.
    public var group: String?
    /// Whether the region adds or takes away.
    public var role: RegionRole
    /// The color in which it was drawn.
    public var color: RGBColor?
    /// Where in the file it stands: `line 12`, or `feature 3` (counted from 1).
    public var place: String

    /// A region by its parts.
    public init(
        shape: RegionShape, name: String = "", className: String? = nil, group: String? = nil,
        role: RegionRole = .include, color: RGBColor? = nil, place: String = ""
    ) {
        self.shape = shape
        self.name = name
        self.className = className
        self.group = group
        self.role = role
        self.color = color
        self.place = place
    }
}
