import Formats
import ImageCore
import Radiology
import TestSupport
import Testing

/// Objects of the test data on the grid of their series.
@Suite(.needsTestData) struct RegionCorpusTests {
    private static let study = "series/ibsi_STS_002"

    @Test(arguments: ["CT", "MR_T1", "PET"])
    func `contours give the reference mask voxel for voxel`(modality: String) throws {
        let folder = "\(Self.study)/dicom/STS_002/\(modality)"
        let reader = try VolumeReader(folder: TestData.path("\(folder)/image"))
        let object = try RegionObject(path: TestData.path("\(folder)/mask/RS.dcm"))
        let index = try #require(object.stack(among: reader.stacks))
        let (series, stack) = reader.stacks[index]
        let grid = try SliceGrid(stack, of: series, policy: .faithful)
        let labels = try object.labels(on: grid)
        // The contours name images by UIDs that no file has: their positions count.
        #expect(labels.defects.map(\.kind) == [.unknownImage])
        #expect(labels.defects.map(\.severity) == [.note] && labels.regions.map(\.name) == ["GTV_Mass_\(modality)"])
        let mask = try NIfTIReader(
            ByteSource(path: TestData.path("\(Self.study)/nifti/STS_002/\(modality)_mask.nii.gz"))
        ).readFrame()
        let map = try #require(labels.layers.labelMap).contiguous()
        // The reference is stored from back to front along y.
        let reference = mask.converted(to: UInt8.self).contiguous()
        let geometry = try #require(grid.geometry)
        #expect(reference.sizes == map.sizes)
        let (rows, columns) = (grid.rows, grid.columns)
        let flips = try Self.flips(mask, geometry)
        var differences = 0
        for i in 0..<map.samples.count {
            let (x, y, z) = (i % columns, i / columns % rows, i / columns / rows)
            let place = (
                x: flips.x ? columns - 1 - x : x, y: flips.y ? rows - 1 - y : y,
                z: flips.z ? grid.slices.count - 1 - z : z
            )
            let value = reference.samples[(place.z * rows + place.y) * columns + place.x]
            if (value != 0) != (map.samples[i] != 0) { differences += 1 }
        }
        #expect(differences == 0)
    }

    /// Along which axes the reference runs the other way.
    private static func flips(_ mask: AnyImage, _ own: Geometry) throws -> (x: Bool, y: Bool, z: Bool) {
        let other = try #require(mask.geometry)
        func isOpposite(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Bool { (a * b).sum() < 0 }
        return (
            isOpposite(own.direction.x, other.direction.x), isOpposite(own.direction.y, other.direction.y),
            isOpposite(own.direction.z, other.direction.z)
        )
    }

    @Test func `a structure set that was cut has the contours that are whole`() throws {
        let path = try TestData.path("\(Self.study)/dicom/STS_002/MR_T1/mask/RS.dcm")
        let bytes = try ByteSource(path: path).all()
        let whole = try StructureSet(path: path)
        let cut = ByteSource(bytes: Array(bytes.prefix(bytes.count * 49 / 50)), name: "cut")
        let set = try StructureSet(DICOMHeader(source: cut))
        #expect(set.regions.map(\.name) == whole.regions.map(\.name) && whole.regions.count == 1)
        // 14 of 16 end before byte 130400, by pydicom.
        #expect(set.regions[0].contours.count == 14 && whole.regions[0].contours.count == 16)
        #expect(set.regions[0].contours.elementsEqual(whole.regions[0].contours.prefix(14)))
        #expect(set.defects.contains { $0.kind == .damagedFile })
    }

    @Test func `the volume's grid is that of its stack`() throws {
        let reader = try VolumeReader(folder: TestData.path("\(Self.study)/dicom/STS_002/PET/image"))
        let (series, stack) = try reader.onlyStack()
        let volume = try reader.volume(stack, of: series)
        let grid = SliceGrid(volume)
        #expect(grid.slices == (try SliceGrid(stack, of: series, policy: .faithful)).slices)
        #expect(grid.geometry == volume.geometry && grid.rows == 27 && grid.columns == 30)
    }

    @Test func `reports of highdicom mark what they measure`() throws {
        let reader = try VolumeReader(paths: [TestData.path("dicom/highdicom/ct_image.dcm")])
        let (series, stack) = try reader.onlyStack()
        let grid = try SliceGrid(stack, of: series, policy: .faithful)
        let one = try RegionReport(path: TestData.path("dicom/highdicom/sr_document.dcm"))
        #expect(one.regions.map(\.trackingID) == ["Planar ROI Measurements"])
        #expect(one.regions.first?.finding?.meaning == "Spinal cord")
        #expect(one.regions.first?.findingSites.map(\.meaning) == ["Cervico-thoracic spine"])
        // A circle of radius 11 about (58, 52): NumPy counts this many centers inside.
        let labels = try one.labels(on: grid)
        #expect(labels.voxels(1).count == 384 && labels.defects.isEmpty)
        let several = try RegionReport(path: TestData.path("dicom/highdicom/sr_document_with_multiple_groups.dcm"))
        #expect(several.regions.map(\.trackingID) == ["LungNodule0001", "Aorta0001", "Vertebra0001"])
        #expect(several.regions.map { $0.contours.map(\.kind) } == [[.closed], [.open], [.points]])
        for file in ["pydicom/reportsi.dcm", "cornerstone/no-pixel-data.dcm"] {
            #expect(try RegionReport(path: TestData.path("dicom/\(file)")).regions.isEmpty)
        }
    }
}
