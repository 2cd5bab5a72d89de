extension NIfTIHeader {
    /// The header and the four bytes behind it that say that no extension follows, little-endian.
    ///
    /// - Precondition: the sizes fit the version.
    func encoded() -> [UInt8] {
        var fields = FieldWriter(count: version.headerLength + 4)
        fields.set(Int32(version.headerLength), at: 0)
        let magic = Self.magic(version, isPair: isPair)
        for (i, byte) in magic.enumerated() { fields.set(byte, at: (version == .one ? 344 : 4) + i) }
        if version == .one { encode1(&fields) } else { encode2(&fields) }
        return fields.bytes
    }

    private func encode1(_ fields: inout FieldWriter) {
        fields.set(UInt8(truncatingIfNeeded: dimInfo), at: 39)
        for i in 0..<8 {
            fields.set(Int16(dim[i]), at: 40 + 2 * i)
            fields.set(Float(pixdim[i]), at: 76 + 4 * i)
        }
        fields.set(Int16(truncatingIfNeeded: intentCode), at: 68)
        fields.set(Int16(truncatingIfNeeded: datatype), at: 70)
        fields.set(Int16(truncatingIfNeeded: bitsPerVoxel), at: 72)
        fields.set(Float(voxelOffset), at: 108)
        fields.set(Float(slope), at: 112)
        fields.set(Float(intercept), at: 116)
        fields.set(UInt8(truncatingIfNeeded: sliceCode), at: 122)
        fields.set(UInt8(truncatingIfNeeded: units), at: 123)
        fields.set(Float(displayHighest), at: 124)
        fields.set(Float(displayLowest), at: 128)
        fields.set(Float(sliceDuration), at: 132)
        fields.set(Float(timeOffset), at: 136)
        fields.set(description, at: 148, count: 80)
        fields.set(auxiliaryFile, at: 228, count: 24)
        fields.set(Int16(truncatingIfNeeded: qformCode), at: 252)
        fields.set(Int16(truncatingIfNeeded: sformCode), at: 254)
        for i in 0..<6 { fields.set(Float(quaternion[i]), at: 256 + 4 * i) }
        for i in 0..<12 { fields.set(Float(srow[i]), at: 280 + 4 * i) }
        fields.set(intentName, at: 328, count: 16)
    }

    private func encode2(_ fields: inout FieldWriter) {
        fields.set(Int16(truncatingIfNeeded: datatype), at: 12)
        fields.set(Int16(truncatingIfNeeded: bitsPerVoxel), at: 14)
        for i in 0..<8 {
            fields.set(Int64(dim[i]), at: 16 + 8 * i)
            fields.set(pixdim[i], at: 104 + 8 * i)
        }
        fields.set(Int64(voxelOffset), at: 168)
        fields.set(slope, at: 176)
        fields.set(intercept, at: 184)
        fields.set(displayHighest, at: 192)
        fields.set(displayLowest, at: 200)
        fields.set(sliceDuration, at: 208)
        fields.set(timeOffset, at: 216)
        fields.set(description, at: 240, count: 80)
        fields.set(auxiliaryFile, at: 320, count: 24)
        fields.set(Int32(truncatingIfNeeded: qformCode), at: 344)
        fields.set(Int32(truncatingIfNeeded: sformCode), at: 348)
        for i in 0..<6 { fields.set(quaternion[i], at: 352 + 8 * i) }
        for i in 0..<12 { fields.set(srow[i], at: 400 + 8 * i) }
        fields.set(Int32(truncatingIfNeeded: sliceCode), at: 496)
        fields.set(Int32(truncatingIfNeeded: units), at: 500)
        fields.set(Int32(truncatingIfNeeded: intentCode), at: 504)
        fields.set(intentName, at: 508, count: 16)
        fields.set(UInt8(truncatingIfNeeded: dimInfo), at: 524)
    }
}
