/// Something about a series that a user has to know before trusting a volume made of it.
public struct SeriesDefect: Sendable, Hashable, Codable {
    /// What is wrong; the set can grow.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Places of a regular grid have no slice.
        case missingSlices
        /// The distances of the slices follow no single step.
        case irregularSpacing
        /// The slices are sheared: the step leans away from the normal.
        case tilted
        /// Slices of different orientations that belong together.
        case notParallel
        /// The same object in several files with the same bytes; one is used.
        case duplicateFile
        /// The same SOP instance UID with different content.
        case conflictingDuplicate
        /// Different objects at one place that no attribute tells apart.
        case samePosition
        /// A further axis whose places are known by their order alone.
        case unnamedAxis
        /// Attributes that should agree within a stack and don't.
        case conflictingAttributes
        /// A localizer among the slices; it has its own stack.
        case localizer
        /// Single slices of another size or pixel spacing; they have their own stack.
        case oddSize
        /// Other slices that were split off, and why.
        case split
        /// The pixel data is shorter than the header declares.
        case truncatedPixelData
        /// The pixel data is longer than the header declares.
        case excessPixelData
        /// A number of the header that is none, or 0 where it can't be: position, orientation, spacing, slope, intercept.
        case invalidNumber
        /// No pixel data, or no place for it known.
        case missingPixelData
        /// Slices without position or orientation among others that have them.
        case missingPosition
        /// No spacing of pixels is known, or only one that was not measured in the patient.
        case uncertainSpacing
        /// Slices that lie in one picture as tiles, which cannot be taken apart, or not without an assumption.
        case mosaic
        /// Positions that come from an attribute that is not meant for them, for want of better.
        case derivedPosition
        /// A transfer syntax or rescale that changes within the stack, harmless where every slice is handled by itself.
        case varyingEncoding
        /// The header has something odd that was read all the same.
        case header
    }

    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Codable, Comparable {
        /// Worth knowing; the volume is right.
        case note
        /// The volume is right only in the way that its typed geometry says.
        case warning
        /// No volume without the user's choice.
        case error

        private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
        /// From note to error.
        public static func < (first: Severity, second: Severity) -> Bool { first.rank < second.rank }
    }

    /// What is wrong.
    public var kind: Kind
    /// How bad it is.
    public var severity: Severity
    /// One sentence for people.
    public var message: String
    /// The files concerned, sorted.
    public var files: [String]

    /// A defect by its parts.
    public init(_ kind: Kind, _ severity: Severity, _ message: String, files: [String] = []) {
        self.kind = kind
        self.severity = severity
        self.message = message
        self.files = files
    }
}
