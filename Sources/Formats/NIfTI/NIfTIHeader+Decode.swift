extension NIfTIHeader {
    /// Reads a header from the first bytes of a file.
    ///
    /// - Throws: ``FormatError``: `notRecognized` without the magic bytes, `truncated`, `corrupt` for a length that is
    ///   neither version's.
    init(_ bytes: [UInt8], file: String) throws(FormatError) {
        guard let layout = Self.layout(of: bytes) else {
            throw FormatError(.notRecognized, file: file, expected: "a header of NIfTI", found: "no magic bytes")
        }
        let length = layout.version.headerLength
        guard bytes.count >= length else {
            throw FormatError(
                .truncated, file: file, place: "header", expected: "\(length) bytes", found: "\(bytes.count)")
        }
        let little = FieldReader(bytes: bytes, isBigEndian: false)
        let big = FieldReader(bytes: bytes, isBigEndian: true)
        guard let fields = [little, big].first(where: { $0.integer(at: 0, as: Int32.self) == length }) else {
            throw FormatError(
                .corrupt, file: file, place: "sizeof_hdr", expected: "\(length) in either byte order",
                found: "\(little.integer(at: 0, as: Int32.self))")
        }
        version = layout.version
        isPair = layout.isPair
        isBigEndian = fields.isBigEndian
        if version == .one { decode1(fields) } else { decode2(fields) }
    }

    private mutating func decode1(_ fields: FieldReader) {
        func short(_ offset: Int) -> Int { fields.integer(at: offset, as: Int16.self) }
        dimInfo = fields.integer(at: 39, as: UInt8.self)
        dim = (0..<8).map { short(40 + 2 * $0) }
        intentCode = short(68)
        datatype = short(70)
        bitsPerVoxel = short(72)
        pixdim = (0..<8).map { fields.float(at: 76 + 4 * $0) }
        voxelOffset = fields.float(at: 108)
        slope = fields.float(at: 112)
        intercept = fields.float(at: 116)
        sliceCode = fields.integer(at: 122, as: UInt8.self)
        units = fields.integer(at: 123, as: UInt8.self)
        displayHighest = fields.float(at: 124)
        displayLowest = fields.float(at: 128)
        sliceDuration = fields.float(at: 132)
        timeOffset = fields.float(at: 136)
        description = fields.text(at: 148, count: 80)
        auxiliaryFile = fields.text(at: 228, count: 24)
        qformCode = short(252)
        sformCode = short(254)
        quaternion = (0..<6).map { fields.float(at: 256 + 4 * $0) }
        srow = (0..<12).map { fields.float(at: 280 + 4 * $0) }
        intentName = fields.text(at: 328, count: 16)
    }

    private mutating func decode2(_ fields: FieldReader) {
        func word(_ offset: Int) -> Int { fields.integer(at: offset, as: Int32.self) }
        datatype = fields.integer(at: 12, as: Int16.self)
        bitsPerVoxel = fields.integer(at: 14, as: Int16.self)
        dim = (0..<8).map { fields.integer(at: 16 + 8 * $0, as: Int64.self) }
        pixdim = (0..<8).map { fields.double(at: 104 + 8 * $0) }
        voxelOffset = Double(fields.integer(at: 168, as: Int64.self))
        slope = fields.double(at: 176)
        intercept = fields.double(at: 184)
        displayHighest = fields.double(at: 192)
        displayLowest = fields.double(at: 200)
        sliceDuration = fields.double(at: 208)
        timeOffset = fields.double(at: 216)
        description = fields.text(at: 240, count: 80)
        auxiliaryFile = fields.text(at: 320, count: 24)
        qformCode = word(344)
        sformCode = word(348)
        quaternion = (0..<6).map { fields.double(at: 352 + 8 * $0) }
        srow = (0..<12).map { fields.double(at: 400 + 8 * $0) }
        sliceCode = word(496)
        units = word(500)
        intentCode = word(504)
        intentName = fields.text(at: 508, count: 16)
        dimInfo = fields.integer(at: 524, as: UInt8.self)
    }
}
