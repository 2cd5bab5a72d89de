import ImageProcessing

/// Matrices of red, green and blue.
enum ColorMatrix {
    /// The weights of luma in ITU-R BT.601 as torchvision rounds them.
    static let luma = SIMD3(0.2989, 0.587, 0.114)

    /// `amount` of the color and the rest of its luma: 1 keeps the color, 0 is gray.
    static func saturation(_ amount: Double) -> RowOperation {
        .matrix(
            (0..<3).map { row in
                var result = SIMD4(luma * (1 - amount), 0)
                result[row] += amount
                return result
            })
    }

    /// Channel i of the result is channel `order[i]`.
    static func permutation(_ order: [Int]) -> RowOperation {
        .matrix(
            order.map { from in
                var row = SIMD4<Double>.zero
                row[from] = 1
                return row
            })
    }
}
