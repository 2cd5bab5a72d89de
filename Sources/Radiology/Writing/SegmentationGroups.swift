import Formats

/// Functional groups and dimensions of a segmentation that is to be written; PS3.3 C.7.6.16 and C.7.6.17.
struct SegmentationGroups {
    private let content: SegmentationContent
    private let source: SourceSeries
    private let isBinary: Bool
    private let derivation = CodedConcept(value: "113076", scheme: "DCM", meaning: "Segmentation")

    init(_ content: SegmentationContent, source: SourceSeries, kind: SegmentationWriter.Kind) {
        self.content = content
        self.source = source
        isBinary = kind == .binary
    }

    private var grid: SliceGrid { content.layers.grid }

    /// The images that frames were made of, in the order of the slices.
    var referencedInstances: [String] {
        var seen: Set<String> = []
        let slices = Set(content.frames.map(\.slice)).sorted()
        return slices.map { grid.slices[$0].sopInstanceUID }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Multi-frame Dimension module: segment, then place; a label map has the place only.
    func dimensions(organization: String) -> DICOMItem {
        func dimension(_ label: String, _ pointer: DICOMTag, in group: DICOMTag) -> DICOMItem {
            var item = DICOMItem()
            item.put(.dimensionOrganizationUID, .ui, organization)
            item.put(.dimensionIndexPointer, .at, .tags([pointer]))
            item.put(.functionalGroupPointer, .at, .tags([group]))
            item.put(.dimensionDescriptionLabel, .lo, label)
            return item
        }
        let place = dimension("Image Position Patient", .imagePositionPatient, in: .planePositionSequence)
        let segment = dimension(
            "Referenced Segment Number", .referencedSegmentNumber, in: .segmentIdentificationSequence)
        var uid = DICOMItem()
        uid.put(.dimensionOrganizationUID, .ui, organization)
        var item = DICOMItem()
        item.put(.dimensionOrganizationSequence, items: [uid])
        item.put(.dimensionIndexSequence, items: isBinary ? [segment, place] : [place])
        return item
    }

    /// What all frames have in common.
    var shared: DICOMItem {
        var measures = DICOMItem()
        let thickness = grid.thicknessMillimetres ?? content.step ?? 1
        measures.put(.sliceThickness, .ds, [thickness])
        if let step = content.step { measures.put(.spacingBetweenSlices, .ds, [step]) }
        if let spacing = grid.spacing {
            measures.put(.pixelSpacing, .ds, [spacing.yMillimetres, spacing.xMillimetres])
        }
        var plane = DICOMItem()
        if let orientation = grid.orientation {
            let (x, y) = (orientation.x, orientation.y)
            plane.put(.imageOrientationPatient, .ds, [x.x, x.y, x.z, y.x, y.y, y.z])
        }
        var item = DICOMItem()
        item.put(.pixelMeasuresSequence, items: [measures])
        item.put(.planeOrientationSequence, items: [plane])
        return item
    }

    /// One item per frame.
    var perFrame: [DICOMItem] {
        let slices = Set(content.frames.map(\.slice)).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: slices.enumerated().map { ($0.element, $0.offset + 1) })
        return content.frames.map { frame in groups(frame, rank: ranks[frame.slice] ?? 1) }
    }

    private func groups(_ frame: WrittenFrame, rank: Int) -> DICOMItem {
        let slice = grid.slices[frame.slice]
        var place = DICOMItem()
        if let origin = slice.originMillimetres {
            place.put(.imagePositionPatient, .ds, [origin.x, origin.y, origin.z])
        }
        var frameContent = DICOMItem()
        let indices = frame.segment.map { [$0, rank] } ?? [rank]
        frameContent.put(.dimensionIndexValues, .ul, .integers(indices))
        var item = DICOMItem()
        item.put(.planePositionSequence, items: [place])
        item.put(.frameContentSequence, items: [frameContent])
        if let segment = frame.segment {
            var identification = DICOMItem()
            identification.put(.referencedSegmentNumber, .us, segment)
            item.put(.segmentIdentificationSequence, items: [identification])
        }
        if !slice.sopInstanceUID.isEmpty {
            var image = DICOMItem()
            let reference = source.sourceReference(to: slice.sopInstanceUID, frame: slice.frame)
            image.put(.sourceImageSequence, items: [reference])
            image.put(.derivationCodeSequence, items: [derivation.item])
            item.put(.derivationImageSequence, items: [image])
        }
        return item
    }
}
