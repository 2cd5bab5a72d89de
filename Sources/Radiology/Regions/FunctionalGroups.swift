import Formats

/// Reads where the frames of a segmentation lie from its functional groups, and nothing else of them.
///
/// The per-frame groups are walked in place: a frame costs the numbers that it has, no object per attribute. Values that
/// are byte for byte those of the frame before (orientations, source images) are not read again.
struct FunctionalGroups {
    private(set) var frames: [SegmentationFrame] = []
    private(set) var sources: [SegmentationSource] = []
    private(set) var spacing: DICOMPixelSpacing?
    private(set) var spacingBetweenSlices: Double?
    private(set) var sliceThickness: Double?
    private(set) var problems: [String] = []
    /// Items of the per-frame groups, those beyond the declared number included.
    private(set) var itemCount = 0
    private let data: DICOMDataSet
    private let isLabelMap: Bool
    /// What every frame has unless it says otherwise.
    private var common = SegmentationFrame()
    private var lastOrientation: (bytes: Range<Int>, value: SliceOrientation?)?
    private var lastUID: (bytes: Range<Int>, value: String)?

    init(_ data: DICOMDataSet, isLabelMap: Bool) {
        self.data = data
        self.isLabelMap = isLabelMap
    }

    /// Fills ``frames``.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` when frames have no groups and their place does not follow.
    mutating func readFrames(
        count: Int, segments: [Int], matrix: TotalPixelMatrix?, of header: DICOMHeader
    ) throws(FormatError) {
        if let cosines = DICOMDataSet.cosines(data, .imageOrientationSlide) { common.orientation = cosines }
        if let scan = DICOMSequenceScan(data, .sharedFunctionalGroupsSequence),
            let item = scan.firstItem(in: scan.whole)
        {
            common = read(item, of: scan, from: common)
            (lastOrientation, lastUID) = (nil, nil)
        }
        frames.reserveCapacity(count)
        if let scan = DICOMSequenceScan(data, .perFrameFunctionalGroupsSequence) {
            scan.forEachItem(in: scan.whole) { item in
                itemCount += 1
                guard frames.count < count else { return true }
                frames.append(read(item, of: scan, from: common))
                return true
            }
        }
        if let matrix, matrix.isFull, frames.count < count || frames.allSatisfy({ $0.segment == nil }) {
            try placeFullTiles(count: count, segments: segments, matrix: matrix, of: header)
        }
        if frames.isEmpty && count == 1 { frames = [common] }
        try check(count: count, segments: segments, of: header)
    }

    private func check(count: Int, segments: [Int], of header: DICOMHeader) throws(FormatError) {
        guard frames.count == count else {
            throw FormatError(
                .corrupt, file: header.name, place: "Per-frame Functional Groups Sequence",
                expected: "an item per frame: \(count)", found: "\(frames.count)")
        }
        if isLabelMap { return }
        let known = Set(segments)
        for (index, frame) in frames.enumerated() {
            guard let segment = frame.segment, known.contains(segment) else {
                throw FormatError(
                    .corrupt, file: header.name, place: "frame \(index + 1)",
                    expected: "the number of a segment of the file",
                    found: frame.segment.map { String($0) } ?? "none")
            }
        }
    }
}

extension FunctionalGroups {
    /// The functional groups of one frame.
    private mutating func read(
        _ item: Range<Int>, of scan: DICOMSequenceScan, from start: SegmentationFrame
    ) -> SegmentationFrame {
        var frame = start
        scan.forEachElement(in: item) { element in
            switch element.tag {
            case .segmentIdentificationSequence, .planePositionSequence, .planeOrientationSequence,
                .planePositionSlideSequence, .pixelMeasuresSequence:
                if let inner = scan.firstItem(in: element.value) { readGroup(inner, of: scan, into: &frame) }
            case .derivationImageSequence: readDerivation(element.value, of: scan, into: &frame)
            default: break
            }
        }
        return frame
    }

    private mutating func readGroup(
        _ item: Range<Int>, of scan: DICOMSequenceScan, into frame: inout SegmentationFrame
    ) {
        scan.forEachElement(in: item) { element in
            let value = element.value
            switch element.tag {
            case .referencedSegmentNumber where value.count >= 2 && !isLabelMap:
                frame.segment = Int(scan.uint16(value.lowerBound))
            case .imagePositionPatient: frame.positionMillimetres = Self.point(scan.decimals(value))
            case .imageOrientationPatient: frame.orientation = orientation(value, of: scan)
            case .xOffsetInSlideCoordinateSystem: setSlide(0, scan.decimals(value), of: &frame)
            case .yOffsetInSlideCoordinateSystem: setSlide(1, scan.decimals(value), of: &frame)
            case .zOffsetInSlideCoordinateSystem: setSlide(2, scan.decimals(value), of: &frame)
            case .columnPositionInTotalImagePixelMatrix where value.count >= 4:
                frame.matrixColumn = Int(Int32(bitPattern: scan.uint32(value.lowerBound))) - 1
            case .rowPositionInTotalImagePixelMatrix where value.count >= 4:
                frame.matrixRow = Int(Int32(bitPattern: scan.uint32(value.lowerBound))) - 1
            case .pixelSpacing where spacing == nil:
                spacing = DICOMPixelSpacing(rowThenColumn: scan.decimals(value), kind: .patient)
            case .spacingBetweenSlices where spacingBetweenSlices == nil:
                spacingBetweenSlices = scan.decimals(value).first
            case .sliceThickness where sliceThickness == nil: sliceThickness = scan.decimals(value).first
            default: break
            }
        }
    }

    private func setSlide(_ axis: Int, _ values: [Double], of frame: inout SegmentationFrame) {
        guard let value = values.first else { return }
        var position = frame.positionMillimetres ?? .zero
        position[axis] = value
        frame.positionMillimetres = position
    }

    private static func point(_ values: [Double]) -> SIMD3<Double>? {
        values.count == 3 ? SIMD3(values[0], values[1], values[2]) : nil
    }

    private mutating func orientation(_ value: Range<Int>, of scan: DICOMSequenceScan) -> SliceOrientation? {
        if let lastOrientation, scan.isEqual(value, lastOrientation.bytes) { return lastOrientation.value }
        let found = SliceOrientation(cosines: scan.decimals(value))
        lastOrientation = (value, found)
        return found
    }
}

extension FunctionalGroups {
    /// The source images of all items of a Derivation Image Sequence.
    private mutating func readDerivation(
        _ sequence: Range<Int>, of scan: DICOMSequenceScan, into frame: inout SegmentationFrame
    ) {
        let start = sources.count
        scan.forEachItem(in: sequence) { item in
            scan.forEachElement(in: item) { element in
                guard element.tag == .sourceImageSequence else { return }
                scan.forEachItem(in: element.value) { image in
                    readSource(image, of: scan)
                    return true
                }
            }
            return true
        }
        frame.sources = start..<sources.count
    }

    private mutating func readSource(_ item: Range<Int>, of scan: DICOMSequenceScan) {
        var uid: String?
        var numbers: [Double] = []
        scan.forEachElement(in: item) { element in
            switch element.tag {
            case .referencedSOPInstanceUID: uid = text(element.value, of: scan)
            case .referencedFrameNumber: numbers = scan.decimals(element.value)
            default: break
            }
        }
        guard let uid, !uid.isEmpty else { return }
        if numbers.isEmpty { sources.append(SegmentationSource(sopInstanceUID: uid)) }
        for number in numbers {
            sources.append(SegmentationSource(sopInstanceUID: uid, frame: Int(exactly: number - 1)))
        }
    }

    private mutating func text(_ value: Range<Int>, of scan: DICOMSequenceScan) -> String {
        if let lastUID, scan.isEqual(value, lastUID.bytes) { return lastUID.value }
        let found = scan.text(value)
        lastUID = (value, found)
        return found
    }
}

extension FunctionalGroups {
    /// Tiles of a full matrix stand by column, row, plane of focus, segment, the first fastest; PS3.3 C.7.6.17.3.
    private mutating func placeFullTiles(
        count: Int, segments: [Int], matrix: TotalPixelMatrix, of header: DICOMHeader
    ) throws(FormatError) {
        let rows = max(1, header.dataSet.integer(.rows) ?? 1)
        let columns = max(1, header.dataSet.integer(.columns) ?? 1)
        let across = (matrix.columns + columns - 1) / columns
        let perPlane = ((matrix.rows + rows - 1) / rows).multipliedReportingOverflow(by: across)
        let perSegment = perPlane.partialValue.multipliedReportingOverflow(by: matrix.focalPlanes)
        let channels = isLabelMap ? 1 : segments.count
        let total = perSegment.partialValue.multipliedReportingOverflow(by: channels)
        guard !perPlane.overflow, !perSegment.overflow, !total.overflow, total.partialValue == count else {
            throw FormatError(
                .corrupt, file: header.name, place: "Number of Frames",
                expected: "\(total.partialValue), the tiles of the whole matrix", found: "\(count)")
        }
        let origin = header.dataSet.items(.totalPixelMatrixOriginSequence).first
        let start = SIMD3(
            origin?.double(.xOffsetInSlideCoordinateSystem) ?? 0, origin?.double(.yOffsetInSlideCoordinateSystem) ?? 0,
            origin?.double(.zOffsetInSlideCoordinateSystem) ?? 0)
        let step = spacingBetweenSlices ?? 0
        frames = (0..<count).map { index in
            var frame = common
            let tile = index % perPlane.partialValue
            let plane = index / perPlane.partialValue % matrix.focalPlanes
            frame.matrixColumn = tile % across * columns
            frame.matrixRow = tile / across * rows
            frame.segment = isLabelMap ? nil : segments[index / perSegment.partialValue]
            frame.positionMillimetres = place(of: frame, from: start + SIMD3(0, 0, Double(plane) * step))
            return frame
        }
    }

    private func place(of frame: SegmentationFrame, from origin: SIMD3<Double>) -> SIMD3<Double>? {
        guard let spacing, let orientation = frame.orientation else { return nil }
        return origin + orientation.x * (Double(frame.matrixColumn) * spacing.xMillimetres)
            + orientation.y * (Double(frame.matrixRow) * spacing.yMillimetres)
    }
}

extension DICOMDataSet {
    fileprivate static func cosines(_ data: DICOMDataSet, _ tag: DICOMTag) -> SliceOrientation? {
        SliceOrientation(cosines: data.doubles(tag))
    }
}
