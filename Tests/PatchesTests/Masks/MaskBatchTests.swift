import Annotations
import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Patches

@Suite struct MaskBatchTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func run(_ folder: String = "out", _ change: (inout MaskOptions) -> Void = { _ in }) throws {
        var options = MaskOptions(
            slides: [SharedSlides.one], annotations: [SharedSlides.annotations + "/a.xml"], output: scratch.path(folder)
        )
        options.jobs = 2
        change(&options)
        #expect(try MaskBatch(options).run().failures == [])
    }

    private func page(_ path: String, _ index: Int = 0) throws -> Image<UInt8> {
        let reader = try FormatTable.standard.open(ByteSource(path: scratch.path(path)))
        guard case .uint8(let image) = try reader.readFrame(index) else {
            throw FormatError(.unsupported, file: path, found: "not 8 bits")
        }
        return image
    }

    private func pageCount(_ path: String) throws -> Int {
        try FormatTable.standard.open(ByteSource(path: scratch.path(path))).frames.count
    }

    /// The labels by the rule "center inside", straight from the corners of the two regions.
    private func isTumor(_ x: Double, _ y: Double) -> Bool {
        func isInside(_ corners: [(x: Double, y: Double)]) -> Bool {
            var inside = false
            for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) where (a.y > y) != (b.y > y) {
                if x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) { inside.toggle() }
            }
            return inside
        }
        return isInside(SharedSlides.regions[0].corners) && !isInside(SharedSlides.regions[1].corners)
    }

    private func differences(_ mask: Image<UInt8>, downsample: Double) -> Int {
        var count = 0
        for y in 0..<mask.height {
            for x in 0..<mask.width {
                let wanted = isTumor((Double(x) + 0.5) * downsample, (Double(y) + 0.5) * downsample)
                if mask[y, x] != (wanted ? 1 : 0) { count += 1 }
            }
        }
        return count
    }

    @Test(arguments: [
        (TargetScale.level(0), 1.0, 300, 236), (.level(1), 2, 150, 118), (.downsample(3), 3, 100, 79),
        (.mpp(8), 4, 75, 59),
        (.downsample(0.5), 0.5, 600, 472),
    ])
    func `TIFF and PNG hold the labels of pixel centers`(
        scale: TargetScale, downsample: Double, width: Int, height: Int
    ) throws {
        for format in MaskOptions.Format.allCases {
            try run(format.rawValue) {
                $0.scale = scale
                $0.format = format
            }
        }
        let tiff = try page("tiff/a_mask.tif")
        let png = try page("png/a_mask.png")
        #expect(tiff.width == width && tiff.height == height)
        #expect(png.sizes.prefix(2) == tiff.sizes.prefix(2))
        #expect((0..<width * height).allSatisfy { png.samples[$0] == tiff.samples[$0] })
        #expect(differences(tiff, downsample: downsample) == 0)
    }

    @Test func `every level of the pyramid is painted anew`() throws {
        // 600 × 472 pixels: levels of 600 and 300.
        try run { $0.scale = .downsample(0.5) }
        #expect(try pageCount("out/a_mask.tif") == 2)
        for (index, downsample) in [0.5, 1].enumerated() {
            let mask = try page("out/a_mask.tif", index)
            #expect(mask.width == Int(300 / downsample) && differences(mask, downsample: downsample) == 0)
        }
        let slide = try Slides.open(path: scratch.path("out/a_mask.tif"))
        #expect(slide.levels.map(\.downsample) == [1, 2])
    }

    @Test func `rules differ at the border alone`() throws {
        for rule in Rasterizer.Rule.allCases { try run(rule.rawValue) { $0.rule = rule } }
        let center = try page("center/a_mask.tif")
        let touched = try page("touched/a_mask.tif")
        let asap = try page("asap/a_mask.tif")
        func count(_ mask: Image<UInt8>) -> Int { mask.samples.indices.count { mask.samples[$0] != 0 } }
        // The tumor grows by its touched border; so does the hole, which is painted last.
        #expect(count(touched) != count(center) && abs(count(touched) - count(center)) < 500)
        #expect(abs(count(asap) - count(center)) < 500)
        for y in stride(from: 30, to: 45, by: 1) {
            for x in 40..<130 { #expect(center[y, x] == 1 && touched[y, x] == 1 && asap[y, x] == 1) }
        }
    }

    @Test func `normal tissue is tissue without a label`() throws {
        try run {
            $0.writesNormalTissue = true
            $0.scale = .downsample(0.5)
        }
        let overview = try SlideOverview.read(Slides.open(path: SharedSlides.one), downsample: 1, workers: 1)
        let tissue = try TissueDetector(.otsu).detect(on: overview, mpp: 2).mask
        for (index, scale) in [(0, 2), (1, 1)] {
            let mask = try page("out/a_mask.tif", index)
            let normal = try page("out/a_normal.tif", index)
            #expect(mask.sizes == normal.sizes && mask.width == 300 * scale)
            var found = 0
            for y in 0..<mask.height {
                for x in 0..<mask.width {
                    let wanted = mask[y, x] == 0 && tissue[y / scale, x / scale]
                    #expect(normal[y, x] == (wanted ? 1 : 0))
                    found += wanted ? 1 : 0
                }
            }
            #expect(found > 5000)
        }
    }

    @Test func `without a slide the canvas is stated`() throws {
        for (folder, format) in [("tiff", MaskOptions.Format.tiff), ("png", .png)] {
            try run(folder) {
                $0.slides = []
                $0.annotations = [SharedSlides.annotations]
                $0.canvas = PixelSize(width: 200, height: 100)
                $0.format = format
            }
        }
        let mask = try page("tiff/a_mask.tif")
        #expect(mask.width == 200 && mask.height == 100 && differences(mask, downsample: 1) == 0)
        #expect(try page("png/b_mask.png").width == 200)
        #expect(
            try FileTree(scratch.path("tiff")).names.filter { $0.hasSuffix(".tif") } == ["a_mask.tif", "b_mask.tif"])
    }

    @Test func `labels above 255 need 16 bits`() throws {
        let map = "name,label,exclude,sources\ntumor,300,0,Tumor\nhole,0,1,Exclusion\n"
        try Data(map.utf8).write(to: URL(filePath: scratch.path("classes.csv")))
        let classes = try ClassMap(path: scratch.path("classes.csv"))
        for format in MaskOptions.Format.allCases {
            try run(format.rawValue) {
                $0.classes = classes
                $0.format = format
            }
            let path = scratch.path("\(format.rawValue)/a_mask.\(format == .tiff ? "tif" : "png")")
            guard case .uint16(let mask) = try FormatTable.standard.readImage(path: path) else {
                Issue.record("16 bits were expected")
                continue
            }
            #expect(Set(mask.samples.indices.map { mask.samples[$0] }) == [0, 300])
        }
    }
}
