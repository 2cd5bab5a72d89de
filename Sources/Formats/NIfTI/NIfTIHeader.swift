/// The header of a NIfTI file, the fields of both versions under one name.
///
/// Source: nifti1.h and nifti2.h of the NIfTI Data Format Working Group.
struct NIfTIHeader: Sendable, Hashable {
    /// The two layouts of the header.
    enum Version: Int, Sendable, Hashable {
        case one = 1
        case two = 2

        /// Bytes of the header; the first number in the file.
        var headerLength: Int { self == .one ? 348 : 540 }
    }

    var version = Version.one
    var isBigEndian = false
    /// Whether the samples lie in a file of their own.
    var isPair = false
    /// Number of dimensions, then the size of each.
    var dim = [Int](repeating: 1, count: 8)
    var datatype = 0
    var bitsPerVoxel = 0
    /// Handedness of the qform, then the distances along each dimension.
    var pixdim = [Double](repeating: 1, count: 8)
    var voxelOffset = 0.0
    var slope = 0.0
    var intercept = 0.0
    var units = 0
    var qformCode = 0
    var sformCode = 0
    /// b, c, d of the rotation, then the offsets along x, y, z.
    var quaternion = [Double](repeating: 0, count: 6)
    /// Three rows of four.
    var srow = [Double](repeating: 0, count: 12)
    var intentCode = 0
    var intentName = ""
    var description = ""
    var auxiliaryFile = ""
    var displayHighest = 0.0
    var displayLowest = 0.0
    var timeOffset = 0.0
    var sliceDuration = 0.0
    var sliceCode = 0
    var dimInfo = 0

    /// The sizes of the dimensions that the file has.
    var sizes: [Int] { dim[0] < 1 ? [] : Array(dim[1...min(dim[0], 7)]) }

}

extension NIfTIHeader {
    /// `n+1`, `ni1` at byte 344 of version 1, each with a zero byte.
    private static let magic1: [[UInt8]] = [Array("n+1\0".utf8), Array("ni1\0".utf8)]
    /// `n+2`, `ni2` at byte 4 of version 2, each with bytes that transfers as text would change.
    private static let magic2: [[UInt8]] = ["n+2\0", "ni2\0"].map { Array($0.utf8) + [13, 10, 26, 10] }

    /// The magic bytes of a version.
    static func magic(_ version: Version, isPair: Bool) -> [UInt8] {
        (version == .one ? magic1 : magic2)[isPair ? 1 : 0]
    }

    /// The version that the first bytes of a file are of, and whether it is a pair.
    static func layout(of bytes: [UInt8]) -> (version: Version, isPair: Bool)? {
        if bytes.count >= 348, let found = magic1.firstIndex(where: { bytes[344..<348].elementsEqual($0) }) {
            return (.one, found == 1)
        }
        if bytes.count >= 12, let found = magic2.firstIndex(where: { bytes[4..<12].elementsEqual($0) }) {
            return (.two, found == 1)
        }
        return nil
    }

    /// Whether the first bytes of a file are a header of NIfTI.
    static func recognizes(_ bytes: [UInt8]) -> Bool { layout(of: bytes) != nil }
}
