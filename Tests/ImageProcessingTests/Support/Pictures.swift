import ImageCore
import TestSupport

extension Image<Bool> {
    /// A mask drawn with `#` for what holds.
    init(drawing: String) {
        let rows = drawing.split(separator: "\n").map(Array.init)
        self.init(axes: [.y, .x], sizes: [rows.count, rows.first?.count ?? 0], color: .labels, domain: .labels)
        for (y, row) in rows.enumerated() {
            for (x, character) in row.enumerated() { self[y, x] = character == "#" }
        }
    }

    /// The mask as a drawing.
    var drawing: String {
        (0..<height).map { y in String((0..<width).map { x in self[y, x] ? "#" as Character : "." }) }
            .joined(separator: "\n")
    }

    /// A mask of random pixels.
    static func random(width: Int, height: Int, density: Double, seed: UInt64) -> Image<Bool> {
        var generator = SeededGenerator(seed: seed)
        return Image(axes: [.y, .x], sizes: [height, width]) {
            for i in 0..<$0.count { $0[i] = Double.random(in: 0..<1, using: &generator) < density }
        }
    }
}

extension Image<UInt8> {
    /// A picture of random bytes: the lowest byte of each number of the generator.
    static func random(width: Int, height: Int, channels: Int? = nil, seed: UInt64) -> Image<UInt8> {
        var generator = SeededGenerator(seed: seed)
        let axes: [Axis] = channels == nil ? [.y, .x] : [.y, .x, .channel]
        let color: ColorModel = channels == 3 ? .rgb : .gray
        return Image(
            axes: axes, sizes: [height, width] + (channels.map { [$0] } ?? []), color: color,
            domain: .integer(bits: 8)
        ) {
            for i in 0..<$0.count { $0[i] = UInt8(truncatingIfNeeded: generator.next()) }
        }
    }
}

extension Image {
    /// All samples in C order.
    var values: [Scalar] {
        let source = contiguous()
        let samples = source.samples
        return samples.indices.map { samples[$0] }
    }
}

/// A mask of blobs whose results below were computed with scikit-image 0.26 and SciPy 1.17.
let blobs = Image<Bool>(
    drawing: """
        ##......###....########..###....
        ##......###..##########....#....
        ###.....##############.....##...
        ####..###########.#####....###..
        ################...####.....##..
        ########################......##
        #...#####################....###
        .......#######..##########.#####
        .......######....########.######
        ......#####........#############
        #.....#####........#############
        ####...####........#############
        ####..#####..##....#############
        #####.#########...########.....#
        ####...##########.#####.##......
        ###.....##########.#########....
        ###......#########...###########
        ###.....##########....##########
        ###...############....##########
        .##..########...##...###########
        """)
