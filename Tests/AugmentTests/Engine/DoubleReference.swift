import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What a record does to a picture of bytes, calculated step by step in `Double`: each place is followed through every map on its own, values
/// are changed by one operation after the other, and nothing is joined, rounded or limited before the end.
struct DoubleReference {
    let pipeline: Pipeline
    let record: Record

    /// The channels of every pixel of the result; a constant 0 lies outside.
    func values(of picture: Image<UInt8>) throws -> (size: SpatialSize, pixels: [[Double]]) {
        var maps: [SpatialMap] = []
        var changes: [RowOperation] = []
        var size = SpatialSize(x: picture.width, y: picture.height)
        for step in record.steps {
            let transform = try #require(pipeline.transform(at: step.path))
            let draws = record.key.draws(at: step.path).part(step.transform)
            for operation in try transform.operations(step.values, draws: draws, in: scene(size, picture)) {
                switch operation {
                case .geometry(let map, _):
                    maps.append(map)
                    size = map.outputSize
                case .pixels(let pixels): changes += pixels
                default: break
                }
            }
        }
        var pixels: [[Double]] = []
        for y in 0..<size.y {
            for x in 0..<size.x {
                let place = maps.reversed().reduce(SIMD3(Double(x) + 0.5, Double(y) + 0.5, 0.5)) { $1.source(of: $0) }
                pixels.append(changes.reduce(Self.linear(picture, place)) { $1.applied(to: $0) })
            }
        }
        return (size, pixels)
    }

    private func scene(_ size: SpatialSize, _ picture: Image<UInt8>) -> Scene {
        Scene(
            size: size, isVolume: false, channels: picture.channels, color: picture.color, domain: picture.domain,
            kind: .uint8, spacingMillimetres: nil)
    }

    /// Linear interpolation between the centers of pixels, 0 outside.
    private static func linear(_ picture: Image<UInt8>, _ place: SIMD3<Double>) -> [Double] {
        let (x, y) = (place.x - 0.5, place.y - 0.5)
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        return (0..<picture.channels).map { channel in
            var sum = 0.0
            for (dy, dx) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let (column, row) = (Int(left) + dx, Int(top) + dy)
                guard column >= 0, row >= 0, column < picture.width, row < picture.height else { continue }
                let weight = (dx == 1 ? x - left : 1 - x + left) * (dy == 1 ? y - top : 1 - y + top)
                sum += weight * Double(picture[row, column, channel])
            }
            return sum
        }
    }
}
