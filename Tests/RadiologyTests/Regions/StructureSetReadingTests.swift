import Formats
import ImageCore
import Radiology
import TestSupport
import Testing

/// Structure sets as files, right and wrong ones.
@Suite struct StructureSetReadingTests {
    private static let square = "1\\1\\5\\9\\1\\5\\9\\9\\5\\1\\9\\5"

    private func read(_ regions: [DICOMTestRegions.Region]) throws -> StructureSet {
        let bytes = DICOMTestFile(DICOMTestRegions.structureSet(regions)).bytes
        return try StructureSet(DICOMHeader(source: ByteSource(bytes: bytes, name: "set")))
    }

    @Test func `name, color, type and contours of regions are read`() throws {
        let contours = [
            DICOMTestRegions.contour(Self.square, points: 4, image: "2.25.77"),
            DICOMTestRegions.contour("1\\2\\3", points: 1, type: "POINT"),
        ]
        let set = try read([.init(number: 7, name: "Liver", contours: contours)])
        let region = try #require(set.regions.first)
        #expect(region.number == 7 && region.name == "Liver" && region.interpretedType == "ORGAN")
        #expect(region.color == RGBColor(red: 255, green: 0, blue: 7))
        #expect(region.contours.map(\.kind) == [.closed, .points] && region.contours.map(\.count) == [4, 1])
        #expect(region.contours[0].place == .patient([SIMD3(1, 1, 5), SIMD3(9, 1, 5), SIMD3(9, 9, 5), SIMD3(1, 9, 5)]))
        #expect(set.referencedInstanceUIDs == ["2.25.77"] && set.defects.isEmpty)
        #expect(set.frameOfReferenceUID == "2.25.1001" && set.label == "TEST")
    }

    static let wrong: [(numbers: String, points: Int, kind: RegionDefect.Kind, count: Int)] = [
        ("1\\2\\3\\4", 2, .invalidContour, 0), ("", 0, .invalidContour, 0), ("1\\nan\\3", 1, .invalidContour, 0),
        ("1\\inf\\3", 1, .invalidContour, 0), ("a\\b\\c", 1, .invalidContour, 0),
        (square, 10_000_000, .pointCount, 1), (square, -1, .pointCount, 1),
    ]

    @Test(arguments: wrong)
    func `a contour that is wrong is one line and the others are read`(
        numbers: String, points: Int, kind: RegionDefect.Kind, count: Int
    ) throws {
        let good = DICOMTestRegions.contour(Self.square, points: 4)
        let bad = DICOMTestRegions.contour(numbers, points: points)
        let set = try read([.init(number: 1, name: "r", contours: [bad, good, bad])])
        #expect(set.regions[0].contours.count == 1 + 2 * count)
        #expect(set.defects.map(\.kind) == [kind] && set.defects.first?.count == 2)
        #expect(set.defects.allSatisfy { !$0.message.contains("\n") && $0.message.contains("contour 1") })
    }

    @Test func `a ring that repeats its first point is closed once`() throws {
        let closed = DICOMTestRegions.contour(Self.square + "\\1\\1\\5", points: 5)
        let set = try read([.init(number: 1, name: "r", contours: [closed])])
        #expect(set.regions[0].contours[0].count == 4 && set.defects.isEmpty)
    }

    @Test func `regions without contours and contours without a region are told`() throws {
        var unlisted = DICOMTestRegions.Region(
            number: 9, name: "", contours: [DICOMTestRegions.contour(Self.square, points: 4)])
        unlisted.isListed = false
        let set = try read([.init(number: 1, name: "empty", contours: []), unlisted])
        #expect(set.regions.map(\.number) == [1, 9] && set.defects.map(\.kind) == [.unlistedRegion])
    }

    @Test func `regions of one number are told, and keep their contours where these are as many`() throws {
        let other = "1\\1\\6\\9\\1\\6\\9\\9\\6"
        let twins = [(Self.square, "first"), (other, "second")].map { numbers, name in
            DICOMTestRegions.Region(
                number: 4, name: name, contours: [DICOMTestRegions.contour(numbers, points: name == "first" ? 4 : 3)])
        }
        let paired = try read(twins)
        #expect(paired.regions.map(\.name) == ["first", "second"] && paired.regions.map(\.contours.count) == [1, 1])
        #expect(paired.regions.map { $0.contours[0].count } == [4, 3])
        #expect(paired.defects.map(\.kind) == [.duplicateNumber] && paired.defects[0].severity == .warning)
        #expect(paired.defects[0].message.contains("first") && paired.defects[0].message.contains("second"))

        // Both are listed, and the contours of one are there: whose they are, nobody knows.
        var set = DICOMTestRegions.structureSet(twins)
        set[0x3006_0039] = DICOMTestRegions.structureSet([twins[1]])[0x3006_0039]
        let source = ByteSource(bytes: DICOMTestFile(set).bytes, name: "set")
        let single = try StructureSet(DICOMHeader(source: source))
        #expect(single.regions.map(\.name) == ["first"] && single.regions[0].contours.map(\.count) == [3])
        #expect(single.defects.map(\.kind) == [.duplicateNumber] && single.defects[0].severity == .error)
    }

    @Test(arguments: ["FOO", "closed_planar"]) func `a contour type of no standard is told`(type: String) throws {
        let set = try read([
            .init(number: 1, name: "r", contours: [DICOMTestRegions.contour(Self.square, points: 4, type: type)])
        ])
        #expect(set.defects.map(\.kind) == [.unknownType] && set.defects[0].message.contains("found \(type)"))
        #expect(set.regions[0].contours.map(\.kind) == [.closed])
        let known = try read([
            .init(
                number: 1, name: "r",
                contours: [DICOMTestRegions.contour(Self.square, points: 4, type: "CLOSEDPLANAR_XOR")])
        ])
        #expect(known.defects.isEmpty)
    }

    @Test func `a region whose contours cannot be read is none without contours`() throws {
        let bad = DICOMTestRegions.contour("1\\nan\\3", points: 1)
        let set = try read([
            .init(number: 1, name: "bad", contours: [bad]), .init(number: 2, name: "none", contours: []),
        ])
        let labels = try set.labels(on: RegionScene(frameOfReference: nil).grid)
        let messages = labels.defects.filter { $0.kind == .noContours }.map(\.message)
        #expect(
            messages == ["region 1 (bad): none of its contours can be read", "region 2 (none): there are no contours"])
    }

    @Test func `contours that cross the lines of voxels too often are refused before memory is taken`() throws {
        // Up and down through all 24 rows, 1500 times.
        let corners = (0..<1500).map { RegionScene.point(Double($0 % 30), $0 % 2 == 0 ? -1 : 25, 2) }
        let numbers = corners.flatMap { [$0.x, $0.y, $0.z] }.map { String(Double(Int($0 * 100)) / 100) }
        let contour = DICOMTestRegions.contour(numbers.joined(separator: "\\"), points: 1500)
        let bytes = DICOMTestFile(DICOMTestRegions.structureSet([.init(number: 1, name: "r", contours: [contour])]))
            .bytes
        for (entries, isRefused) in [(500, true), (5000, false)] {
            let limits = DecodeLimits(entries: entries)
            let header = try DICOMHeader(source: ByteSource(bytes: bytes, name: "set"), limits: limits)
            let labels = try StructureSet(header, limits: limits).labels(on: RegionScene(frameOfReference: nil).grid)
            #expect(labels.defects.contains { $0.kind == .tooLarge && $0.severity == .error } == isRefused)
        }
    }

    @Test func `other objects are refused`() throws {
        var set = DICOMTestRegions.structureSet([])
        set[0x0008_0016] = .text("UI", "1.2.840.10008.5.1.4.1.1.2")
        let source = ByteSource(bytes: DICOMTestFile(set).bytes, name: "ct")
        let header = try DICOMHeader(source: source)
        #expect { try StructureSet(header) } throws: { ($0 as? FormatError)?.code == .notRecognized }
    }

    @Test func `a file that is cut or damaged ends in regions or an error`() throws {
        let contours = (0..<3).map { _ in DICOMTestRegions.contour(Self.square, points: 4, image: "2.25.77") }
        let regions = (1...3).map { DICOMTestRegions.Region(number: $0, name: "r\($0)", contours: contours) }
        let bytes = DICOMTestFile(DICOMTestRegions.structureSet(regions)).bytes
        var random = SeededGenerator(seed: 20)
        let scene = RegionScene()
        for round in 0..<300 {
            var damaged = bytes
            if round < 100 { damaged = Array(bytes.prefix(132 + (bytes.count - 132) * round / 100)) }
            for _ in 0..<(round < 100 ? 0 : 6) {
                damaged[Int.random(in: 132..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let header = try? DICOMHeader(source: ByteSource(bytes: damaged, name: "damaged")),
                let set = try? StructureSet(header)
            else { continue }
            // Whatever came out must be paintable.
            let labels = try? set.labels(on: scene.grid)
            #expect(labels?.defects.count ?? 0 < 50)
        }
    }

    @Test(arguments: [false, true])
    func `a file that is cut keeps the contours that are whole, each in its region`(leavesLengthsOpen: Bool) throws {
        let planes = [1: [11, 12, 13], 2: [21, 22, 23]]
        func numbers(_ z: Int) -> String { "1\\1\\\(z)\\9\\1\\\(z)\\9\\9\\\(z)\\1\\9\\\(z)" }
        let regions = planes.sorted { $0.key < $1.key }.map { number, planes in
            DICOMTestRegions.Region(
                number: number, name: "r\(number)",
                contours: planes.map { DICOMTestRegions.contour(numbers($0), points: 4, image: "2.25.77") })
        }
        var file = DICOMTestFile(DICOMTestRegions.structureSet(regions))
        file.leavesLengthsOpen = leavesLengthsOpen
        let bytes = file.bytes
        let all = planes.sorted { $0.key < $1.key }.flatMap(\.value)
        // Values have an even length.
        let ends = try all.map { z in
            let value = Array((numbers(z) + (numbers(z).utf8.count % 2 == 0 ? "" : " ")).utf8)
            return try #require(bytes.firstRange(of: value)).upperBound
        }
        let start = try #require(bytes.firstRange(of: [0x06, 0x30, 0x39, 0x00])).lowerBound
        let end = try #require(bytes.firstRange(of: [0x06, 0x30, 0x80, 0x00])).lowerBound
        for cut in start + 1..<end {
            let source = ByteSource(bytes: Array(bytes[..<cut]), name: "cut")
            let set = try StructureSet(DICOMHeader(source: source))
            let found = set.regions.flatMap { region in
                region.contours.map { contour -> (z: Int, name: String) in
                    guard case .patient(let points) = contour.place, points.count == 4 else { return (0, region.name) }
                    return (Int(points[3].z), region.name)
                }
            }
            #expect(found.map(\.z).sorted() == Array(zip(all, ends).filter { $1 <= cut }.map(\.0)), "cut at \(cut)")
            #expect(found.allSatisfy { $0.name.isEmpty || $0.name == "r\($0.z / 10)" }, "cut at \(cut)")
            // The second region is the only one left without contours.
            #expect(found.allSatisfy { $0.z < 20 || $0.name == "r2" })
            #expect(set.defects.contains { $0.kind == .damagedFile && $0.severity == .error }, "cut at \(cut)")
        }
    }
}
