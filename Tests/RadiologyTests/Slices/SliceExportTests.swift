import Formats
import Foundation
import ImageCore
import ImageProcessing
import Radiology
import Synchronization
import TestSupport
import Testing

@Suite struct SliceExportTests {
    /// A volume of 6 slices of 12 × 10 whose mask grows from slice to slice, stored in an orientation.
    private static func source(_ code: String = "LPS", offset: Int16 = 0) throws -> SliceSource {
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [6, 10, 12], domain: .hounsfield)
        var mask = Image<Bool>(axes: [.z, .y, .x], sizes: [6, 10, 12], color: .labels, domain: .labels)
        for i in 0..<720 {
            let (z, y, x) = (i / 120, i / 12 % 10, i % 12)
            volume[z, y, x] = Int16(-1300 + 2 * i) + offset
            mask[z, y, x] = x >= 3 && x < 3 + z && y >= 2 && y < 4 + z / 2 && z > 0
        }
        let geometry = Geometry(
            spacingMillimetres: SIMD3(0.5, 2, 3), originMillimetres: SIMD3(10, 20, -30))
        (volume.geometry, mask.geometry) = (geometry, geometry)
        let orientation = try #require(Orientation(code))
        let body = Image<Bool>(axes: [.z, .y, .x], sizes: [6, 10, 12], repeating: true)
        return SliceSource(
            volume: .int16(try volume.reoriented(to: orientation).contiguous()),
            mask: try mask.reoriented(to: orientation).contiguous(), body: code == "LPS" ? body : nil)
    }

    private static func series(_ name: String, _ source: SliceSource, identity: String = "a") -> SliceSeries {
        SliceSeries(name: name, identity: identity) { () throws(FormatError) in source }
    }

    private static var allKinds: SliceOptions {
        var options = SliceOptions()
        options.kinds = Set(SliceKind.allCases)
        return options
    }

    private static func png(_ folder: ScratchFolder, _ path: String) throws -> [UInt8] {
        let image = try FormatTable.standard.readImage(path: folder.path(path)).converted(to: UInt8.self).contiguous()
        let samples = image.samples
        return samples.indices.map { samples[$0] }
    }

    @Test func `every kind of picture, one row per slice`() throws {
        let folder = try ScratchFolder()
        let source = try Self.source()
        let export = try SliceExport(output: folder.url.path, options: Self.allKinds)
        let (record, wasDone) = try export.run(patient: "P1", series: [Self.series("CT", source)])
        #expect(!wasDone)
        #expect(record.status == .done)
        #expect(record.series.first?.taken == 6)
        let names = try FileTree(folder.url.path).names
        #expect(names.filter { $0.contains("/whole/0") }.count == 6)
        #expect(names.filter { $0.contains("/boxed/0") }.count == 5)
        #expect(!names.contains { $0.contains(".part") })
        let shades = source.volume.windowed(WindowPreset.lung.window)
        let mask = try #require(source.mask)
        for z in 0..<6 {
            let whole = try Self.png(folder, "P1/CT/whole/000\(z).png")
            #expect(whole == (0..<120).map { shades[z, $0 / 12, $0 % 12] })
            let masked = try Self.png(folder, "P1/CT/masked/000\(z).png")
            #expect(masked == (0..<120).map { mask[z, $0 / 12, $0 % 12] ? whole[$0] : 0 })
        }
        let boxed = try Self.png(folder, "P1/CT/boxed/0005.png")
        #expect(boxed == (0..<20).map { shades[5, 2 + $0 / 5, 3 + $0 % 5] })
        let rows = try String(contentsOfFile: folder.path("P1/slices.csv"), encoding: .utf8).split(separator: "\n")
        #expect(rows.count == 7)
        #expect(
            rows[0]
                == "patient,series,slice,position_mm,mask_pixels,mask_area_mm2,mask_ratio,box_x,box_y,box_width,box_height,whole,masked,mask,boxed"
        )
        #expect(rows[1] == "P1,CT,0,-30,0,0,0,,,,,CT/whole/0000.png,CT/masked/0000.png,CT/mask/0000.png,")
        #expect(rows[6].hasPrefix("P1,CT,5,-15,20,20,0.1667,3,2,5,4,CT/whole/0005.png,"))
    }

    @Test func `how a volume is stored does not change its slices`() throws {
        let folder = try ScratchFolder()
        for code in ["LPS", "RAS", "AIR"] {
            let export = try SliceExport(output: folder.path(code), options: Self.allKinds)
            _ = try export.run(patient: "P", series: [Self.series("S", try Self.source(code))], workers: 2)
        }
        let expected = try FileTree(folder.path("LPS"))
        #expect(try FileTree(folder.path("RAS")) == expected)
        #expect(try FileTree(folder.path("AIR")) == expected)
    }

    @Test func `the position of a slice is that of the patient, however slices and rows are turned`() throws {
        let folder = try ScratchFolder()
        let source = try Self.source()
        // Millimetres of the first and the second voxel along the lines of the body.
        let lines: [Axis: (first: Double, step: Double, count: Int)] = [
            .x: (10, 0.5, 12), .y: (20, 2, 10), .z: (-30, 3, 6),
        ]
        for orientation in Orientation.all {
            var options = SliceOptions()
            options.orientation = orientation
            let export = try SliceExport(output: folder.path(orientation.code), options: options)
            _ = try export.run(patient: "P", series: [Self.series("S", source)])
            let line = try #require(lines[orientation.z.axis])
            let rising = (0..<line.count).map { line.first + line.step * Double($0) }
            let isRising = ["L", "P", "S"].contains(orientation.z.rawValue)
            let positions = try Self.positions(folder, "\(orientation.code)/P")
            #expect(positions == (isRising ? rising : rising.reversed()), "\(orientation)")
        }
    }

    /// The column `position_mm`; empty fields are no number.
    private static func positions(_ folder: ScratchFolder, _ patient: String) throws -> [Double?] {
        let table = try String(contentsOfFile: folder.path("\(patient)/slices.csv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().map {
            Double($0.split(separator: ",", omittingEmptySubsequences: false)[3])
        }
    }

    @Test func `slices without one step keep their own places, and are not cut along another axis`() throws {
        let folder = try ScratchFolder()
        var source = try Self.source()
        let heights = [-30.0, -27, -24, 15, 18.5, 20]
        source.placement = .parallel(heights.map { SIMD3(10, 20, $0) })
        let whole = source.volume.windowed(WindowPreset.lung.window)
        for (code, order) in [("LPS", [0, 1, 2, 3, 4, 5]), ("LPI", [5, 4, 3, 2, 1, 0]), ("ASL", [0, 1, 2, 3, 4, 5])] {
            var options = SliceOptions()
            options.orientation = Orientation(code)
            let export = try SliceExport(output: folder.path(code), options: options)
            let record = try export.run(patient: "P", series: [Self.series("S", source)]).record
            #expect(try Self.positions(folder, "\(code)/P") == order.map { heights[$0] })
            for (index, z) in order.enumerated() {
                let picture = try Self.png(folder, "\(code)/P/S/whole/000\(index).png")
                #expect(picture == (0..<120).map { whole[z, $0 / 12, $0 % 12] })
            }
            #expect(record.series[0].notes.count == (code == "ASL" ? 1 : 0))
            #expect(record.series[0].spacingMillimetres == [0.5, 2])
        }
        var options = SliceOptions()
        options.spacingMillimetres = SIMD3(0, 0, 1)
        let export = try SliceExport(output: folder.path("fine"), options: options)
        #expect(throws: FormatError.self) { try export.run(patient: "P", series: [Self.series("S", source)]) }
        options.spacingMillimetres = SIMD3(1, 1, 0)
        let flat = try SliceExport(output: folder.path("flat"), options: options)
        _ = try flat.run(patient: "P", series: [Self.series("S", source)])
        #expect(try Self.positions(folder, "flat/P") == heights)
        source.placement = .parallel([.zero])
        #expect(throws: FormatError.self) { try export.run(patient: "P", series: [Self.series("S", source)]) }
    }

    @Test func `slices without a common place are cut as they are stacked`() throws {
        let folder = try ScratchFolder()
        var source = try Self.source("ASL")
        source.placement = .stacked
        let export = try SliceExport(output: folder.url.path, options: SliceOptions())
        let record = try export.run(patient: "P", series: [Self.series("S", source)]).record
        #expect(try Self.positions(folder, "P") == Array(repeating: nil, count: 12))
        let shades = source.volume.windowed(WindowPreset.lung.window)
        #expect(try Self.png(folder, "P/S/whole/0007.png") == (0..<60).map { shades[7, $0 / 10, $0 % 10] })
        #expect(record.series[0].notes.first?.contains("not turned to LPS") == true)
    }

    @Test func `spacings are told without what division left of them`() throws {
        let folder = try ScratchFolder()
        var source = try Self.source()
        source.mask = nil
        source.body = nil
        source.volume.geometry?.spacingMillimetres = SIMD3(0.1 + 0.2, 0.9765625, 3.2699999999999987)
        let export = try SliceExport(output: folder.url.path, options: SliceOptions())
        let record = try export.run(patient: "P", series: [Self.series("S", source)]).record
        #expect(record.series[0].spacingMillimetres == [0.3, 0.976563, 3.27])
    }

    @Test func `one window for all slices and series: equal values have equal shades`() throws {
        let folder = try ScratchFolder()
        let export = try SliceExport(output: folder.url.path, options: SliceOptions())
        // Twice the number of voxels of a slice: slice 1 of the first is slice 0 of the second.
        let series = [
            Self.series("A", try Self.source()), Self.series("B", try Self.source(offset: 240)),
        ]
        _ = try export.run(patient: "P", series: series)
        let (first, second) = (
            try Self.png(folder, "P/A/whole/0001.png"), try Self.png(folder, "P/B/whole/0000.png")
        )
        #expect(first == second)
    }

    @Test func `boxes of one size`() throws {
        let folder = try ScratchFolder()
        let source = try Self.source()
        let shades = source.volume.windowed(WindowPreset.lung.window)
        var options = Self.allKinds
        options.kinds = [.boxed]
        options.boxFit = .padded(PixelSize(width: 15, height: 3))
        _ = try SliceExport(output: folder.path("a"), options: options)
            .run(patient: "P", series: [Self.series("S", source)])
        let padded = try Self.png(folder, "a/P/S/boxed/0005.png")
        // The box is columns 3 to 7 and rows 2 to 5; the frame is columns −2 to 12 and rows 2 to 4.
        #expect(
            padded
                == (0..<45).map { i in
                    let (y, x) = (2 + i / 15, i % 15 - 2)
                    return x >= 0 && x < 12 ? shades[5, y, x] : 0
                })
        options.boxFit = .resized(PixelSize(width: 5, height: 2))
        _ = try SliceExport(output: folder.path("b"), options: options)
            .run(patient: "P", series: [Self.series("S", source)])
        let resized = try Self.png(folder, "b/P/S/boxed/0005.png")
        for i in 0..<10 {
            let (a, b) = (Int(shades[5, 2 + i / 5 * 2, 3 + i % 5]), Int(shades[5, 3 + i / 5 * 2, 3 + i % 5]))
            #expect(Int(resized[i]) == (a + b + 1) / 2)
        }
    }

    @Test func `values as they are, as NumPy files`() throws {
        let folder = try ScratchFolder()
        var options = Self.allKinds
        (options.format, options.window) = (.npy, nil)
        let source = try Self.source()
        _ = try SliceExport(output: folder.url.path, options: options)
            .run(patient: "P", series: [Self.series("S", source)])
        let whole = try ByteSource(path: folder.path("P/S/whole/0002.npy")).all()
        #expect(whole == NPYEncoder.encode(source.volume.slice(.z, at: 2)))
        let masked = try ByteSource(path: folder.path("P/S/masked/0000.npy")).all()
        #expect(masked == NPYEncoder.encode(Image<Int16>(axes: [.y, .x], sizes: [10, 12], repeating: -1000)))
    }

    @Test func `slices are chosen by area, ratio and number`() throws {
        let measures = (0..<10).map {
            SliceMeasure(
                index: $0, positionMillimetres: 0, maskPixels: 10 * $0, maskSquareMillimetres: 5 * Double($0),
                maskRatio: Double($0) / 10, box: nil)
        }
        var selection = SliceSelection()
        #expect(selection.select(measures).count == 10)
        selection.minimumPixels = 30
        #expect(selection.select(measures).map(\.index) == [3, 4, 5, 6, 7, 8, 9])
        selection.minimumSquareMillimetres = 20
        #expect(selection.select(measures).map(\.index) == [4, 5, 6, 7, 8, 9])
        selection.minimumRatio = 0.5
        #expect(selection.select(measures).map(\.index) == [5, 6, 7, 8, 9])
        selection.maximumCount = 2
        #expect(selection.select(measures).map(\.index) == [6, 8])
        selection.maximumCount = 0
        #expect(selection.select(measures).isEmpty)
        selection.maximumCount = 7
        #expect(selection.select([]).isEmpty)
    }

    @Test func `a patient with too few slices is dropped, and says so`() throws {
        let folder = try ScratchFolder()
        var options = Self.allKinds
        options.selection.minimumRatio = 0.06
        options.selection.reference = .body
        options.minimumSlices = 7
        let series = [Self.series("A", try Self.source()), Self.series("B", try Self.source())]
        let export = try SliceExport(output: folder.url.path, options: options)
        // The masks have 0, 2, 6, 9, 16 and 20 of 120 pixels: three of each series pass.
        #expect(try export.run(patient: "P", series: series).record.status == .dropped)
        options.minimumSlices = 6
        let enough = try SliceExport(output: folder.path("enough"), options: options)
        #expect(try enough.run(patient: "P", series: series).record.series.map(\.taken) == [3, 3])
        let one = try export.run(patient: "Q", series: [series[0]])
        #expect(one.record.status == .dropped)
        #expect(one.record.reason?.contains("at least 7") == true)
        #expect(try FileTree(folder.path("Q")).names == ["patient.json", "slices.csv"])
        #expect(try export.run(patient: "Q", series: [series[0]]).wasDone)
    }

    @Test func `what is done is left alone, what changed is done anew, what was killed is completed`() throws {
        let folder = try ScratchFolder()
        let loads = Mutex(0)
        let source = try Self.source()
        func series(_ identity: String) -> SliceSeries {
            SliceSeries(name: "S", identity: identity) { () throws(FormatError) in
                loads.withLock { $0 += 1 }
                return source
            }
        }
        let export = try SliceExport(output: folder.url.path, options: Self.allKinds)
        _ = try export.run(patient: "P", series: [series("1")])
        let expected = try FileTree(folder.url.path)
        #expect(try export.run(patient: "P", series: [series("1")]).wasDone)
        #expect(loads.withLock { $0 } == 1)
        // As a killed run leaves it.
        try FileManager.default.createDirectory(
            atPath: folder.path(".partial/P.slices/S/whole"), withIntermediateDirectories: true)
        _ = try folder.write([1, 2, 3], to: ".partial/P.slices/S/whole/9999.png")
        try FileManager.default.removeItem(atPath: folder.path("P"))
        #expect(try !export.run(patient: "P", series: [series("1")]).wasDone)
        #expect(try FileTree(folder.url.path) == expected)
        var again = export
        again.overwrites = true
        #expect(try !again.run(patient: "P", series: [series("2")]).wasDone)
        var options = Self.allKinds
        options.window = WindowPreset.bone.window
        var other = try SliceExport(output: folder.url.path, options: options)
        other.overwrites = true
        #expect(try !other.run(patient: "P", series: [series("2")]).wasDone)
        #expect(loads.withLock { $0 } == 4)
    }

    @Test func `what cannot be done says so and leaves nothing`() throws {
        let folder = try ScratchFolder()
        let export = try SliceExport(output: folder.url.path, options: Self.allKinds)
        var source = try Self.source()
        func fails(_ series: [SliceSeries]) {
            #expect(throws: FormatError.self) { try export.run(patient: "P", series: series) }
        }
        fails([Self.series("S", source), Self.series("S", source)])
        source.mask?.geometry?.originMillimetres.x += 5
        fails([Self.series("S", source)])
        source.mask = Image(axes: [.z, .y, .x], sizes: [6, 10, 11])
        fails([Self.series("S", source)])
        source.mask = nil
        fails([Self.series("S", source)])
        fails([
            SliceSeries(name: "S", identity: "") { () throws(FormatError) in
                throw FormatError(.truncated, file: "x", found: "nothing")
            }
        ])
        #expect(!(try FileTree(folder.url.path).names.contains { $0.hasPrefix("P") || $0.hasPrefix(".partial/P") }))
        var options = SliceOptions()
        options.window = nil
        #expect(throws: FormatError.self) { try SliceExport(output: "x", options: options) }
        options = SliceOptions()
        options.kinds = []
        #expect(throws: FormatError.self) { try SliceExport(output: "x", options: options) }
        options = SliceOptions()
        options.boxFit = .padded(PixelSize(width: 0, height: 5))
        #expect(throws: FormatError.self) { try SliceExport(output: "x", options: options) }
    }

    @Test func `names that are no folders`() throws {
        let folder = try ScratchFolder()
        let export = try SliceExport(output: folder.url.path, options: SliceOptions())
        let source = try Self.source()
        _ = try export.run(patient: "../x,\"y\"", series: [Self.series("../../etc", source), Self.series("", source)])
        let names = try FileTree(folder.url.path).names
        // FNV-1a of the name: what is told apart by a character that a folder cannot have stays apart.
        #expect(names.allSatisfy { $0.hasPrefix("___x,\"y\"-54395abb/") })
        let rows = try String(contentsOfFile: folder.path("___x,\"y\"-54395abb/slices.csv"), encoding: .utf8)
        #expect(rows.contains("\"../x,\"\"y\"\"\",../../etc,0,"))
    }

    @Test func `names that differ have folders that differ, and none is hidden, elsewhere or too long`() throws {
        let folder = try ScratchFolder()
        let export = try SliceExport(output: folder.url.path, options: SliceOptions())
        let source = try Self.source()
        let long = String(repeating: "é", count: 300)
        let patients = [
            "a/b", "a_b", "a\\b", "a\u{1b}[2Jb", "a\nb", "a\u{85}b", "a\u{202e}b", ".", "..", ".a", "_a", "_", "/", "",
            long, long + "x", "plain 1", "Ünï",
        ]
        for patient in patients {
            let done = try export.run(patient: patient, series: [Self.series(patient + ".1", source)])
            #expect(!done.wasDone && done.record.patient == patient)
            #expect(try export.run(patient: patient, series: [Self.series(patient + ".1", source)]).wasDone)
        }
        let folders = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(folders.count == patients.count)
        #expect(Set(["plain 1", "a_b", "_a", "_", "Ünï"]).isSubset(of: folders))
        for name in folders {
            #expect(!name.hasPrefix(".") && name.utf8.count <= 130 && !name.contains("\\"))
            #expect(name.unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7f...0x9f).contains($0.value) })
            #expect(name.unicodeScalars.allSatisfy { $0 != "\u{202e}" })
        }
    }

    @Test func `slices of other options or files are refused, or replaced where that is wanted`() throws {
        let folder = try ScratchFolder()
        let source = try Self.source()
        var export = try SliceExport(output: folder.url.path, options: Self.allKinds)
        _ = try export.run(patient: "P", series: [Self.series("S", source, identity: "1")])
        let before = try FileTree(folder.url.path)
        func refusal(_ export: SliceExport, _ name: String, _ identity: String) -> FormatError? {
            do throws(FormatError) {
                _ = try export.run(patient: "P", series: [Self.series(name, source, identity: identity)])
                return nil
            } catch { return error }
        }
        let files = try #require(refusal(export, "S", "2"))
        #expect(files.place == "series S" && files.expected?.hasPrefix("1 as for the slices") == true)
        #expect(refusal(export, "T", "1")?.place == "series")
        var options = Self.allKinds
        options.window = WindowPreset.bone.window
        export = try SliceExport(output: folder.url.path, options: options)
        let window = try #require(refusal(export, "S", "1"))
        #expect(window.code == .invalidRequest && window.place == "window" && window.found.contains("400"))
        #expect(try FileTree(folder.url.path) == before)
        export.overwrites = true
        #expect(refusal(export, "S", "1") == nil)
        #expect(try FileTree(folder.url.path) != before)
        // What no record stands beside is not ours to remove.
        try FileManager.default.createDirectory(atPath: folder.path("Q"), withIntermediateDirectories: true)
        _ = try folder.write([1], to: "Q/thesis.txt")
        #expect(throws: FormatError.self) { try export.run(patient: "Q", series: [Self.series("S", source)]) }
        #expect(try FileTree(folder.path("Q")).names == ["thesis.txt"])
    }
}
