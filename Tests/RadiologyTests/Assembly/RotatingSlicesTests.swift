import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

struct RotatingSlicesTests {
    private let slices = RotatingSlices().slices

    private func folder() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try RotatingSlices().write(to: folder)
        return folder
    }

    @Test(arguments: [VolumePolicy.faithful, .keepIrregular])
    func `turning slices are kept in the order of their numbers, each with its own place`(policy: VolumePolicy) throws {
        let folder = try folder()
        let volume = try VolumeReader(folder: folder.url.path, options: VolumeOptions(policy: policy)).volume()
        #expect(volume.stackGeometry?.kind == .notParallel && !volume.isGridExact)
        let image = volume.image.converted(to: Float.self).contiguous()
        #expect(image.sizes == [6, 10, 12])
        let expected = slices.flatMap { $0.values.map { Float($0) } }
        #expect((0..<image.count).map { image.samples[$0] } == expected)
        #expect(volume.slices.map { $0.positionMillimetres } == slices.map(\.position))
        #expect(volume.defects.contains { $0.kind == .notParallel && $0.severity == .error && $0.files.count == 6 })
    }

    @Test(arguments: [VolumePolicy.strict, .insertMissing, .resample, .largestConsistent])
    func `turning slices are no grid under any other policy`(policy: VolumePolicy) throws {
        let folder = try folder()
        let error = #expect(throws: FormatError.self) {
            try VolumeReader(folder: folder.url.path, options: VolumeOptions(policy: policy)).volume()
        }
        #expect(error?.description.contains("different orientations") == true, "\(String(describing: error))")
    }
}
