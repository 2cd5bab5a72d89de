import CKernels
import ImageCore

extension ImageScalar {
    /// How the kernels name this type; `nil` where they do not know it.
    static var kernelSample: tessera_sample? {
        switch kind {
        case .uint8, .bool: TESSERA_U8
        case .uint16: TESSERA_U16
        case .int16: TESSERA_I16
        case .float32: TESSERA_F32
        default: nil
        }
    }
}
