import ImageCore

extension Image {
    /// The volume with the slices that no file has filled from the nearest ones that are there: linear between two, else as the
    /// only one is.
    ///
    /// A slice of background would cut the body in two: what lies behind it would count as another piece.
    /// - Parameter validity: Which slices come from files, one value per index along z; `nil` when all do.
    /// - Returns: The volume, with all else as it was; the volume itself when no slice is missing, or all are.
    /// - Throws: ``ImageError`` for another number of values.
    func bridged(over validity: Image<Bool>?) throws(ImageError) -> Image {
        guard let flags = validity?.contiguous() else { return self }
        guard axes == [.z, .y, .x], flags.count == depth else {
            throw .invalidArgument("expected a validity of \(depth) slices, found \(flags.count)")
        }
        let present = (0..<depth).map { flags.samples[$0] }
        guard present.contains(false), present.contains(true) else { return self }
        var result = contiguous()
        let plane = width * height
        for z in 0..<depth where !present[z] {
            let below = present[..<z].lastIndex(of: true), above = present[z...].firstIndex(of: true)
            guard let (first, second) = (below ?? above).map({ ($0, above ?? $0) }) else { continue }
            let weight = first == second ? 0 : Float(z - first) / Float(second - first)
            var samples = result.mutableSamples
            for i in 0..<plane {
                let a = samples[first * plane + i].saturated(to: Float.self)
                let b = samples[second * plane + i].saturated(to: Float.self)
                samples[z * plane + i] = Scalar(converting: a + (b - a) * weight)
            }
        }
        return result
    }
}
