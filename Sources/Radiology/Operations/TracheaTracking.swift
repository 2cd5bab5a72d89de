import ImageCore
import ImageProcessing

/// Follows the windpipe from the top slice down until it opens into the lungs.
///
/// The first round piece of air near the middle of the body, of the size of a trachea, is taken; in each slice below
/// the pieces of air that overlap it follow, as in the slice-by-slice growing of Hu et al. (2001), until their area
/// jumps. Volumes stand in LPS: the last slice is the top.
struct TracheaTracking {
    /// Air inside the body.
    let air: Image<Bool>
    let body: Image<Bool>
    let spacing: SIMD3<Double>

    /// Cross-sections of a trachea: 8 to 32 mm across.
    private let areas = 50.0...800.0
    /// A cross-section that many times as large as those before has run into a lung.
    private let jump = 2.5

    /// The windpipe with the beginning of the bronchi; empty when none is found.
    func mask() throws(ImageError) -> Image<Bool> {
        var result = Image<Bool>(axes: air.axes, sizes: air.sizes, color: .labels, domain: .labels)
        result.geometry = air.geometry
        guard let top = body.boundingBox?.z.upperBound else { return result }
        let lowestStart = top - max(1, (top - (body.boundingBox?.z.lowerBound ?? 0)) / 2)
        for z in stride(from: top - 1, through: lowestStart, by: -1) {
            guard let seed = try seed(in: z) else { continue }
            let pieces = try follow(seed, from: z)
            // Shorter ones are not a pipe.
            guard Double(pieces.count) * spacing.z >= min(20, Double(top) * spacing.z / 4) else { continue }
            for (offset, piece) in pieces.enumerated() { paste(piece, into: &result, z: z - offset) }
            return result
        }
        return result
    }

    /// A round piece of air in the middle third of the body.
    private func seed(in z: Int) throws(ImageError) -> Image<Bool>? {
        guard let frame = body.slice(.z, at: z).boundingBox else { return nil }
        let parts = try Components(of: air.slice(.z, at: z).contiguous(), connectivity: .four)
        let pixel = spacing.x * spacing.y
        let candidates = parts.components.filter { part in
            let (width, height) = (Double(part.bounds.width) * spacing.x, Double(part.bounds.height) * spacing.y)
            let middle = Double(part.bounds.x) + Double(part.bounds.width) / 2
            let place = (middle - Double(frame.x.lowerBound)) / Double(frame.x.count)
            let isRound =
                max(width, height) <= 2 * min(width, height) && Double(part.area) * pixel >= 0.5 * width * height
            return areas.contains(Double(part.area) * pixel) && isRound && place > 1 / 3 && place < 2 / 3
        }
        guard let largest = candidates.max(by: { $0.area < $1.area }) else { return nil }
        return parts.mask { $0 == largest }
    }

    /// The pieces slice by slice, downwards.
    private func follow(_ seed: Image<Bool>, from z: Int) throws(ImageError) -> [Image<Bool>] {
        var pieces = [seed]
        var typical = Double(seed.trueCount)
        for lower in stride(from: z - 1, through: 0, by: -1) {
            guard let last = pieces.last else { break }
            let next = try overlapping(last, in: air.slice(.z, at: lower).contiguous())
            let area = Double(next.trueCount)
            guard area > 0, area <= jump * typical else { break }
            typical = 0.8 * typical + 0.2 * area
            pieces.append(next)
        }
        return pieces
    }

    /// The components of a slice that share a pixel with a piece of the slice before.
    private func overlapping(_ piece: Image<Bool>, in slice: Image<Bool>) throws(ImageError) -> Image<Bool> {
        let labels = try Components(of: slice, connectivity: .four).labels
        var touched: Set<Int32> = []
        let (numbers, marks) = (labels.samples, piece.contiguous())
        let samples = marks.samples
        for i in 0..<numbers.count where samples[i] && numbers[i] > 0 { touched.insert(numbers[i]) }
        return labels.mask { touched.contains($0) }
    }

    private func paste(_ piece: Image<Bool>, into volume: inout Image<Bool>, z: Int) {
        let source = piece.contiguous()
        let (samples, start) = (source.samples, z * source.count)
        var target = volume.mutableSamples
        for i in 0..<samples.count { target[start + i] = samples[i] }
    }
}
