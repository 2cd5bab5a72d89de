import CKernels
import ImageCore

/// Changes of single pixels as kernels take them: each a kind and a list of floats.
struct PreparedOperations {
    struct Step {
        let kind: tessera_operation_kind
        let start: Int
    }

    private(set) var steps: [Step] = []
    private(set) var numbers: [Float] = []

    /// Prepares operations for images of a number of channels.
    ///
    /// - Throws: ``ImageError`` where numbers and channels do not fit together.
    init(_ operations: [RowOperation], channels: Int) throws(ImageError) {
        for operation in operations { try append(operation, channels) }
        // Kernels read tables by whole vectors.
        numbers += Array(repeating: 0, count: 16)
    }

    private mutating func append(_ operation: RowOperation, _ channels: Int) throws(ImageError) {
        switch operation {
        case .linear(let scale, let bias):
            add(TESSERA_LINEAR_OPERATION, try pairs(scale, bias, channels))
        case .matrix(let rows):
            add(TESSERA_MATRIX_OPERATION, try matrix(rows, channels))
        case .gamma(let exponent, let black, let white):
            add(TESSERA_POWER_OPERATION, [exponent, black, white])
        case .hsv(let hue, let saturation, let value, let white):
            try checkColor(channels)
            let turn = (hue / 60).remainder(dividingBy: 6)
            add(TESSERA_HSV_OPERATION, [turn, saturation, value, white])
        case .opticalDensity(let rows, let white, let floor):
            add(TESSERA_DENSITY_OPERATION, try matrix(rows, channels) + [white, floor])
        case .table(let tables, let lower, let upper):
            let length = tables.first?.count ?? 0
            guard length > 0, length < 1 << 24, tables.allSatisfy({ $0.count == length }),
                tables.count == 1 || tables.count == channels
            else { throw .invalidArgument("expected one table or \(channels) of one length, found \(tables.count)") }
            add(TESSERA_TABLE_OPERATION, [lower, upper, Double(length), Double(tables.count)])
            for table in tables { numbers += table }
        case .limits(let lower, let upper):
            add(TESSERA_LIMITS_OPERATION, try pairs(lower, upper, channels))
        }
    }

    private mutating func add(_ kind: tessera_operation_kind, _ values: [Double]) {
        steps.append(Step(kind: kind, start: numbers.count))
        numbers += values.map(Float.init)
    }

    private func pairs(_ first: [Double], _ second: [Double], _ channels: Int) throws(ImageError) -> [Double] {
        for list in [first, second] where list.count != 1 && list.count != channels {
            throw .invalidArgument("expected 1 number or \(channels), one for each channel, found \(list.count)")
        }
        return (0..<channels).flatMap { [first[first.count == 1 ? 0 : $0], second[second.count == 1 ? 0 : $0]] }
    }

    private func matrix(_ rows: [SIMD4<Double>], _ channels: Int) throws(ImageError) -> [Double] {
        try checkColor(channels)
        guard rows.count == 3 else { throw .invalidArgument("expected three rows of a matrix, found \(rows.count)") }
        return rows.flatMap { [$0.x, $0.y, $0.z, $0.w] }
    }

    private func checkColor(_ channels: Int) throws(ImageError) {
        guard channels == 3 else {
            throw .invalidArgument("expected three channels for an operation on color, found \(channels)")
        }
    }
}
