import ImageCore
import ImageProcessing
import Testing

@Suite struct CroppedToMaskTests {
    @Test func `a crop holds the mask, and every voxel keeps its place`() throws {
        let volume = Image<Int16>.randomVolume(
            depth: 6, height: 7, width: 8, in: -1000...1000, geometry: .oblique, seed: 2)
        var mask = Image<Bool>(axes: [.z, .y, .x], sizes: [6, 7, 8])
        mask[2, 3, 4] = true
        mask[3, 5, 4] = true
        #expect(mask.boundingBox == VoxelBox(x: 4..<5, y: 3..<6, z: 2..<4))
        let part = try volume.cropped(toMask: mask)
        #expect(part.sizes == [2, 3, 1])
        let whole = samplesByPlace(volume)
        for (place, value) in samplesByPlace(part) { #expect(whole[place] == value) }
        // 1.6 mm are 3 voxels of 0.7, 2 of 0.8 and 1 of 2.5.
        let wide = try volume.cropped(toMask: mask, marginMillimetres: 1.6)
        #expect(wide.sizes == [4, 6, 7])
        #expect(wide[1, 2, 3] == volume[2, 3, 4])
        #expect(try AnyImage.int16(volume).cropped(toMask: mask, marginMillimetres: 1000).sizes == volume.sizes)
    }

    @Test func `boxes agree with a search`() {
        for seed in 0..<20 {
            let mask = Image<Bool>.randomVolume(
                depth: 4, height: 5, width: 6, density: 0.03, seed: UInt64(seed))
            let places = (0..<120).filter { mask[$0 / 30, $0 / 6 % 5, $0 % 6] }
            func range(_ values: [Int]) -> Range<Int> { (values.min() ?? 0)..<(values.max() ?? -1) + 1 }
            let expected = VoxelBox(
                x: range(places.map { $0 % 6 }), y: range(places.map { $0 / 6 % 5 }), z: range(places.map { $0 / 30 }))
            #expect(mask.boundingBox == (places.isEmpty ? nil : expected))
        }
    }

    @Test func `what cannot be cropped says so`() {
        let volume = Image<Int16>(axes: [.z, .y, .x], sizes: [2, 2, 2])
        let full = Image<Bool>(axes: [.z, .y, .x], sizes: [2, 2, 2], repeating: true)
        #expect(throws: ImageError.self) {
            try volume.cropped(toMask: Image<Bool>(axes: [.z, .y, .x], sizes: [2, 2, 2]))
        }
        #expect(throws: ImageError.self) {
            try volume.cropped(toMask: Image<Bool>(axes: [.z, .y, .x], sizes: [2, 2, 3], repeating: true))
        }
        #expect(throws: ImageError.self) { try volume.cropped(toMask: full, marginMillimetres: 1) }
        #expect(throws: ImageError.self) { try volume.cropped(toMask: full, marginMillimetres: -1) }
    }
}
