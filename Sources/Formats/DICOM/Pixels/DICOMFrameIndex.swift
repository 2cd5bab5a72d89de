/// Which fragments make up each frame of encapsulated pixel data.
struct DICOMFrameIndex: Sendable {
    let fragments: [DICOMFragment]
    /// The first fragment of each frame, and at the end the number of fragments.
    let starts: [Int]
    /// Bytes of each frame, from an extended offset table; empty without one.
    private let lengths: [Int]
    private(set) var defects: [DICOMPixelDefect]

    /// Number of frames that have fragments.
    var frameCount: Int { starts.count - 1 }

    /// The pieces of a frame, in order.
    func pieces(of frame: Int) -> ArraySlice<DICOMFragment> { fragments[starts[frame]..<starts[frame + 1]] }

    /// Bytes of a frame: of its fragments, or fewer when an extended offset table says so.
    func byteCount(of frame: Int) -> Int {
        let total = pieces(of: frame).reduce(0) { $0 + $1.length }
        return lengths.isEmpty ? total : min(total, lengths[frame])
    }

    /// Finds the frames.
    ///
    /// As many fragments as frames take one each. Otherwise the extended, then the basic offset table decides, where it has an
    /// offset for each frame and all are those of fragments; without a table that can be right, a frame begins with each fragment
    /// that begins as a JPEG or JPEG 2000 stream does, and with every one of run lengths (PS3.5, annex G.1). Where nothing tells, one
    /// frame takes all fragments.
    init(
        _ items: DICOMFragments, frameCount: Int, extendedOffsets: [Int], extendedLengths: [Int],
        isRunLengths: Bool, source: ByteSource
    ) throws(FormatError) {
        fragments = items.fragments
        defects = items.defects
        let count = fragments.count
        let tables = [extendedOffsets, items.basicOffsets].filter { !$0.isEmpty }
        let usable = tables.compactMap { Self.starts(at: $0, of: items.fragments) }.filter { $0.count >= frameCount }
        if usable.isEmpty, !tables.isEmpty { defects.append(DICOMPixelDefect(.unusableOffsetTable)) }
        var found = usable.first { $0.count == frameCount } ?? []
        if count == frameCount {
            found = Array(0..<count)
        } else if found.isEmpty, count > 1 {
            found = isRunLengths ? Array(0..<count) : try Self.streamStarts(items.fragments, source)
        }
        if found.count > frameCount {
            defects.append(DICOMPixelDefect(.excessFrames(expected: frameCount, found: found.count)))
            starts = Array(found[...frameCount])
        } else {
            starts = (found.isEmpty ? Array(0..<min(count, frameCount)) : found) + [count]
        }
        let room = zip(starts, starts.dropFirst()).map { start, end in
            items.fragments[start..<end].reduce(0) { $0 + $1.length }
        }
        let doLengthsFit =
            extendedLengths.count == room.count && extendedOffsets.count == room.count
            && zip(extendedLengths, room).allSatisfy { (1...max($1, 1)).contains($0) }
        lengths = doLengthsFit ? extendedLengths : []
        if !doLengthsFit, !extendedLengths.isEmpty, !defects.contains(DICOMPixelDefect(.unusableOffsetTable)) {
            defects.append(DICOMPixelDefect(.unusableOffsetTable))
        }
        if starts.count - 1 < frameCount {
            defects.append(DICOMPixelDefect(.missingFrames(expected: frameCount, found: starts.count - 1)))
        }
    }

    /// The fragments at which frames begin; `nil` when an offset is not that of a fragment.
    private static func starts(at offsets: [Int], of fragments: [DICOMFragment]) -> [Int]? {
        guard offsets[0] == 0, let first = fragments.first else { return nil }
        var starts: [Int] = []
        var fragment = 0
        for offset in offsets {
            while fragment < fragments.count, fragments[fragment].offset - first.offset < offset { fragment += 1 }
            guard fragment < fragments.count, fragments[fragment].offset - first.offset == offset,
                starts.last != fragment
            else { return nil }
            starts.append(fragment)
        }
        return starts
    }

    /// The fragments that begin as a compressed image does.
    private static func streamStarts(_ fragments: [DICOMFragment], _ source: ByteSource) throws(FormatError) -> [Int] {
        var starts: [Int] = []
        for (i, fragment) in fragments.enumerated() {
            let head = try source.bytes(at: fragment.offset, count: min(12, fragment.length))
            if CodestreamKind(head) != nil { starts.append(i) }
        }
        return starts.first == 0 ? starts : []
    }
}
