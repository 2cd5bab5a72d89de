import Formats
import Patches
import TestSupport
import Testing

@Suite struct TargetScaleTests {
    private let slide = SyntheticSlide(
        width: 1600, height: 1200, downsamples: [1, 4, 16], mpp: 0.25, magnification: 40)

    @Test func `a resolution that a level has is read natively`() throws {
        let scale = try TargetScale.mpp(1).resolve(for: slide)
        #expect(scale.level == 1 && scale.isNative && scale.downsample == 4 && scale.mpp == 1)
        #expect(scale.mppSource == "formula")
    }

    @Test func `a resolution between levels is resampled from the next finer level`() throws {
        let scale = try TargetScale.mpp(2).resolve(for: slide)
        #expect(scale.level == 1 && scale.levelScale == 2 && scale.downsample == 8 && scale.mpp == 2)
        let magnified = try TargetScale.magnification(20).resolve(for: slide)
        #expect(magnified.level == 0 && magnified.levelScale == 2 && magnified.mpp == 0.5)
    }

    @Test func `two percent off is native, three percent is not`() throws {
        #expect(try TargetScale.mpp(0.2549).resolve(for: slide).isNative)
        #expect(try TargetScale.mpp(0.2549).resolve(for: slide).mpp == 0.25)
        #expect(try !TargetScale.mpp(0.258).resolve(for: slide).isNative)
    }

    @Test func `a table replaces the slide's own resolution`() throws {
        let scale = try TargetScale.mpp(1).resolve(for: slide, mpp: 0.5)
        #expect(scale.downsample == 2 && scale.mpp == 1 && scale.mppSource == "mpp table")
    }

    @Test func `what cannot be reached is refused`() {
        let bare = SyntheticSlide(width: 100, height: 100, mpp: nil, magnification: nil)
        #expect(throws: FormatError.self) { try TargetScale.mpp(1).resolve(for: bare) }
        #expect(throws: FormatError.self) { try TargetScale.magnification(10).resolve(for: bare) }
        #expect(throws: FormatError.self) { try TargetScale.level(1).resolve(for: bare) }
        #expect(throws: FormatError.self) { try TargetScale.mpp(0.1).resolve(for: slide) }
    }
}
