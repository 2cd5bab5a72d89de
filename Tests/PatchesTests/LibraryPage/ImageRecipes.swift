import Formats
import ImageCore
import ImageProcessing
import TestSupport
import Testing

/// The recipes for pictures in `docs/library.md`, word for word.
@Suite struct ImageRecipes {
    private let folder: ScratchFolder
    private let path: String
    private let palettePath: String

    /// 48 × 32 pixels, white with two dark rectangles.
    private static var drawing: Image<UInt8> {
        var picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [32, 48, 3], repeating: 255, color: .rgb)
        picture.geometry = Geometry(mppX: 0.5, mppY: 0.5)
        for (x, y, width, height) in [(4, 4, 20, 12), (30, 20, 6, 4)] {
            for row in y..<y + height {
                for column in x..<x + width { picture[row, column, 1] = 40 }
            }
        }
        return picture
    }

    init() throws {
        folder = try ScratchFolder()
        path = folder.path("picture.png")
        try PNGEncoder().write(Self.drawing, to: path)
        palettePath = folder.path("labels.png")
        let labels = Image<UInt8>(axes: [.y, .x], sizes: [8, 8], repeating: 1, color: .labels, domain: .labels)
        try PNGEncoder(palette: [0, 0, 0, 255, 0, 0]).write(labels, to: palettePath)
    }

    @Test func `read from a file and from memory`() throws {
        let image = try FormatTable.standard.readImage(path: path)

        let bytes = try ByteSource(path: path).all()
        let same = try FormatTable.standard.open(ByteSource(bytes: bytes)).readFrame()

        #expect(image.converted(to: UInt8.self) == Self.drawing.withMetadata(of: image) && image == same)
    }

    @Test func `look before decoding`() throws {
        let reader = try FormatTable.standard.open(ByteSource(path: path))
        let frame = reader.frames[0]
        let summary = "\(reader.formatName): \(frame.sizes) \(frame.kind) \(frame.color)"
        let mpp = frame.geometry?.mpp
        let image = try reader.readFrame(0)

        #expect(summary == "PNG: [32, 48, 3] uint8 rgb" && mpp?.x == 0.5 && image.sizes == frame.sizes)
    }

    @Test func `choose how to decode`() throws {
        var options = ReadOptions()
        options.palette = .labels
        options.appliesOrientation = true
        let labels = try FormatTable.standard.readImage(path: palettePath, options: options)

        #expect(labels.color == .labels && labels.axes == [.y, .x])
    }

    @Test func `decode a smaller JPEG`() throws {
        let path = folder.path("photo.jpg")
        try AtomicFile.write(JPEGEncoder().encode(Self.drawing), to: path)

        var options = ReadOptions()
        options.jpegScaleDenominator = 4
        let small = try FormatTable.standard.readImage(path: path, options: options)

        #expect(small.sizes == [8, 12, 3])
    }

    @Test func `from any scalar to one`() throws {
        let image = AnyImage(Self.drawing)

        let bytes = image.converted(to: UInt8.self)
        let fractions = try image.rescaled(to: Float.self)

        #expect(bytes[0, 0, 0] == 255 && fractions[0, 0, 0] == 1)
    }

    struct SampleCount: ImageVisitor {
        func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Int { image.count { $0.isSet } }
    }

    @Test func `work on any scalar`() {
        let image = AnyImage(Self.drawing)

        let set = image.accept(SampleCount())

        #expect(set == 32 * 48 * 3)
    }

    @Test func `convert colors`() throws {
        let picture = Self.drawing

        let gray = try picture.converted(to: .gray)
        let hsv = try picture.converted(to: .hsv)
        let stains = try picture.rescaled(to: Float.self).converted(to: .hed)

        #expect(gray.axes == [.y, .x] && hsv.color == .hsv && stains.sizes == [32, 48, 3])
    }

    @Test func `look at a part without copying`() {
        let picture = Self.drawing

        let part = picture.cropped(to: PixelRect(x: 4, y: 4, width: 20, height: 12))
        let mirrored = part.flipped(.x)
        let planar = part.permuted(to: [.channel, .y, .x])
        let green = part.slice(.channel, at: 1)
        let samples = planar.contiguous()

        #expect(mirrored.sizes == [12, 20, 3] && green[0, 0] == 40 && samples.samples[12 * 20] == 40)
    }

    @Test func `calculate`() throws {
        let picture = Self.drawing

        let negative = 255 - picture
        let brighter = picture + 20
        let difference = try negative.subtracting(picture, as: Int16.self)
        let average = try picture.mean()

        #expect(brighter[4, 4, 1] == 60 && difference[0, 0, 0] == -255 && average < 255)
    }

    @Test func `make smaller`() throws {
        let picture = Self.drawing

        let half = try resampledByArea(picture, to: PixelSize(width: 24, height: 16))

        #expect(half[0, 0, 0] == 255 && half[4, 4, 1] == 40 && half.geometry?.mpp.x == 1)
    }

    @Test func `find dark objects`() throws {
        let picture = Self.drawing

        let gray = try luma(of: picture)
        let threshold = otsuThreshold(histogram(of: gray))
        let dark = gray.mask { $0 <= threshold }
        let objects = try Components(of: dark.removingSmallObjects(below: 10))
        let largest = objects.components.max { $0.area < $1.area }

        #expect(objects.components.count == 2)
        #expect(largest == Component(area: 240, bounds: PixelRect(x: 4, y: 4, width: 20, height: 12)))
    }

    @Test func `write`() throws {
        let picture = Self.drawing
        let mask = picture.slice(.channel, at: 1).mask { $0 < 128 }
        let (pngPath, maskPath) = (folder.path("a.png"), folder.path("b.png"))
        let (jpegPath, tiffPath) = (folder.path("a.jpg"), folder.path("a.tif"))

        try PNGEncoder().write(picture, to: pngPath)
        try PNGEncoder().write(mask, to: maskPath)
        try AtomicFile.write(JPEGEncoder(quality: 95, subsampling: .s444).encode(picture), to: jpegPath)
        try TIFFEncoder(usesPredictor: true).write(picture, to: tiffPath)

        for path in [pngPath, jpegPath, tiffPath] {
            #expect(try FormatTable.standard.readImage(path: path).sizes == [32, 48, 3])
        }
        #expect(try FormatTable.standard.readImage(path: maskPath).converted(to: UInt8.self).maximum() == 255)
    }
}

extension Image {
    /// The same image with the metadata of another one.
    fileprivate func withMetadata(of other: AnyImage) -> Image {
        var image = self
        image.domain = other.domain
        image.geometry = other.geometry
        image.metadata = other.metadata
        return image
    }
}
