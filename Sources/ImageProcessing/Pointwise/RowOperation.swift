/// A change of one pixel by itself: kernels apply it to planar rows of floats, ``applied(to:)`` says in `Double` what it means.
///
/// Values are in the numbers of the image: 0…255 for 8 bits, Hounsfield units for CT. Nothing is clamped or rounded between
/// operations.
public enum RowOperation: Sendable, Hashable {
    /// `v · scale[c] + bias[c]` in channel c; a single number stands for all channels.
    case linear(scale: [Double], bias: [Double])
    /// Three channels by a matrix of three rows of four numbers, the last one added.
    case matrix([SIMD4<Double>])
    /// `black + (white − black) · ((v − black) / (white − black))^exponent`; values below black keep their sign: they are mirrored.
    case gamma(exponent: Double, black: Double, white: Double)
    /// Turns hue by degrees, multiplies saturation, multiplies value, in the HSV model of three channels with 0 as black.
    ///
    /// Saturation and value are limited to what the model has: 0…1 and 0…white.
    case hsv(hueDegrees: Double, saturation: Double, value: Double, white: Double)
    /// A matrix of three rows of four numbers between optical densities `−ln(max(v, floor) / white)`.
    ///
    /// Where every channel of the result is to be unchanged, use no operation.
    case opticalDensity([SIMD4<Double>], white: Double, floor: Double)
    /// The values of a function at equal steps from `lower` to `upper`, linear between them, constant beyond; one table for
    /// all channels or one for each, all of one length.
    case table([[Float]], lower: Double, upper: Double)
    /// Limits values to a range; one number for all channels or one for each.
    case limits(lower: [Double], upper: [Double])

    /// What a pixel becomes.
    ///
    /// - Parameter pixel: One value for each channel.
    /// - Returns: One value for each channel.
    public func applied(to pixel: [Double]) -> [Double] {
        switch self {
        case .linear(let scale, let bias):
            return pixel.enumerated().map { c, v in
                v * scale[scale.count == 1 ? 0 : c] + bias[bias.count == 1 ? 0 : c]
            }
        case .matrix(let rows): return Self.product(rows, pixel)
        case .gamma(let exponent, let black, let white):
            return pixel.map { v in
                let part = (v - black) / (white - black)
                let raised = power(abs(part), exponent)
                return black + (white - black) * (part < 0 ? -raised : raised)
            }
        case .hsv(let hue, let saturation, let value, let white):
            return HSVShift(hueDegrees: hue, saturation: saturation, value: value, white: white).applied(to: pixel)
        case .opticalDensity(let rows, let white, let floor):
            let densities = pixel.map { -logarithm(max($0, floor) / white) }
            return Self.product(rows, densities).map { white * exponential(-$0) }
        case .table(let tables, let lower, let upper):
            return pixel.enumerated().map { c, v in
                Self.lookUp(v, tables[tables.count == 1 ? 0 : c], lower, upper)
            }
        case .limits(let lower, let upper):
            return pixel.enumerated().map { c, v in
                min(max(v, lower[lower.count == 1 ? 0 : c]), upper[upper.count == 1 ? 0 : c])
            }
        }
    }

    private static func product(_ rows: [SIMD4<Double>], _ p: [Double]) -> [Double] {
        rows.map { $0.x * p[0] + $0.y * p[1] + $0.z * p[2] + $0.w }
    }

    private static func lookUp(_ value: Double, _ table: [Float], _ lower: Double, _ upper: Double) -> Double {
        let place = min(max((value - lower) / (upper - lower), 0), 1) * Double(table.count - 1)
        let index = min(Int(place), max(0, table.count - 2))
        let next = min(index + 1, table.count - 1)
        return Double(table[index]) + (Double(table[next]) - Double(table[index])) * (place - Double(index))
    }
}

extension RowOperation {
    /// One operation that does both, where there is one: two linear ones, two matrices, or one of each for three channels.
    public func joined(with next: RowOperation, channels: Int) -> RowOperation? {
        switch (self, next) {
        case (.linear(let a, let b), .linear(let c, let d)):
            let count = max(a.count, b.count, c.count, d.count)
            func at(_ list: [Double], _ i: Int) -> Double { list[list.count == 1 ? 0 : i] }
            return .linear(
                scale: (0..<count).map { at(a, $0) * at(c, $0) },
                bias: (0..<count).map { at(b, $0) * at(c, $0) + at(d, $0) })
        case (.matrix, .matrix), (.matrix, .linear), (.linear, .matrix):
            guard channels == 3, let first = matrix, let second = next.matrix else { return nil }
            return .matrix(
                second.map { row in
                    var result = first[0] * row.x + first[1] * row.y + first[2] * row.z
                    result.w += row.w
                    return result
                })
        default: return nil
        }
    }

    /// The matrix of a linear operation on three channels.
    private var matrix: [SIMD4<Double>]? {
        switch self {
        case .matrix(let rows): return rows
        case .linear(let scale, let bias):
            return (0..<3).map { c in
                var row = SIMD4<Double>.zero
                row[c] = scale[scale.count == 1 ? 0 : c]
                row.w = bias[bias.count == 1 ? 0 : c]
                return row
            }
        default: return nil
        }
    }
}
