/// Where the samples of a header go: behind it, or into a file beside it.
struct SampleTarget {
    /// The path of the file beside; `nil` when the samples follow the header.
    let path: String?

    /// The name of the file beside, as the header has it.
    var name: String? { path.map { String($0[($0.lastIndex(of: "/").map($0.index(after:)) ?? $0.startIndex)...]) } }

    /// The target of a header's path.
    ///
    /// - Parameters:
    ///   - header: The path of the header.
    ///   - ending: What ends the name of a header with samples beside it, for example `.nhdr`.
    ///   - samples: What ends the name of the samples in its place.
    /// - Throws: `invalidRequest` for a name that a header cannot hold.
    init(header: String, ending: String, samples: String) throws(FormatError) {
        guard header.lowercased().hasSuffix(ending) else {
            path = nil
            return
        }
        path = header.dropLast(ending.count) + samples
        let name = name ?? ""
        guard !name.contains(where: { $0.isNewline || $0 == "%" }), name == name.trimmed else {
            throw FormatError(
                .invalidRequest, file: header, expected: "a name without line breaks and percent signs",
                found: "one with some")
        }
    }

    /// Writes the header and the samples; both files appear only when all is written.
    ///
    /// - Parameters:
    ///   - header: The path of the header.
    ///   - start: What the header says before the samples are written.
    ///   - samples: Appends the samples to a file.
    ///   - finish: Called with the file of the header and the bytes that the samples took.
    /// - Throws: `inputOutput`, or what the closures throw.
    func write(
        header: String, start: [UInt8], samples: (AtomicFile) throws(FormatError) -> Void,
        finish: (AtomicFile, Int) throws(FormatError) -> Void = { _, _ throws(FormatError) in }
    ) throws(FormatError) {
        let file = try AtomicFile(path: header)
        try file.write(start)
        guard let path else {
            try samples(file)
            try finish(file, file.count - start.count)
            return try file.commit()
        }
        let beside = try AtomicFile(path: path)
        try samples(beside)
        try finish(file, beside.count)
        // A header never names samples that are not there.
        try beside.commit()
        try file.commit()
    }
}
