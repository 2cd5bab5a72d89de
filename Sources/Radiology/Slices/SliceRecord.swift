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
        /// Millimetres between pixels along x and y, and between slices where these have one step; to a millionth.
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

    /// In what these outputs differ from those of a patient, options and series; `nil` when they are the same.
    func difference(
        _ patient: String, _ options: SliceOptions, _ series: [SliceSeries]
    ) -> (key: String, found: String, wanted: String)? {
        if self.patient != patient { return ("patient", self.patient, patient) }
        let wanted = options.parameters
        for key in Set(parameters.keys).union(wanted.keys).sorted() where parameters[key] != wanted[key] {
            return (key, parameters[key] ?? "none", wanted[key] ?? "none")
        }
        let (names, new) = (self.series.map(\.name), series.map(\.name))
        if names != new { return ("series", names.joined(separator: ", "), new.joined(separator: ", ")) }
        for (old, new) in zip(self.series, series) where old.identity != new.identity {
            return ("series \(new.name)", old.identity, new.identity)
        }
        return nil
    }
}
