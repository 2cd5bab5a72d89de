public import ImageCore

/// One border of a mask: the pixels of the foreground along an outline or around a hole.
public struct Contour: Sendable, Hashable {
    /// A pixel by its column and row.
    public struct Pixel: Sendable, Hashable {
        /// The column.
        public var x: Int
        /// The row.
        public var y: Int

        /// A pixel by its column and row.
        public init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    /// The pixels in order, each a neighbor of the one before; outlines run counterclockwise on the screen, holes clockwise.
    public var pixels: [Pixel]
    /// Whether the border goes around a hole.
    public var isHole: Bool
    /// The contour directly around this one, by its position in the list: of a hole the outline of its object, of an
    /// outline the hole in which the object lies; `nil` for the outermost.
    public var parent: Int?
}

/// The borders of a mask and how they lie in each other, along pixels of the foreground.
///
/// Border following of S. Suzuki and K. Abe, "Topological structural analysis of digitized binary images by border
/// following" (1985): the foreground is connected over edges and corners, holes over edges. The borders are those
/// of OpenCV's `findContours` without approximation. ``boundaries(of:)`` gives outlines along the edges of pixels instead.
///
/// - Parameter mask: A mask with the axes `[.y, .x]`; pixels outside do not belong to it.
/// - Returns: The contours in the order in which rows from the top meet them: a parent comes before its children.
/// - Throws: ``ImageError`` for other axes, or 2³⁰ pixels and more.
public func contours(of mask: Image<Bool>) throws(ImageError) -> [Contour] {
    let shape = try mask.planeShape()
    guard mask.count < 1 << 30 else { throw .invalidArgument("a mask of \(mask.count) pixels is too large") }
    guard !mask.isEmpty else { return [] }
    var follower = BorderFollower(mask.contiguous(), width: shape.width, height: shape.height)
    follower.followAll()
    return follower.contours
}

/// The mask with a frame of background, its border pixels marked with numbers of borders: from 2, and negative where the
/// pixel to the right is background of the border.
private struct BorderFollower {
    var contours: [Contour] = []
    private var marks: [Int32]
    private let stride: Int
    private let height: Int
    /// The steps to the eight neighbors, counterclockwise on the screen from the right.
    private let steps: [Int]

    init(_ mask: Image<Bool>, width: Int, height: Int) {
        stride = width + 2
        self.height = height
        marks = [Int32](repeating: 0, count: stride * (height + 2))
        steps = [1, 1 - stride, -stride, -1 - stride, -1, stride - 1, stride, stride + 1]
        let samples = mask.samples
        for y in 0..<height {
            for x in 0..<width where samples[y * width + x] { marks[(y + 1) * stride + x + 1] = 1 }
        }
    }

    mutating func followAll() {
        for y in 1...height {
            // The border met last in this row; 1 is the frame.
            var last: Int32 = 1
            for i in y * stride + 1..<(y + 1) * stride - 1 where marks[i] != 0 {
                if marks[i] == 1 && marks[i - 1] == 0 {
                    start(at: i, from: 4, isHole: false, last)
                } else if marks[i] >= 1 && marks[i + 1] == 0 {
                    if marks[i] > 1 { last = marks[i] }
                    start(at: i, from: 0, isHole: true, last)
                }
                if marks[i] != 1 { last = abs(marks[i]) }
            }
        }
    }

    private mutating func start(at first: Int, from direction: Int, isHole: Bool, _ last: Int32) {
        let before = last == 1 ? nil : Int(last) - 2
        // A hole lies in an outline and an outline in a hole; a border of the same kind has the same parent.
        let parent = before.flatMap { contours[$0].isHole == isHole ? contours[$0].parent : $0 }
        let number = Int32(contours.count + 2)
        let pixels = follow(first, direction, number)
        contours.append(Contour(pixels: pixels, isHole: isHole, parent: parent))
    }

    /// Follows one border from a pixel, with a pixel of the background in a direction.
    private mutating func follow(_ first: Int, _ background: Int, _ number: Int32) -> [Contour.Pixel] {
        func pixel(_ i: Int) -> Contour.Pixel { Contour.Pixel(x: i % stride - 1, y: i / stride - 1) }
        // Clockwise from the background: the pixel that ends the border.
        guard let toLast = (1...8).lazy.map({ (background - $0) & 7 }).first(where: { marks[first + steps[$0]] != 0 })
        else {
            marks[first] = -number
            return [pixel(first)]
        }
        let end = first + steps[toLast]
        var (current, direction) = (first, toLast)
        var pixels: [Contour.Pixel] = []
        while true {
            // Counterclockwise from where the border came from: the next pixel.
            var (passedRight, next) = (false, direction)
            repeat {
                next = (next + 1) & 7
                if next == 0 && marks[current + 1] == 0 { passedRight = true }
            } while marks[current + steps[next]] == 0
            if passedRight { marks[current] = -number } else if marks[current] == 1 { marks[current] = number }
            pixels.append(pixel(current))
            let following = current + steps[next]
            if following == first && current == end { return pixels }
            (current, direction) = (following, (next + 4) & 7)
        }
    }
}
