/// A square picture: `side × side × 3` samples, rows from the top, interleaved RGB.
struct RGBSquare: Sendable {
    var side: Int
    var samples: [UInt8]

    init(side: Int, samples: [UInt8]) {
        precondition(samples.count == 3 * side * side, "one RGB triple per pixel")
        self.side = side
        self.samples = samples
    }

    /// A square whose pixel (x, y) is pixel `place(x, y)` of this one.
    private func rearranged(_ place: (_ x: Int, _ y: Int) -> (x: Int, y: Int)) -> RGBSquare {
        var result = self
        for y in 0..<side {
            for x in 0..<side {
                let from = place(x, y)
                for channel in 0..<3 {
                    result.samples[3 * (y * side + x) + channel] = samples[3 * (from.y * side + from.x) + channel]
                }
            }
        }
        return result
    }

    /// Left and right exchanged.
    func mirrored() -> RGBSquare { rearranged { x, y in (side - 1 - x, y) } }

    /// Top and bottom exchanged.
    func flipped() -> RGBSquare { rearranged { x, y in (x, side - 1 - y) } }

    /// Rows and columns exchanged.
    func transposed() -> RGBSquare { rearranged { x, y in (y, x) } }

    /// Half the side: every pixel the rounded mean of four.
    func halved() -> RGBSquare {
        let half = side / 2
        var result = RGBSquare(side: half, samples: [UInt8](repeating: 0, count: 3 * half * half))
        for y in 0..<half {
            for i in 0..<3 * half {
                let (x, channel) = (i / 3, i % 3)
                let top = 3 * (2 * y * side + 2 * x) + channel
                let bottom = top + 3 * side
                let sum = Int(samples[top]) + Int(samples[top + 3]) + Int(samples[bottom]) + Int(samples[bottom + 3])
                result.samples[3 * y * half + i] = UInt8((sum + 2) / 4)
            }
        }
        return result
    }

    /// This square and its halves, down to one pixel: element k is smaller by 2 to the power of k.
    func pyramid() -> [RGBSquare] {
        var levels = [self]
        while let last = levels.last, last.side > 1 { levels.append(last.halved()) }
        return levels
    }
}
