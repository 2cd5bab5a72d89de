/// What became of a patient: `<patient>/patient.json`.
public struct SliceRecord: Codable, Sendable, Hashable {
    /// What became of it.
    public enum Status: String, Codable, Sendable {
        /// The slices are there.
        case done
        /// There were too few: none are there.
        case dropped
    }

    /// One series.
    public struct Series: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// What it was made from, as the caller said.
        public var identity: String
        /// Number of slices.
        public var slices: Int
        /// Number of slices that were taken.
        public var taken: Int
        /// Columns and rows.
        public var size: [Int]
        /// Millimetres between pixels along x and y, and between slices.
        public var spacingMillimetres: [Double]?
        /// What a user has to know, one sentence each.
        public var notes: [String] = []
    }

    /// The patient's name.
    public var patient: String
    /// What became of it.
    public var status: Status
    /// Why there are no slices.
    public var reason: String?
    /// Everything that the files depend on beside the series.
    public var parameters: [String: String]
    /// The series, in the order given.
    public var series: [Series]

    /// Whether these are the outputs of some options and series.
    func isFor(_ options: SliceOptions, _ series: [SliceSeries]) -> Bool {
        parameters == options.parameters && self.series.map(\.name) == series.map(\.name)
            && self.series.map(\.identity) == series.map(\.identity)
    }
}
