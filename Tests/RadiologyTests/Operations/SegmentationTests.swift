import ImageCore
import ImageProcessing
import Radiology
import Testing

@Suite struct SegmentationTests {
    @Test func `the body of a thorax, without the table`() throws {
        let phantom = ThoraxPhantom()
        let found = try BodySegmentation().mask(of: .int16(phantom.volume))
        #expect(try dice(found, phantom.body) > 0.98)
        #expect(found.geometry == phantom.volume.geometry)
        let box = try #require(found.boundingBox)
        #expect(Double(box.y.upperBound) <= 39.5 + 118 / 4)
    }

    @Test func `both lungs, each on its side, without trachea`() throws {
        let phantom = ThoraxPhantom()
        let found = try LungSegmentation().segment(.int16(phantom.volume))
        let truth = phantom.lungs
        #expect(found.outcome == .twoLungs)
        for number in [UInt8(1), 2] {
            #expect(try dice(found.labels.mask { $0 == number }, truth.mask { $0 == number }) > 0.95)
        }
        #expect(try (found.mask & phantom.trachea).trueCount == 0)
        #expect(try dice(found.trachea, phantom.trachea) > 0.9)
        #expect(abs(found.thresholdHounsfield + 420) < 60)
    }

    @Test(arguments: ["RAS", "LPI", "ASL", "PIR"])
    func `the orientation of the volume does not matter`(code: String) throws {
        let phantom = ThoraxPhantom()
        let orientation = try #require(Orientation(code))
        let straight = try LungSegmentation().segment(.int16(phantom.volume)).labels
        let turned = try phantom.volume.reoriented(to: orientation).contiguous()
        let found = try LungSegmentation().segment(.int16(turned)).labels
        #expect(found.geometry == turned.geometry)
        #expect(try found.reoriented(to: .lps).hasSameSamples(as: straight))
    }

    @Test(arguments: [12..<20, 0..<5, 18..<40, 20..<21, 34..<40])
    func `parts of a chest`(slices: Range<Int>) throws {
        var phantom = ThoraxPhantom()
        phantom.slices = slices
        let found = try LungSegmentation().segment(.int16(phantom.volume))
        let truth = phantom.lungs.mask { $0 != 0 }
        if truth.trueCount < 20 {
            #expect(found.mask.trueCount < 40)
        } else {
            #expect(try dice(found.mask, truth) > 0.95)
        }
        #expect(try dice(found.body, phantom.body) > 0.97)
    }

    @Test func `lungs that touch are parted`() throws {
        var phantom = ThoraxPhantom()
        phantom.gap = -6
        let found = try LungSegmentation().segment(.int16(phantom.volume)).labels
        let truth = phantom.lungs
        for number in [UInt8(1), 2] {
            #expect(try dice(found.mask { $0 == number }, truth.mask { $0 == number }) > 0.95)
        }
    }

    @Test func `lungs that the field of view cuts open are filled, arms and air beside the body are not`() throws {
        var phantom = ThoraxPhantom()
        phantom.slices = 14..<22
        let left = 12..<90
        let volume = phantom.volume.cropped(.x, to: left).contiguous()
        let body = phantom.body.cropped(.x, to: left).contiguous()
        let truth = phantom.lungs.cropped(.x, to: left).contiguous()
        let found = try LungSegmentation().segment(.int16(volume))
        #expect(found.outcome == .twoLungs)
        #expect(try dice(found.body, body) > 0.97)
        for number in [UInt8(1), 2] {
            #expect(try dice(found.labels.mask { $0 == number }, truth.mask { $0 == number }) > 0.95)
        }
        // Air between the body and the edge, which only rows in the middle of the picture touch.
        var open = Image<Int16>(axes: [.z, .y, .x], sizes: [3, 60, 60], repeating: -1000)
        for z in 0..<3 {
            for y in 0..<60 {
                for x in 0..<60 where !(20..<40).contains(y) || x > 25 { open[z, y, x] = 40 }
            }
        }
        let kept = try BodySegmentation().mask(of: .int16(open))
        #expect(!kept[1, 30, 5] && kept[1, 30, 40] && kept[1, 5, 5])
    }

    @Test func `lungs that cannot be parted get the sides of the body, and say so`() throws {
        // One box of lung across a box of body.
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [10, 50, 60], repeating: -1000)
        for z in 0..<10 {
            for y in 5..<45 {
                for x in 5..<55 {
                    let isLung = (2..<8).contains(z) && (15..<35).contains(y) && (13..<47).contains(x)
                    volume[z, y, x] = isLung ? -850 : 40
                }
            }
        }
        volume.geometry = Geometry(spacingMillimetres: SIMD3(4, 4, 5))
        let found = try LungSegmentation().segment(.int16(volume))
        #expect(found.outcome == .joinedLungs)
        #expect(found.labels.mask { $0 == 1 }.boundingBox == VoxelBox(x: 13..<30, y: 15..<35, z: 2..<8))
        #expect(found.labels.mask { $0 == 2 }.boundingBox == VoxelBox(x: 30..<47, y: 15..<35, z: 2..<8))
    }

    /// A volume without the samples of some slices along z, and which slices are left.
    private func losing(_ lost: Set<Int>, _ volume: Image<Int16>) -> (volume: Image<Int16>, validity: Image<Bool>) {
        var cut = volume
        let plane = volume.width * volume.height
        var samples = cut.mutableSamples
        for i in 0..<samples.count where lost.contains(i / plane) { samples[i] = -1024 }
        let validity = Image<Bool>(axes: [.z], sizes: [volume.depth]) {
            for z in 0..<$0.count { $0[z] = !lost.contains(z) }
        }
        return (cut, validity)
    }

    @Test(arguments: zip([[20], [10, 11, 30], [0, 39]], ["LPS", "RAI", "LSP"]))
    func `slices that no file has cut neither body nor lungs`(lost: [Int], code: String) throws {
        let phantom = ThoraxPhantom()
        let orientation = try #require(Orientation(code))
        func turned<Scalar>(_ image: Image<Scalar>) throws -> Image<Scalar> {
            try image.reoriented(to: orientation).contiguous()
        }
        let (volume, validity) = losing(Set(lost), try turned(phantom.volume))
        let found = try LungSegmentation().segment(.int16(volume), validity: validity)
        #expect(found.outcome == .twoLungs)
        #expect(try dice(found.labels.mask { $0 == 1 }, turned(phantom.lungs).mask { $0 == 1 }) > 0.95)
        #expect(try dice(found.labels.mask { $0 == 2 }, turned(phantom.lungs).mask { $0 == 2 }) > 0.95)
        #expect(try dice(found.body, turned(phantom.body)) > 0.97)
    }

    @Test func `a validity of another number of slices is refused`() throws {
        let volume = AnyImage.int16(Image(axes: [.z, .y, .x], sizes: [3, 4, 5], repeating: -1000))
        for count in [2, 4] {
            let validity = Image<Bool>(axes: [.z], sizes: [count], repeating: true)
            #expect(throws: ImageError.self) { try BodySegmentation().mask(of: volume, validity: validity) }
            #expect(throws: ImageError.self) { try LungSegmentation().segment(volume, validity: validity) }
        }
        let none = Image<Bool>(axes: [.z], sizes: [3], repeating: false)
        #expect(try BodySegmentation().mask(of: volume, validity: none).trueCount == 0)
    }

    @Test func `a body without lungs has none`() throws {
        var phantom = ThoraxPhantom()
        phantom.hasLungs = false
        let found = try LungSegmentation().segment(.int16(phantom.volume))
        #expect(found.mask.trueCount == 0 && found.outcome == .noLungs)
        let air = Image<Int16>(axes: [.z, .y, .x], sizes: [3, 4, 5], repeating: -1000)
        #expect(try LungSegmentation().segment(.int16(air)).body.trueCount == 0)
        #expect(try LungSegmentation().segment(.int16(air)).outcome == .noBody)
        #expect(try LungSegmentation().segment(.int16(Image(axes: [.z, .y, .x], sizes: [0, 4, 5]))).mask.isEmpty)
        #expect(throws: ImageError.self) {
            try LungSegmentation().segment(.int16(Image(axes: [.y, .x], sizes: [4, 5])))
        }
    }
}
