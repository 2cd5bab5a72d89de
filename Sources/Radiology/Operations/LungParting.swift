import ImageCore
import ImageProcessing

/// Parts a piece of air that may be two lungs that touch each other.
///
/// The piece is eroded by growing balls until it falls into two parts of lung size, and each part is grown by the same ball:
/// that is where a ball fits in on its side alone. The rest goes to the part that reaches it first through the piece (6 neighbors).
struct LungParting {
    let lung: Image<Bool>
    let spacing: SIMD3<Double>

    /// The smaller part is at least this fraction of the larger one.
    private let smallestRatio = 0.3
    /// Lungs touch along a sheet that is thinner than twice this.
    private let deepestMillimetres = 12.0

    /// The two lungs; the piece itself when it does not fall apart.
    func parts() throws(ImageError) -> [Image<Bool>] {
        let step = spacing.min()
        for radius in stride(from: step, through: max(step, deepestMillimetres), by: max(step, 1)) {
            let core = try lung.eroded(by: .ball(radiusMillimetres: radius, spacingMillimetres: spacing))
            let pieces = try VolumeComponents(of: core, connectivity: .six)
            let order = pieces.numbersByVolume
            guard let first = order.first else { break }
            guard order.count > 1 else { continue }
            let volumes = [first, order[1]].map { Double(pieces.components[$0 - 1].volume) }
            if volumes[1] >= smallestRatio * volumes[0] {
                let ball = VolumeStructuringElement.ball(radiusMillimetres: radius, spacingMillimetres: spacing)
                let (one, other) = (
                    try pieces.mask(of: [first]).dilated(by: ball), try pieces.mask(of: [order[1]]).dilated(by: ball)
                )
                return grown(try one & lung & !other, try other & lung & !one)
            }
        }
        return [lung]
    }

    /// Both seeds grown through the piece, a step at a time, until they meet.
    private func grown(_ first: Image<Bool>, _ second: Image<Bool>) -> [Image<Bool>] {
        let labels = Flood(lung: lung, seeds: [first, second]).labels()
        return [UInt8(1), 2].map { number in
            var mask = Image<Bool>(axes: lung.axes, sizes: lung.sizes, color: .labels, domain: .labels) {
                for i in 0..<$0.count { $0[i] = labels[i] == number }
            }
            mask.geometry = lung.geometry
            return mask
        }
    }
}

/// Breadth-first growth of numbered seeds inside a mask.
private struct Flood {
    let lung: Image<Bool>
    let seeds: [Image<Bool>]

    /// The number of the seed that reaches each voxel first; 0 outside.
    func labels() -> [UInt8] {
        let source = lung.contiguous()
        let inside = source.samples
        var labels = [UInt8](repeating: 0, count: inside.count)
        var front: [Int] = []
        for (number, seed) in seeds.enumerated() {
            let image = seed.contiguous()
            let samples = image.samples
            for i in 0..<samples.count where samples[i] {
                labels[i] = UInt8(number + 1)
                front.append(i)
            }
        }
        while !front.isEmpty {
            var next: [Int] = []
            for i in front {
                forEachNeighbor(of: i) { neighbor in
                    guard inside[neighbor], labels[neighbor] == 0 else { return }
                    labels[neighbor] = labels[i]
                    next.append(neighbor)
                }
            }
            front = next
        }
        return labels
    }

    private func forEachNeighbor(of i: Int, _ body: (Int) -> Void) {
        let (width, slice) = (lung.width, lung.width * lung.height)
        let (x, y) = (i % width, i / width % lung.height)
        if x > 0 { body(i - 1) }
        if x + 1 < width { body(i + 1) }
        if y > 0 { body(i - width) }
        if y + 1 < lung.height { body(i + width) }
        if i >= slice { body(i - slice) }
        if i + slice < lung.count { body(i + slice) }
    }
}
