import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Every slide of the test data, against OpenSlide 4.0.1 and tifffile 2025.
@Suite(.needsTestData) struct SlideCorpusTests {
    static let files = TestData.files(below: "wsi")

    /// Files that no engine opens, and why.
    static func refusal(_ file: String) -> (code: FormatError.Code, why: String)? {
        switch file {
        case "wsi/corrupt/unopenable.tiff": (.unsupported, "compression 52479; OpenSlide knows no better")
        case "wsi/derived/vips-pyr-jp2k.tif": (.unsupported, "compression 33004; OpenSlide knows no better")
        case "wsi/derived/tifffile-u16-2ch-pyr.ome.tif":
            (.unsupportedSamples, "two channels of 16 bits; OpenSlide would show one of them, cut to 8 bits")
        case _ where file.hasSuffix(".dcm"):
            (.notRecognized, "DICOM slides are not read yet; OpenSlide 3 does not, either")
        case _ where file.hasPrefix("wsi/ometiff/"): (.notRecognized, "plain pictures in strips")
        case _ where file.hasPrefix("wsi/tissue/"): (.notRecognized, "a plain PNG")
        default: nil
        }
    }

    @Test(arguments: files) func `a slide says what OpenSlide 4 says`(file: String) throws {
        let path = try TestData.path(file)
        let slide: any Slide
        do throws(FormatError) {
            slide = try Slides.open(path: path)
        } catch {
            #expect(error.code == Self.refusal(file)?.code, "\(error)")
            return
        }
        #expect(Self.refusal(file) == nil && Slides.isSlide(path))
        let expected = try #require(ExpectedSlide.all[file])
        try Self.compareLevels(slide, expected)
        #expect(slide.objective?.magnification == expected.objective.flatMap { Double($0) })
        let isOME = slide.resolution?.source == "ome.PhysicalSizeX"
        if let mpp = expected.mpp?[0].flatMap({ Double($0) }), !isOME {
            #expect(abs((slide.resolution?.mppX ?? 0) / mpp - 1) < 1e-6)
        }
        for (name, picture) in expected.associated ?? [:] {
            #expect(slide.associatedImageNames.contains(name))
            switch picture {
            case .size(let size): #expect(try slide.associatedImage(name).sizes == [size.height, size.width, 3])
            case .error: #expect(throws: FormatError.self) { try slide.associatedImage(name) }
            }
        }
    }

    /// Tessera may read more levels (SubIFDs); the OpenSlide engine leaves out small levels that OpenSlide 3 misreads.
    private static func compareLevels(_ slide: any Slide, _ expected: ExpectedSlide) throws {
        let sizes = slide.levels.map(\.size)
        if slide.engineName == "tessera" {
            #expect(Array(sizes.prefix(expected.sizes.count)) == expected.sizes)
        } else {
            #expect(sizes == Array(expected.sizes.prefix(sizes.count)))
        }
        for (level, reported) in zip(slide.levels, expected.downsamples ?? []) {
            #expect(level.downsample == level.downsample.rounded())
            #expect(abs(level.downsample / reported - 1) < 0.02)
        }
        #expect(slide.levels[0].downsample == 1)
    }

    @Test(
        .enabled(if: FormatTable.standard.formats.contains { $0.name == "PNG" }), arguments: files,
        Slides.formats.map(\.name))
    func `level 0 has OpenSlide 4's pixels`(file: String, engine: String) throws {
        let format = try #require(Slides.formats.first { $0.name == engine })
        guard let slide = try? format.open(TestData.path(file), .standard) else { return }
        // Where a tag turns the picture, OpenSlide 4 mirrors each tile in its place; Tessera keeps the stored order.
        if ["2", "3", "4"].contains(where: { file.hasSuffix("test_orient\($0).tif") }) { return }
        for region in ExpectedSlide.all[file]?.regions ?? [] where region.level == 0 {
            guard let png = region.png, let expected = try ExpectedRegion(png, width: region.w, height: region.h) else {
                continue
            }
            let place = PixelRect(x: region.x, y: region.y, width: region.w, height: region.h)
            let found = try slide.read(place, level: 0)
            let (wrong, wrongValidity) = Self.count(found, unlike: expected)
            #expect(wrong == 0 && wrongValidity == 0, "\(place): \(wrong) samples, \(wrongValidity) flags differ")
        }
    }

    /// Number of samples that differ where OpenSlide shows something, and of pixels where only one does.
    private static func count(_ found: SlideRegion, unlike expected: ExpectedRegion) -> (samples: Int, flags: Int) {
        let pixels = found.pixels.samples
        let validity = found.validity.samples
        var (wrong, wrongValidity) = (0, 0)
        for i in 0..<validity.count {
            if validity[i] != expected.isValid[i] { wrongValidity += 1 }
            guard expected.isValid[i] else { continue }
            for at in 3 * i..<3 * i + 3 where pixels[at] != expected.colors[at] { wrong += 1 }
        }
        return (wrong, wrongValidity)
    }

    /// CRC-32 of the RGB samples of whole levels and associated pictures, as tifffile 2025 with imagecodecs gives them.
    ///
    /// Left out: most levels above half a megapixel, for time; level 0 with missing tiles, which tifffile shows black; and level 1 of
    /// the same file, whose streams say RGB while TIFF says YCbCr: tifffile believes the stream, libtiff and OpenSlide TIFF.
    static let checksums: [String: (levels: [UInt32?], associated: [String: UInt32])] = [
        "wsi/aperio/cmu-1-small-region.svs": (
            [nil], ["label": 0x28F5ECFC, "macro": 0x58D581C9, "thumbnail": 0x6FFC8158]
        ),
        "wsi/derived/aperio-jpeg-sparse.svs": ([nil, nil], ["thumbnail": 0x1A865FED]),
        "wsi/derived/synth-svs4-rgb.svs": (
            [nil, nil, 0x667F3D18], ["label": 0x7514DF4D, "macro": 0xA35CB3E8, "thumbnail": 0xD70EB76A]
        ),
        "wsi/derived/synth-svs4-ycbcr.svs": (
            [nil, nil, 0xE0B7BD11], ["label": 0x7514DF4D, "macro": 0x64AF8E07, "thumbnail": 0xF5264AEC]
        ),
        "wsi/derived/tifffile-rgb-pyr.ome.tif": ([nil, 0x3D14B1B6, 0x15C193E0], [:]),
        "wsi/derived/vips-pyr-jpeg-rgb-bigtiff.tif": ([0x71EEDA48, 0x3A0953FC, 0xA6073B8F, 0xC68222E0], [:]),
        "wsi/derived/vips-pyr-jpeg-ycc420.tif": ([nil, 0xC06C8545, 0x160080D9, 0x51B92126], [:]),
        "wsi/derived/vips-pyr-lzw-pred.tif": ([0x53D5C4C6, 0xD5B30024], [:]),
        "wsi/derived/vips-pyr-subifd-jpeg.tif": ([nil, 0xC06C8545, 0x160080D9, 0x51B92126], [:]),
        "wsi/generic/small_HE_levels.tiff": ([0x3E1DB00C, 0x3914F0F3, 0x5D5D4D65, 0xB4A84350], [:]),
        "wsi/generic/test_orient1.tif": ([0xF572AD26, 0x818E194A, 0x064342D3], [:]),
        "wsi/generic/test_orient2.tif": ([0xF572AD26, 0x818E194A, 0x064342D3], [:]),
        "wsi/generic/test_orient3.tif": ([0xF572AD26, 0x818E194A, 0x064342D3], [:]),
        "wsi/generic/test_orient4.tif": ([0xF572AD26, 0x818E194A, 0x064342D3], [:]),
        "wsi/openslide/boxes.tiff": ([0x3E1DB00C, 0x28EBD059, 0x5DB74DF2, 0xEC773271], [:]),
        "wsi/openslide/small.svs": ([0x737493B9], ["thumbnail": 0x5430FA4D]),
    ]

    @Test(arguments: checksums.keys.sorted()) func `whole levels have tifffile's pixels`(file: String) throws {
        let slide = try Slides.open(path: TestData.path(file))
        let expected = try #require(Self.checksums[file])
        #expect(slide.engineName == "tessera" && slide.levels.count == expected.levels.count)
        for (i, checksum) in expected.levels.enumerated() {
            guard let checksum else { continue }
            let region = try slide.read(slide.levels[i].size.bounds, level: i)
            #expect(CRC32.of(region.pixels.samples) == checksum, "level \(i)")
        }
        for (name, checksum) in expected.associated {
            let picture = try slide.associatedImage(name)
            #expect(CRC32.of(picture.samples) == checksum, "\(name)")
        }
    }

    @Test(arguments: checksums.keys.sorted().filter { !$0.contains("orient") })
    func `both engines agree at random places of level 0`(file: String) throws {
        let path = try TestData.path(file)
        let slides = try Slides.formats.map { try $0.open(path, .standard) }
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3 {
            let place = PixelRect(
                x: Int.random(in: -20..<slides[0].levels[0].size.width, using: &random),
                y: Int.random(in: -20..<slides[0].levels[0].size.height, using: &random), width: 61, height: 47)
            let (ours, theirs) = (try slides[0].read(place, level: 0), try slides[1].read(place, level: 0))
            #expect(CRC32.of(ours.pixels.samples) == CRC32.of(theirs.pixels.samples), "\(place)")
            #expect(Self.flags(ours) == Self.flags(theirs))
        }
    }

    private static func flags(_ region: SlideRegion) -> [Bool] {
        let validity = region.validity.samples
        var flags: [Bool] = []
        for i in 0..<validity.count { flags.append(validity[i]) }
        return flags
    }
}
