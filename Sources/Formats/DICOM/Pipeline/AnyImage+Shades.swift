import ImageCore

extension AnyImage {
    /// A function of each sample as an image.
    func shades(_ shade: (Double) -> Double) -> Image<Float> {
        var result: Image<Float>
        switch self {
        case .bool(let image): result = image.map { Float(shade($0 ? 1 : 0)) }
        case .int8(let image): result = image.map { Float(shade(Double($0))) }
        case .int16(let image): result = image.map { Float(shade(Double($0))) }
        case .int32(let image): result = image.map { Float(shade(Double($0))) }
        case .int64(let image): result = image.map { Float(shade(Double($0))) }
        case .uint8(let image): result = image.map { Float(shade(Double($0))) }
        case .uint16(let image): result = image.map { Float(shade(Double($0))) }
        case .uint32(let image): result = image.map { Float(shade(Double($0))) }
        case .uint64(let image): result = image.map { Float(shade(Double($0))) }
        case .float16(let image): result = image.map { Float(shade(Double($0))) }
        case .float32(let image): result = image.map { Float(shade(Double($0))) }
        case .float64(let image): result = image.map { Float(shade($0)) }
        }
        result.domain = .unit
        return result
    }
}
