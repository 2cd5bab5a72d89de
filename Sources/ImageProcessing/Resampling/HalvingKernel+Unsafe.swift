import CKernels
import ImageCore

/// Makes planes of interleaved pixels half as wide and high: each new pixel is the mean of four.
struct HalvingKernel: Sendable {
    let planes: Planes
    var level = KernelLevel.best

    /// `nil` for other sizes than half of the planes', and more channels than the kernel knows.
    init?(_ planes: Planes, width: Int, height: Int) {
        guard planes.width == 2 * width, planes.height == 2 * height, planes.channels <= 4 else { return nil }
        self.planes = planes
    }

    /// Fills a plane of half the size.
    ///
    /// - Precondition: spans of those sizes, of a type that kernels know.
    func halve<Scalar: ImageScalar>(_ source: Span<Scalar>, into target: inout MutableSpan<Scalar>) {
        guard let type = Scalar.kernelSample else { preconditionFailure("a type that kernels know") }
        precondition(source.count == planes.planeLength && 4 * target.count == source.count, "a plane of half the size")
        unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
                unsafe tessera_halve(
                    level.c, type, source.baseAddress, Int64(planes.width / 2), Int64(planes.height / 2),
                    Int64(planes.channels), target.baseAddress)
            }
        }
    }
}
