import Formats
import ImageCore

extension StructureSet {
    /// Reads the lists of regions, contours and observations.
    mutating func readRegions(_ data: DICOMDataSet) throws(FormatError) {
        let listed = try data.checkedItems(.structureSetROISequence).compactMap { Region(listed: $0) }
        let items = try data.checkedItems(.roiContourSequence)
        let stated = items.map { $0.integer(.referencedROINumber) }
        var places = RegionPlaces(listed, outlined: stated)
        regions = places.regions
        var reader = ContourReader(limits: limits, defects: places.defects)
        var unnamed = UnnamedRegions(stated, regions.map(\.number))
        for (item, stated) in zip(items, stated) {
            let number = stated ?? unnamed.number
            let known = places.next(number)
            let region = known.map { regions[$0] } ?? Region(number: number, name: "")
            let contours = try reader.contours(of: item, region, file: name)
            if stated == nil && contours.isEmpty { continue }
            let place = known ?? regions.count
            if known == nil {
                places.add(number, at: place)
                regions.append(region)
                let reason =
                    stated == nil
                    ? "stands for contours that do not say their region"
                    : "has contours and stands in no list of regions"
                reader.defects.add(
                    RegionDefect(.unlistedRegion, .warning, "region number \(number) \(reason): it has no name"))
                if stated == nil { unnamed.take() }
            }
            regions[place].color = RGBColor(stored: item.integers(.roiDisplayColor)) ?? regions[place].color
            regions[place].contours += contours
        }
        for item in data.items(.rtroiObservationsSequence) {
            guard let place = item.integer(.referencedROINumber).flatMap({ places.only($0) }) else { continue }
            regions[place].observe(item)
        }
        defects = reader.defects.all
        referencedInstanceUIDs.formUnion(
            regions.lazy.flatMap(\.contours).flatMap(\.sources).map(\.sopInstanceUID))
    }
}

extension StructureSet.Region {
    /// The region of an item of the Structure Set ROI Sequence.
    fileprivate init?(listed item: DICOMDataSet) {
        guard let number = item.integer(.roiNumber) else { return nil }
        self.init(number: number, name: item.text(.roiName) ?? "")
        details = item.text(.roiDescription)
        generationAlgorithm = item.text(.roiGenerationAlgorithm)
        frameOfReferenceUID = item.text(.referencedFrameOfReferenceUID)
    }

    /// Adds what an observation says; the first that says something counts.
    fileprivate mutating func observe(_ item: DICOMDataSet) {
        interpretedType = interpretedType ?? item.text(.rtroiInterpretedType)
        observationLabel = observationLabel ?? item.text(.roiObservationLabel)
        identification = identification ?? item.concept(.rtroiIdentificationCodeSequence)
    }
}

extension RGBColor {
    /// The color of three numbers; `nil` when they are no color.
    fileprivate init?(stored: [Int]) {
        guard stored.count == 3, stored.allSatisfy({ (0...255).contains($0) }) else { return nil }
        self.init(red: UInt8(stored[0]), green: UInt8(stored[1]), blue: UInt8(stored[2]))
    }
}

/// Which regions contours belong to whose item does not say it: the number stands behind the contours, where a file was cut.
///
/// If there is one such item and one listed region without an item, it is that one. Otherwise nobody knows, and numbers
/// are used that no region has.
private struct UnnamedRegions {
    private let only: Int?
    private let used: Set<Int>
    private var free = 1

    init(_ stated: [Int?], _ listed: [Int]) {
        let named = Set(stated.compactMap { $0 })
        used = named.union(listed)
        let rest = listed.filter { !named.contains($0) }
        only = stated.count(where: { $0 == nil }) == 1 && rest.count == 1 ? rest[0] : nil
        while used.contains(free) { free += 1 }
    }

    /// The number for the next such item.
    var number: Int { only ?? free }

    /// Goes on to the next free number.
    mutating func take() {
        repeat { free += 1 } while used.contains(free)
    }
}

/// Reads the contours of one region after another.
private struct ContourReader {
    let limits: DecodeLimits
    var defects = RegionDefects()
    private var pointCount = 0

    init(limits: DecodeLimits, defects: [RegionDefect]) {
        self.limits = limits
        self.defects = RegionDefects(defects)
    }

    mutating func contours(
        of item: DICOMDataSet, _ region: StructureSet.Region, file: String
    ) throws(FormatError) -> [RegionContour] {
        var contours: [RegionContour] = []
        for (index, contour) in try item.checkedItems(.contourSequence).enumerated() {
            let place = "region number \(region.number) (\(region.name)), contour \(index + 1)"
            guard let points = points(of: contour, region.number, place) else { continue }
            pointCount += points.count
            guard pointCount <= limits.entries * 16 else {
                throw FormatError(
                    .limitExceeded, file: file, place: place, expected: "at most \(limits.entries * 16) points",
                    found: "more")
            }
            let stated = contour.text(.contourGeometricType)
            let kind = stated.flatMap { Self.kinds[$0] }
            if kind == nil {
                defects.add(
                    RegionDefect(
                        .unknownType, .warning, region: region.number,
                        "\(place): expected a Contour Geometric Type of the standard, found \(stated ?? "none"); it is filled"
                    ))
            }
            contours.append(
                RegionContour(
                    kind: kind ?? .closed, type: stated ?? "CLOSED_PLANAR", place: .patient(points),
                    sources: contour.items(.contourImageSequence).flatMap { SegmentationSource.sources($0) }))
        }
        return contours
    }

    /// PS3.3 C.8.8.6.1.
    private static let kinds: [String: RegionContour.Kind] = [
        "POINT": .points, "OPEN_PLANAR": .open, "OPEN_NONPLANAR": .open, "CLOSED_PLANAR": .closed,
        "CLOSEDPLANAR_XOR": .closed,
    ]

    private mutating func points(of item: DICOMDataSet, _ region: Int, _ place: String) -> [SIMD3<Double>]? {
        guard let bytes = item.element(.contourData)?.length, bytes > 0 else {
            defects.add(RegionDefect(.invalidContour, .error, region: region, "\(place): expected points, found none"))
            return nil
        }
        let numbers = item.doubles(.contourData)
        guard !numbers.isEmpty, numbers.count.isMultiple(of: 3) else {
            let found = numbers.isEmpty ? "something that is no finite number" : "\(numbers.count) numbers"
            defects.add(
                RegionDefect(
                    .invalidContour, .error, region: region,
                    "\(place): expected points of three numbers, found \(found)"))
            return nil
        }
        let points = stride(from: 0, to: numbers.count, by: 3).map {
            SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
        }
        if let declared = item.integer(.numberOfContourPoints), declared != points.count {
            defects.add(
                RegionDefect(
                    .pointCount, .warning, region: region,
                    "\(place): expected the number of points that it declares, \(declared), found \(points.count), which are used"
                )
            )
        }
        return points.count > 1 && points.first == points.last ? Array(points.dropLast()) : points
    }
}

extension SegmentationSource {
    /// The images, or the frames of one, that an item refers to.
    static func sources(_ item: DICOMDataSet) -> [SegmentationSource] {
        guard let uid = item.text(.referencedSOPInstanceUID) else { return [] }
        let frames = item.integers(.referencedFrameNumber)
        guard !frames.isEmpty else { return [SegmentationSource(sopInstanceUID: uid)] }
        return frames.map { SegmentationSource(sopInstanceUID: uid, frame: $0 &- 1) }
    }
}
