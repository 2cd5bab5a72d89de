extension LungSegmentation {
    /// What was found.
    public enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
        /// Two lungs, apart.
        case twoLungs
        /// One lung.
        case oneLung
        /// One piece of air on both sides of the body that could not be parted: each voxel has the side that it lies on.
        case joinedLungs
        /// A body without lungs: another part of it, or lungs that are not aerated.
        case noLungs
        /// Nothing denser than air.
        case noBody
    }
}

extension LungSegmentation.Outcome: CustomStringConvertible {
    /// The outcome in words.
    public var description: String {
        switch self {
        case .twoLungs: "two lungs"
        case .oneLung: "one lung only"
        case .joinedLungs: "two lungs that could not be parted; sides by the middle of the body"
        case .noLungs: "none in this body"
        case .noBody: "no body"
        }
    }
}
