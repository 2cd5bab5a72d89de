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
    /// One frame takes all fragments, and as many fragments as frames take one each. Otherwise the extended, then the basic
    /// offset table decides, where every offset is that of a fragment; without a table that can be right, a frame begins with each
    /// fragment that begins as a JPEG or JPEG 2000 stream does.
    init(
        _ items: DICOMFragments, frameCount: Int, extendedOffsets: [Int], extendedLengths: [Int], source: ByteSource
    ) throws(FormatError) {
        fragments = items.fragments
        defects = items.defects
        let count = fragments.count
        let tables = [extendedOffsets, items.basicOffsets].filter { !$0.isEmpty }
        let found = tables.lazy.compactMap { Self.starts(at: $0, of: items.fragments, frameCount: frameCount) }.first
        if found == nil, !tables.isEmpty { defects.append(DICOMPixelDefect(.unusableOffsetTable)) }
        if frameCount == 1 {
            starts = count == 0 ? [0] : [0, count]
        } else if count == frameCount {
            starts = Array(0...count)
        } else if let found {
            starts = found + [count]
        } else {
            let scanned = try Self.streamStarts(items.fragments, source)
            starts = (scanned.isEmpty ? Array(0..<min(count, frameCount)) : Array(scanned.prefix(frameCount))) + [count]
        }
        let areLengthsUsable = extendedLengths.count == starts.count - 1 && extendedLengths.allSatisfy { $0 > 0 }
        lengths = areLengthsUsable && extendedOffsets.count == extendedLengths.count ? extendedLengths : []
        if starts.count - 1 < frameCount {
            defects.append(DICOMPixelDefect(.missingFrames(expected: frameCount, found: starts.count - 1)))
        }
    }

    /// The fragments at which frames begin; `nil` when an offset is not that of a fragment.
    private static func starts(at offsets: [Int], of fragments: [DICOMFragment], frameCount: Int) -> [Int]? {
        guard offsets.count == frameCount, offsets[0] == 0, let first = fragments.first else { return nil }
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
