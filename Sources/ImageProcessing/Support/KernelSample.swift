import CKernels
import ImageCore

extension ImageScalar {
    /// How the kernels name this type; `nil` where they do not know it.
    static var kernelSample: tessera_filter_type? {
        switch kind {
        case .uint8, .bool: TESSERA_FILTER_U8
        case .uint16: TESSERA_FILTER_U16
        case .int16: TESSERA_FILTER_I16
        case .float32: TESSERA_FILTER_F32
        default: nil
        }
    }
}
