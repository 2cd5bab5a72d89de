import Formats
import ImageCore

/// Walks the content tree of a report and collects what marks regions.
struct ReportReader {
    let limits: DecodeLimits
    private(set) var regions: [RegionReport.Region] = []
    private(set) var defects = RegionDefects()
    private var itemCount = 0

    init(limits: DecodeLimits) { self.limits = limits }

    mutating func read(_ root: DICOMDataSet) throws(FormatError) {
        try readLoose(root, meaning: root.concept(.conceptNameCodeSequence))
    }

    /// Goes through content items outside of measurement groups.
    private mutating func readLoose(_ parent: DICOMDataSet, meaning: CodedConcept?) throws(FormatError) {
        for item in try parent.checkedItems(.contentSequence) {
            let concept = item.concept(.conceptNameCodeSequence)
            let type = item.text(.valueType) ?? ""
            if type == "CONTAINER", concept?.value == Self.measurementGroup {
                var region = RegionReport.Region(number: regions.count + 1)
                let before = itemCount
                try readGroup(item, into: &region)
                // Groups without coordinates are measurements of something else.
                if itemCount > before || !region.segments.isEmpty { regions.append(region) }
            } else if type == "SCOORD" || type == "SCOORD3D" {
                var region = RegionReport.Region(number: regions.count + 1)
                region.finding = meaning
                try readCoordinates(item, type, into: &region)
                regions.append(region)
            } else {
                let own = type == "CODE" ? item.concept(.conceptCodeSequence) : concept
                try readLoose(item, meaning: own ?? meaning)
            }
        }
    }

    /// Collects everything in a measurement group.
    private mutating func readGroup(
        _ parent: DICOMDataSet, into region: inout RegionReport.Region, isTop: Bool = true
    ) throws(FormatError) {
        for item in try parent.checkedItems(.contentSequence) {
            let code = item.concept(.conceptNameCodeSequence)?.value ?? ""
            switch item.text(.valueType) ?? "" {
            case "SCOORD", "SCOORD3D":
                try readCoordinates(item, item.text(.valueType) ?? "", into: &region)
                continue
            case "IMAGE": readSegments(item, into: &region)
            case "TEXT" where isTop && code == Self.trackingIdentifier: region.trackingID = item.text(.textValue)
            case "UIDREF" where isTop && code == Self.trackingUID: region.trackingUID = item.text(.uid)
            case "CODE" where isTop: readCode(code, item.concept(.conceptCodeSequence), into: &region)
            default: break
            }
            try readGroup(item, into: &region, isTop: false)
        }
    }

    private func readCode(_ name: String, _ value: CodedConcept?, into region: inout RegionReport.Region) {
        guard let value else { return }
        if name == Self.finding { region.finding = region.finding ?? value }
        if Self.findingCategories.contains(name) { region.findingCategory = region.findingCategory ?? value }
        if Self.findingSites.contains(name) { region.findingSites.append(value) }
    }

    private func readSegments(_ item: DICOMDataSet, into region: inout RegionReport.Region) {
        for reference in item.items(.referencedSOPSequence) {
            guard let uid = reference.text(.referencedSOPInstanceUID),
                let sopClass = reference.text(.referencedSOPClassUID), Segmentation.sopClasses.contains(sopClass)
            else { continue }
            let numbers = reference.integers(.referencedSegmentNumber)
            region.segments.append(RegionReport.SegmentReference(sopInstanceUID: uid, numbers: numbers))
        }
    }

    private static let measurementGroup = "125007"
    private static let trackingIdentifier = "112039"
    private static let trackingUID = "112040"
    private static let finding = "121071"
    /// SNOMED's code and its older spelling.
    private static let findingCategories: Set = ["276214006", "G-C198", "R-0022A", "M-01000"]
    private static let findingSites: Set = ["363698007", "G-C0E3"]
}

extension ReportReader {
    /// Reads one content item with spatial coordinates.
    private mutating func readCoordinates(
        _ item: DICOMDataSet, _ valueType: String, into region: inout RegionReport.Region
    ) throws(FormatError) {
        itemCount += 1
        guard itemCount <= limits.entries else {
            throw FormatError(
                .limitExceeded, file: region.name, expected: "at most \(limits.entries) spatial coordinates",
                found: "more")
        }
        let place = "region \(region.number) (\(region.name)), coordinates \(region.contours.count + 1)"
        let type = item.text(.graphicType) ?? "none"
        let numbers = item.doubles(.graphicData)
        let dimensions = valueType == "SCOORD" ? 2 : 3
        guard !numbers.isEmpty, numbers.count.isMultiple(of: dimensions) else {
            let found = numbers.isEmpty ? "none, or no finite numbers" : counted(numbers.count, "number")
            defects.add(
                RegionDefect(
                    .invalidContour, .error, region: region.number,
                    "\(place): expected points of \(dimensions) numbers, found \(found)"))
            return
        }
        var points = stride(from: 0, to: numbers.count, by: dimensions).map { i in
            SIMD3(numbers[i], numbers[i + 1], dimensions == 3 ? numbers[i + 2] : 0)
        }
        guard let kind = RegionContour.Kind(graphic: type, &points) else {
            defects.add(
                RegionDefect(
                    .invalidContour, .error, region: region.number,
                    "\(place): expected a graphic type with its number of points, found \(type) with \(points.count)"))
            return
        }
        if dimensions == 3 { region.frameOfReferenceUID = item.text(.referencedFrameOfReferenceUID) }
        region.contours.append(
            RegionContour(
                kind: kind, type: type,
                place: dimensions == 3 ? .patient(points) : .image(points.map { Point(x: $0.x, y: $0.y) }),
                sources: try sources(of: item)))
    }

    /// The images from which coordinates were selected.
    private func sources(of item: DICOMDataSet) throws(FormatError) -> [SegmentationSource] {
        try item.checkedItems(.contentSequence).filter { $0.text(.valueType) == "IMAGE" }
            .flatMap { $0.items(.referencedSOPSequence) }.flatMap { SegmentationSource.sources($0) }
    }
}

extension RegionContour.Kind {
    /// What a graphic type encloses; circles and ellipses become polygons, and a closing point that is the first goes.
    ///
    /// `nil` for an unknown type, or one with another number of points than it has.
    fileprivate init?(graphic type: String, _ points: inout [SIMD3<Double>]) {
        let isClosed = points.count > 3 && points.first == points.last
        switch type {
        case "POINT", "MULTIPOINT": self = .points
        case "POLYLINE" where !isClosed: self = .open
        case "POLYLINE", "POLYGON":
            guard points.count >= 3 else { return nil }
            if isClosed { points.removeLast() }
            self = .closed
        case "CIRCLE" where points.count == 2:
            let radius = points[1] - points[0]
            points = EllipseOutline.points(
                center: points[0], radius, SIMD3(-radius.y, radius.x, 0))
            self = .closed
        case "ELLIPSE" where points.count == 4:
            points = EllipseOutline.points(
                center: (points[0] + points[1] + points[2] + points[3]) / 4, (points[1] - points[0]) / 2,
                (points[3] - points[2]) / 2)
            self = .closed
        case "ELLIPSOID" where points.count == 6: self = .ellipsoid
        default: return nil
        }
    }
}
