import CKernels
import ImageCore

/// A separable filter of volumes of floats by the kernels: slices are weighed and added up, and the sum is filtered in the plane.
struct SmoothVolume {
    /// Rows and columns.
    let plane: SmoothKernel
    /// The weights along z, around their middle.
    let z: [Float]
    /// Number of slices.
    let depth: Int

    /// Filters volumes that lie one after the other.
    ///
    /// - Precondition: spans of a multiple of the volume's size.
    func filter(_ source: Span<Float>, into target: inout MutableSpan<Float>) {
        let length = plane.planes.planeLength
        let volumes = source.count / (length * depth)
        precondition(
            source.count == volumes * depth * length && target.count == source.count, "whole volumes of equal size")
        let map = plane.border.indices(depth, before: z.count / 2, after: z.count - 1 - z.count / 2)
        let outside = [Float](repeating: Float(plane.border.value), count: map.contains(-1) ? length : 0)
        var sums = [Float](repeating: 0, count: length)
        for slice in 0..<volumes * depth {
            let (volume, place) = slice.quotientAndRemainder(dividingBy: depth)
            unsafe source.withUnsafeBufferPointer { source in
                unsafe outside.withUnsafeBufferPointer { outside in
                    let slices = unsafe (place..<place + z.count).map { position in
                        unsafe map[position] < 0
                            ? outside.baseAddress
                            : source.baseAddress.map { unsafe $0 + (volume * depth + map[position]) * length }
                    }
                    unsafe tessera_weigh_rows(
                        plane.level.c, slices, z, Int64(z.count), Int64(length), &sums)
                }
            }
            var output = target._mutatingExtracting(slice * length..<(slice + 1) * length)
            plane.filter(sums.span, into: &output)
        }
    }
}
