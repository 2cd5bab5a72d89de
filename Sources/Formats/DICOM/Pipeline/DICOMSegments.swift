/// Lookup tables written as segments: PS3.3 C.7.9.2.
enum DICOMSegments {
    /// Expands segments to entries; stops at what cannot be right.
    ///
    /// - Parameters:
    ///   - words: Operation codes with what follows them.
    ///   - limit: Largest number of entries.
    /// - Returns: The entries.
    static func expand(_ words: [UInt16], limit: Int) -> [UInt16] {
        let isWide = words.contains { $0 > 255 }
        var entries: [UInt16] = []
        _ = expand(words, from: 0, segments: .max, limit: limit, isWide: isWide, depth: 0, into: &entries)
        return entries
    }

    private static func expand(
        _ words: [UInt16], from start: Int, segments: Int, limit: Int, isWide: Bool, depth: Int,
        into entries: inout [UInt16]
    ) -> Bool {
        var (position, done) = (start, 0)
        while position + 1 < words.count, done < segments, entries.count < limit {
            let count = Int(words[position + 1])
            switch words[position] {
            case 0:
                guard position + 2 + count <= words.count else { return false }
                entries += words[position + 2..<position + 2 + count]
                position += 2 + count
            case 1:
                guard position + 2 < words.count, let last = entries.last else { return false }
                appendLine(from: last, to: words[position + 2], count: min(count, limit - entries.count), &entries)
                position += 3
            case 2:
                // An offset in bytes for 8-bit, in words for 16-bit entries, lower half first.
                guard depth == 0, position + 3 < words.count else { return false }
                let offset = Int(words[position + 2]) | Int(words[position + 3]) << 16
                let target = isWide ? offset / 2 : Int(words[position + 2]) | Int(words[position + 3]) << 8
                guard target < position,
                    expand(
                        words, from: target, segments: count, limit: limit, isWide: isWide, depth: 1, into: &entries)
                else { return false }
                position += 4
            default: return false
            }
            done += 1
        }
        return true
    }

    /// Steps from a value to another; the last step reaches it.
    private static func appendLine(from first: UInt16, to last: UInt16, count: Int, _ entries: inout [UInt16]) {
        guard count > 0 else { return }
        for i in 1...count {
            let step = (Double(last) - Double(first)) * Double(i) / Double(count)
            entries.append(UInt16((Double(first) + step).rounded()))
        }
    }
}
