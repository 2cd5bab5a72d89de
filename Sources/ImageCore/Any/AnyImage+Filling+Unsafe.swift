extension AnyImage {
    /// A new image of a scalar that is known at run time, its bytes written by a closure.
    ///
    /// The memory is not cleared first: the closure must write every byte, in C order and the machine's byte order.
    /// For ``ScalarKind/bool`` every byte must be 0 or 1.
    public init<Failure: Error>(
        kind: ScalarKind, axes: [Axis], sizes: [Int], color: ColorModel = .unspecified,
        domain: ValueDomain = .unspecified, geometry: Geometry? = nil, metadata: Metadata = Metadata(),
        fillingBytes body: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        switch kind {
        case .bool: self = .bool(try Image(bytes: axes, sizes, body))
        case .int8: self = .int8(try Image(bytes: axes, sizes, body))
        case .int16: self = .int16(try Image(bytes: axes, sizes, body))
        case .int32: self = .int32(try Image(bytes: axes, sizes, body))
        case .int64: self = .int64(try Image(bytes: axes, sizes, body))
        case .uint8: self = .uint8(try Image(bytes: axes, sizes, body))
        case .uint16: self = .uint16(try Image(bytes: axes, sizes, body))
        case .uint32: self = .uint32(try Image(bytes: axes, sizes, body))
        case .uint64: self = .uint64(try Image(bytes: axes, sizes, body))
        case .float16: self = .float16(try Image(bytes: axes, sizes, body))
        case .float32: self = .float32(try Image(bytes: axes, sizes, body))
        case .float64: self = .float64(try Image(bytes: axes, sizes, body))
        }
        self.color = color
        self.domain = domain
        self.geometry = geometry
        self.metadata = metadata
    }
}

extension Image {
    fileprivate init<Failure: Error>(
        bytes axes: [Axis], _ sizes: [Int], _ body: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        try self.init(axes: axes, sizes: sizes) { (samples: inout MutableSpan<Scalar>) throws(Failure) in
            var bytes = unsafe samples.mutableBytes
            try body(&bytes)
        }
    }
}
