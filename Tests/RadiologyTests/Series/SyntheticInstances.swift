import Radiology

/// Instances of single-frame files that exist in memory only: 64 x 64 pixels of 2 x 4 mm, axial.
enum SyntheticInstances {
    /// One slice.
    static func slice(
        _ number: Int, z: Double, position: SIMD3<Double>? = nil, change: (inout DICOMInstance) -> Void = { _ in }
    ) -> DICOMInstance {
        var instance = DICOMInstance(path: "/series/\(number).dcm", pixels: DICOMPixelFacts(rows: 64, columns: 64))
        instance.sopInstanceUID = "1.2.3.\(1000 + number)"
        instance.seriesInstanceUID = "1.2.3"
        instance.modality = "CT"
        instance.frameOfReferenceUID = "1.2.3.4"
        instance.fileSize = 10_000
        instance.pixelDataOffset = 1000
        instance.pixelDataLength = 8192
        var facts = DICOMFrameFacts()
        facts.positionMillimetres = position ?? SIMD3(-64, -128, z)
        facts.orientation = SliceOrientation(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0))
        facts.spacing = DICOMPixelSpacing(xMillimetres: 4, yMillimetres: 2)
        facts.imageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        facts.varying.instanceNumber = number
        instance.frames = [facts]
        change(&instance)
        return instance
    }

    /// Slices 1.25 mm apart.
    static func stack(_ count: Int, change: (inout DICOMInstance, Int) -> Void = { _, _ in }) -> [DICOMInstance] {
        (0..<count).map { index in slice(index + 1, z: 1.25 * Double(index)) { change(&$0, index) } }
    }

    /// The series that instances make, files with one UID being the same.
    static func series(_ instances: [DICOMInstance], sameContent: Bool = true) -> DICOMSeries {
        DICOMSeries(instances: instances) { _, _ in sameContent }
    }
}
