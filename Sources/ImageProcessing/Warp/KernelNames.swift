import CKernels
import ImageCore

extension ScalarKind {
    /// The type as kernels name it.
    var kernelType: tessera_type {
        switch self {
        case .bool: TESSERA_BOOL
        case .int8: TESSERA_INT8
        case .int16: TESSERA_INT16
        case .int32: TESSERA_INT32
        case .int64: TESSERA_INT64
        case .uint8: TESSERA_UINT8
        case .uint16: TESSERA_UINT16
        case .uint32: TESSERA_UINT32
        case .uint64: TESSERA_UINT64
        case .float16: TESSERA_FLOAT16
        case .float32: TESSERA_FLOAT32
        case .float64: TESSERA_FLOAT64
        }
    }

    /// Whether kernels interpolate between samples of the type; others are made `Float` first.
    var isSampledDirectly: Bool {
        switch self {
        case .int8, .int16, .int32, .uint8, .uint16, .float32: true
        case .bool, .int64, .uint32, .uint64, .float16, .float64: false
        }
    }
}

extension Interpolation {
    /// The interpolation as kernels name it.
    var kernelName: tessera_interpolation {
        switch self {
        case .nearest, .area: TESSERA_NEAREST
        case .linear: TESSERA_LINEAR
        case .cubic: TESSERA_SHARP_CUBIC
        case .catmullRom: TESSERA_CATMULL_ROM
        case .lanczos4: TESSERA_LANCZOS4
        }
    }
}

extension BorderMode {
    /// The border as kernels name it.
    var kernelName: tessera_border {
        switch self {
        case .constant: TESSERA_BORDER_CONSTANT
        case .replicate: TESSERA_BORDER_REPLICATE
        case .reflect: TESSERA_BORDER_REFLECT
        case .reflect101: TESSERA_BORDER_REFLECT101
        case .wrap: TESSERA_BORDER_WRAP
        }
    }

    /// For each position around an axis the sample that stands for it, as kernels take them.
    func kernelIndices(_ count: Int) -> [Int32] {
        let reach = TESSERA_BORDER_REACH
        var result = [Int32](repeating: -1, count: count + 2 * reach)
        for position in 0..<count { result[reach + position] = Int32(truncatingIfNeeded: position) }
        if case .constant = self { return result }
        for place in 1...reach {
            result[reach - place] = Int32(index(-place, count) ?? -1)
            result[reach + count - 1 + place] = Int32(index(count - 1 + place, count) ?? -1)
        }
        return result
    }
}
