/// Whether a codestream is one that OpenJPH decodes safely.
///
/// OpenJPH trusts its input: marker segments that contradict each other end the process at an assertion, or in a loop
/// without end. Only streams in the one form that encoders write for medical images, complete and free of contradictions,
/// reach it. OpenJPEG takes all others.
struct HighThroughputCheck: ~Escapable {
    private let data: RawSpan
    private let header: JPEG2000Header
    private var style: CodingStyle?
    /// What the quantization marker says; components may have their own.
    private var quantization: [Quantization] = []
    private var hasCapabilities = false

    /// Looks at every marker of a codestream, not at its packets.
    @_lifetime(copy data)
    private init(_ data: RawSpan, _ header: JPEG2000Header) {
        self.data = data
        self.header = header
    }

    /// Whether the codestream behind the boxes is complete and of the usual form.
    static func isPlain(_ data: RawSpan, _ header: JPEG2000Header) -> Bool {
        var check = HighThroughputCheck(data.extracting(droppingFirst: header.start), header)
        guard let tileParts = check.mainHeader() else { return false }
        return check.isConsistent && check.areTilePartsWhole(from: tileParts)
    }

    private func byte(_ i: Int) -> Int { Int(unsafe data.unsafeLoad(fromByteOffset: i, as: UInt8.self)) }
    private func word(_ i: Int) -> Int { byte(i) << 8 | byte(i + 1) }
    private func long(_ i: Int) -> Int { word(i) << 16 | word(i + 2) }

    /// Walks the main header; gives where the first tile-part begins.
    private mutating func mainHeader() -> Int? {
        var position = 2
        while position + 4 <= data.byteCount {
            let (marker, length) = (word(position), word(position + 2))
            if marker == Self.startOfTilePart { return position }
            guard length >= 2, position + 2 + length <= data.byteCount,
                accepts(marker, position + 4..<position + 2 + length)
            else { return nil }
            position += 2 + length
        }
        return nil
    }

    private mutating func accepts(_ marker: Int, _ content: Range<Int>) -> Bool {
        let first = content.lowerBound
        switch marker {
        case 0xFF51: return first == 6 && isSizePlain(content)
        case 0xFF50:
            // Part 15 alone, every block of high throughput, one set of passes, nothing of regions.
            guard !hasCapabilities, content.count == 6, long(first) == 0x0002_0000, word(first + 4) & 0xF800 == 0 else {
                return false
            }
            hasCapabilities = true
            return true
        case 0xFF52:
            guard style == nil, let found = codingStyle(content) else { return false }
            style = found
            return true
        case 0xFF5C:
            guard content.count >= 1 else { return false }
            quantization.append(
                Quantization(style: byte(first), byteCount: content.count - 1, exponents: exponents(content)))
            return true
        case 0xFF5D:
            let head = header.components < 257 ? 1 : 2
            guard content.count > head, head == 1 ? byte(first) < header.components : word(first) < header.components
            else { return false }
            let rest = first + head..<content.upperBound
            quantization.append(
                Quantization(style: byte(first + head), byteCount: rest.count - 1, exponents: exponents(rest)))
            return true
        // Profiles, lengths of tile-parts and packets, registration, comments.
        case 0xFF55, 0xFF56, 0xFF57, 0xFF59, 0xFF63, 0xFF64: return true
        default: return false
        }
    }

    /// Components of the same size, and numbers that do not overflow.
    private func isSizePlain(_ content: Range<Int>) -> Bool {
        let first = content.lowerBound
        guard content.count == 36 + 3 * header.components, (1...8).allSatisfy({ long(first + 4 * $0 - 2) < 1 << 30 })
        else {
            return false
        }
        return (0..<header.components).allSatisfy { component in
            let place = first + 36 + 3 * component
            return byte(place) & 0x7F < 31 && byte(place + 1) == 1 && byte(place + 2) == 1
        }
    }
}

extension HighThroughputCheck {
    private static let startOfTilePart = 0xFF90

    /// What the coding style marker says.
    private struct CodingStyle {
        var levels: Int
        var isReversible: Bool
        var isColorTransformed: Bool
        /// Exponents of the precincts' sizes, by resolution.
        var precincts: [(x: Int, y: Int)]
    }

    /// What a quantization marker says.
    private struct Quantization {
        var style: Int
        var byteCount: Int
        var exponents: [Int]
    }

    private func codingStyle(_ content: Range<Int>) -> CodingStyle? {
        let first = content.lowerBound
        guard content.count >= 10 else { return nil }
        let (flags, levels) = (byte(first), byte(first + 5))
        let (width, height) = (byte(first + 6), byte(first + 7))
        // No markers between packets, one layer, blocks of at most 4096 samples, coded for high throughput.
        guard flags <= 1, byte(first + 1) <= 4, word(first + 2) == 1, byte(first + 4) <= 1, levels <= 32, width <= 8,
            height <= 8, width + height <= 8, byte(first + 8) == 0x40, byte(first + 9) <= 1,
            content.count == 10 + (flags == 1 ? levels + 1 : 0)
        else { return nil }
        let precincts = (0...levels).map { resolution in
            let size = flags == 1 ? byte(first + 10 + resolution) : 0xFF
            return (x: size & 15, y: size >> 4)
        }
        guard precincts.dropFirst().allSatisfy({ $0.x > 0 && $0.y > 0 }) else { return nil }
        return CodingStyle(
            levels: levels, isReversible: byte(first + 9) == 1, isColorTransformed: byte(first + 4) == 1,
            precincts: precincts)
    }

    private func exponents(_ content: Range<Int>) -> [Int] {
        let step = byte(content.lowerBound) & 31 == 0 ? 1 : 2
        return stride(from: content.lowerBound + 1, through: content.upperBound - step, by: step).map { byte($0) >> 3 }
    }

    /// Whether the markers fit each other.
    private var isConsistent: Bool {
        guard let style, hasCapabilities, !quantization.isEmpty, !style.isColorTransformed || header.components >= 3
        else {
            return false
        }
        let bands = 3 * style.levels + 1
        let fits = quantization.allSatisfy { steps in
            let guardBits = steps.style >> 5
            return steps.style & 31 == (style.isReversible ? 0 : 2)
                && steps.byteCount == bands * (style.isReversible ? 1 : 2)
                && steps.exponents.allSatisfy { (1...30).contains($0 + guardBits - 1) }
        }
        return fits && precinctCount(style) <= 4096 + header.columns * header.rows / 256 && !hasLonePrecinct(style)
    }

    /// Whether a packet holds no coded blocks because its precinct is one sample, which the next lower resolution has.
    ///
    /// OpenJPH does not step over the byte of such a packet, and decodes all that follows to wrong samples. Precincts of the
    /// lowest resolution have blocks; of all others, only the last of a tile can be of one sample at an even place.
    private func hasLonePrecinct(_ style: CodingStyle) -> Bool {
        func isLone(axis: Int, _ shift: Int, _ exponent: Int) -> Bool {
            let (start, end, step) = (long(16 + axis), long(8 + axis), long(24 + axis))
            return stride(from: long(32 + axis), to: end, by: step).contains { tile in
                let first = (max(tile, start) + 1 << shift - 1) >> shift
                let last = (min(tile + step, end) + 1 << shift - 1) >> shift - 1
                return last.isMultiple(of: 2) && (last == first || last > first && last & (1 << exponent - 1) == 0)
            }
        }
        return style.precincts.enumerated().dropFirst().contains { resolution, precinct in
            let shift = style.levels - resolution
            return isLone(axis: 0, shift, precinct.x) && isLone(axis: 4, shift, precinct.y)
        }
    }

    /// No fewer precincts than there are; each costs the library memory.
    private func precinctCount(_ style: CodingStyle) -> Int {
        func count(_ size: Int, _ exponent: Int) -> Int { size >> exponent + 2 }
        let (width, height) = (
            min(header.columns, long(24)), min(header.rows, long(28))
        )
        let perTile = style.precincts.enumerated().reduce(0) { sum, precinct in
            let shrunk = style.levels - precinct.offset
            return sum + count(width >> shrunk, precinct.element.x) * count(height >> shrunk, precinct.element.y)
        }
        let (tiles, overflow) = header.tileColumns.multipliedReportingOverflow(by: header.tileRows * header.components)
        return overflow ? .max : tiles.multipliedReportingOverflow(by: perTile).partialValue
    }

    /// Whether every tile has one tile-part, and every tile-part its bytes.
    private func areTilePartsWhole(from start: Int) -> Bool {
        var isThere = [Bool](repeating: false, count: header.tileColumns * header.tileRows)
        var position = start
        while position + 2 <= data.byteCount, word(position) != 0xFFD9 {
            guard position + 14 <= data.byteCount, word(position) == Self.startOfTilePart, word(position + 2) == 10,
                isThere.indices.contains(word(position + 4)), !isThere[word(position + 4)], byte(position + 10) == 0,
                long(position + 6) >= 14
            else { return false }
            isThere[word(position + 4)] = true
            let end = position + long(position + 6)
            guard end <= data.byteCount, hasOnlyData(position + 12..<end) else { return false }
            position = end
        }
        return isThere.allSatisfy(\.self)
    }

    /// Whether nothing but comments and lengths stand before a tile-part's data.
    private func hasOnlyData(_ part: Range<Int>) -> Bool {
        var position = part.lowerBound
        while position + 2 <= part.upperBound {
            if word(position) == 0xFF93 { return true }
            guard [0xFF58, 0xFF64].contains(word(position)), position + 4 <= part.upperBound, word(position + 2) >= 2
            else {
                return false
            }
            position += 2 + word(position + 2)
        }
        return false
    }
}
