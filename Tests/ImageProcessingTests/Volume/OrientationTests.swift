import ImageCore
import ImageProcessing
import Testing

@Suite struct OrientationTests {
    @Test func `there are 48 orientations, each with its own code`() {
        #expect(Orientation.all.count == 48)
        #expect(Set(Orientation.all.map(\.code)).count == 48)
        for orientation in Orientation.all { #expect(Orientation(orientation.code.lowercased()) == orientation) }
        for code in ["", "LP", "LPSA", "LRS", "LPX", "LLS"] { #expect(Orientation(code) == nil) }
    }

    @Test func `letters say where indices grow, as nibabel's axcodes do`() {
        // nibabel 5: aff2axcodes(diag(-1, -1, 1, 1)) == ('L', 'P', 'S'); its space is RAS, ours LPS.
        #expect(Geometry(spacingMillimetres: SIMD3(1, 1, 1)).closestOrientation == .lps)
        let ras = Direction(x: SIMD3(-1, 0, 0), y: SIMD3(0, -1, 0), z: SIMD3(0, 0, 1))
        #expect(Orientation(closestTo: ras) == .ras)
        let sagittal = Direction(x: SIMD3(0, 1, 0), y: SIMD3(0, 0, -1), z: SIMD3(1, 0, 0))
        #expect(Orientation(closestTo: sagittal)?.code == "PIL")
        #expect(Orientation(closestTo: Geometry.oblique.direction) == .lps)
        #expect(abs(Orientation.lps.obliquityDegrees(of: Geometry.oblique.direction) - 24.8) < 0.1)
        #expect(Orientation.lps.obliquityDegrees(of: .identity) == 0)
        #expect(Orientation(closestTo: Direction(x: .zero, y: SIMD3(0, 1, 0), z: SIMD3(0, 0, 1))) == nil)
        #expect(Orientation(closestTo: Direction(x: SIMD3(.nan, 0, 0), y: SIMD3(0, 1, 0), z: SIMD3(0, 0, 1))) == nil)
    }

    @Test(arguments: Orientation.all)
    func `every voxel keeps its place, and the way back gives the same bytes`(orientation: Orientation) throws {
        let volume = Image<Int16>.randomVolume(
            depth: 4, height: 3, width: 5, in: -1024...3071, geometry: .oblique, seed: 1)
        let turned = try volume.reoriented(to: orientation)
        #expect(turned.axes == volume.axes)
        #expect(turned.geometry?.closestOrientation == orientation)
        #expect(samplesByPlace(turned) == samplesByPlace(volume))
        let back = try turned.contiguous().reoriented(to: .lps)
        #expect(back.values == volume.values)
        #expect(back.sizes == volume.sizes)
        let (found, expected) = (try #require(back.geometry), Geometry.oblique)
        #expect(found.spacingMillimetres == expected.spacingMillimetres)
        #expect(found.direction == expected.direction)
        let shift = found.originMillimetres - expected.originMillimetres
        #expect((shift * shift).sum() < 1e-20)
    }

    @Test func `one turn is as SimpleITK makes it`() throws {
        // SimpleITK 2.5: DICOMOrient(image of 2 x 3 x 4 counting up, spacing (1, 2, 3), origin 0, "PIR").
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [4, 3, 2])
        for i in 0..<24 { volume[i / 6, i / 2 % 3, i % 2] = Int16(i) }
        volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 2, 3))
        let turned = try volume.reoriented(to: try #require(Orientation("PIR")))
        #expect(turned.sizes == [2, 4, 3])
        #expect(turned.geometry?.originMillimetres == SIMD3(1, 0, 9))
        #expect(turned.geometry?.spacingMillimetres == SIMD3(2, 3, 1))
        #expect(Array(turned.values.prefix(6)) == [19, 21, 23, 13, 15, 17])
    }

    @Test func `time and channels stay, and what cannot be turned says so`() throws {
        var series = Image<UInt8>(axes: [.time, .z, .y, .x, .channel], sizes: [2, 3, 4, 5, 3])
        #expect(throws: ImageError.self) { try series.reoriented(to: .ras) }
        series.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        #expect(try series.reoriented(to: try #require(Orientation("SAR"))).sizes == [2, 5, 4, 3, 3])
        let any = AnyImage.uint8(series)
        #expect(try any.reoriented(to: .ras).sizes == [2, 3, 4, 5, 3])
        #expect(throws: ImageError.missingAxis(.z)) {
            try Image<UInt8>(axes: [.y, .x], sizes: [2, 2]).reoriented(to: .ras)
        }
    }
}
