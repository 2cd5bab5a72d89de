import TestSupport

/// A box of tissue with two boxes of lung: 16 axial slices of 40 x 30 pixels, 4 mm voxels.
enum ThoraxSlices {
    static var slices: [DICOMTestSlice] {
        (0..<16).map { index in
            var slice = DICOMTestSlice(
                index: index, instanceUID: "2.25.9\(index)", position: SIMD3(-78, -58, 4 * Double(index)),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
            (slice.rows, slice.columns) = (30, 40)
            var words: [UInt16] = []
            for y in 0..<30 {
                for x in 0..<40 { words.append(isLung(index, y, x) ? 174 : isBody(y, x) ? 1064 : 24) }
            }
            slice.extra[0x0028_0030] = .decimals([4, 4])
            slice.extra[0x7FE0_0010] = .words("OW", words)
            return slice
        }
    }

    static func isBody(_ y: Int, _ x: Int) -> Bool { (2..<38).contains(x) && (2..<28).contains(y) }

    static func isLung(_ z: Int, _ y: Int, _ x: Int) -> Bool {
        (2..<14).contains(z) && (8..<22).contains(y) && ((6..<17).contains(x) || (23..<34).contains(x))
    }
}
