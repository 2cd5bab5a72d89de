public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The median of the square around each pixel, for every scalar.
    ///
    /// Channels and planes are filtered alike; ``medianBlur(_:size:)`` does the same for one 8-bit channel. NaN counts as
    /// larger than any number.
    /// - Parameters:
    ///   - size: Width and height of the square: odd, 1 to 255.
    ///   - border: What lies beyond the edges.
    /// - Returns: The medians in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another size, ``ImageError/missingAxis(_:)``,
    ///   ``ImageError/emptyImage``.
    public func medianFiltered(size: Int, border: BorderMode = .replicate) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        guard size % 2 == 1, (1...255).contains(size) else {
            throw .invalidArgument("expected an odd size from 1 to 255, found \(size)")
        }
        return try AnyImage(self).accept(numeric: Median(size: size, border: border)).converted(to: Scalar.self)
    }
}

private struct Median: NumericImageVisitor {
    let size: Int
    let border: BorderMode

    func visit(mask: Image<Bool>) throws(ImageError) -> AnyImage {
        throw .invalidArgument("a mask has no median: convert it to numbers")
    }

    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        let padded = try image.padded(by: Padding(all: size / 2), border: border)
        let planes = try Planes(padded)
        let (width, height) = (image.width, image.height)
        var result: Image<Scalar> = try padded.mappingPlanes(planes, width: width, height: height) { source, target in
            var window = [Scalar](repeating: .zero, count: size * size)
            let rowLength = width * planes.channels
            for i in 0..<target.count {
                let (y, x) = i.quotientAndRemainder(dividingBy: rowLength)
                var next = 0
                for dy in 0..<size {
                    let start = (y + dy) * planes.rowLength + x
                    for dx in 0..<size {
                        window[next] = source[start + dx * planes.channels]
                        next &+= 1
                    }
                }
                var values = window.mutableSpan
                target[i] = middle(&values)
            }
        }
        result.geometry = image.geometry
        return AnyImage(result)
    }
}

/// The value in the middle of an odd number of samples, which are reordered (Hoare's selection).
private func middle<Scalar: NumericScalar>(_ values: inout MutableSpan<Scalar>) -> Scalar {
    let rank = values.count / 2
    // NaN goes to the end, so that what is compared is ordered.
    var (low, high) = (0, values.count - 1)
    for i in (0..<values.count).reversed() where values[i] != values[i] {
        values.swapAt(i, high)
        high -= 1
    }
    guard rank <= high else { return values[rank] }
    while low < high {
        let pivot = values[(low + high) / 2]
        var (i, j) = (low, high)
        while i <= j {
            while values[i] < pivot { i += 1 }
            while pivot < values[j] { j -= 1 }
            if i <= j {
                values.swapAt(i, j)
                i += 1
                j -= 1
            }
        }
        if rank <= j { high = j } else if rank >= i { low = i } else { break }
    }
    return values[rank]
}
