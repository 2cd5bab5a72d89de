public import ImageCore

/// The discrete Fourier transform of a plane or a volume of real numbers.
///
/// `X[k] = Σ x[n] · exp(−2πi · Σ kₐ·nₐ / Nₐ)`, not scaled; the way back divides by the number of samples. Frequency 0 is at
/// index 0 along every axis, as in NumPy's `fftn`; ``frequency(_:_:)`` gives the frequency of an index. Calculated in `Float` by
/// KISS FFT.
public struct Spectrum: Sendable {
    /// The sizes of the axes, slowest first.
    public let sizes: [Int]
    /// Real and imaginary parts in C order.
    public var values: [SIMD2<Float>]

    /// Transforms samples.
    ///
    /// - Parameters:
    ///   - samples: Real numbers in C order.
    ///   - sizes: The sizes of one to three axes, slowest first, each at most 2¹⁶; their product is the count of samples.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for other sizes.
    public init(of samples: Span<Float>, sizes: [Int]) throws(ImageError) {
        try Self.check(sizes, count: samples.count)
        self.sizes = sizes
        var input = [SIMD2<Float>](repeating: .zero, count: samples.count)
        for i in 0..<samples.count { input[i].x = samples[i] }
        values = try transformed(input, sizes: sizes, isInverse: false)
    }

    /// Writes the real part of the samples that the spectrum stands for.
    ///
    /// - Parameter samples: Memory for as many numbers as the spectrum has.
    /// - Throws: ``ImageError/invalidArgument(_:)`` where the memory is of another size.
    public func writeSamples(into samples: inout MutableSpan<Float>) throws(ImageError) {
        try Self.check(sizes, count: samples.count)
        let output = try transformed(values, sizes: sizes, isInverse: true)
        let scale = 1 / Float(output.count)
        for i in 0..<samples.count { samples[i] = output[i].x * scale }
    }

    /// The frequency of an index along an axis of a size: periods over the whole axis, from −size/2 to below size/2.
    public static func frequency(_ index: Int, _ size: Int) -> Int { 2 * index < size ? index : index - size }

    /// Calls a closure with the frequencies along every axis and the value there, in C order.
    public mutating func forEachFrequency(_ body: (_ frequencies: SIMD3<Int>, _ value: inout SIMD2<Float>) -> Void) {
        let (z, y, x) = (sizes.count > 2 ? sizes[0] : 1, sizes.count > 1 ? sizes[sizes.count - 2] : 1, sizes.last ?? 1)
        var index = 0
        for k in 0..<z {
            for j in 0..<y {
                for i in 0..<x {
                    body(SIMD3(Self.frequency(i, x), Self.frequency(j, y), Self.frequency(k, z)), &values[index])
                    index += 1
                }
            }
        }
    }

    private static func check(_ sizes: [Int], count: Int) throws(ImageError) {
        guard (1...3).contains(sizes.count), sizes.allSatisfy({ (1...65536).contains($0) }) else {
            throw .invalidArgument("expected 1 to 3 axes of 1 to 65536 samples, found \(sizes)")
        }
        guard sizes.reduce(1, *) == count else {
            throw .invalidArgument("expected \(sizes) samples, found \(count)")
        }
    }
}
