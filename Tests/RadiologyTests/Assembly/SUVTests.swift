import ImageCore
import Formats
import Foundation
import Radiology
import TestSupport
import Testing

struct SUVTests {
    /// A PET slice: 70 kg, 370 MBq of F-18 injected one hour before the series.
    private func volume(
        _ change: (inout [UInt32: DICOMTestDataSet.Value]) -> Void = { _ in }, converted: Bool = false
    ) throws -> Volume {
        var slice = TortureSeries().slices[2]
        slice.intercept = 0
        slice.extra = Self.tags
        change(&slice.extra)
        let folder = try ScratchFolder()
        _ = try folder.write(slice.file(series: "2.25.6"), to: "pet")
        var options = VolumeOptions()
        options.convertsToSUV = converted
        return try VolumeReader(folder: folder.url.path, options: options).volume()
    }

    private static var tags: [UInt32: DICOMTestDataSet.Value] {
        [
            0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.128"), 0x0008_0060: .text("CS", "PT"),
            0x0008_0021: .text("DA", "20240229"), 0x0008_0031: .text("TM", "110000.00"),
            0x0008_0022: .text("DA", "20240229"), 0x0008_0032: .text("TM", "110005"),
            0x0010_1030: .text("DS", "70"), 0x0028_0051: .text("CS", "DECY\\ATTN\\SCAT"),
            0x0054_0016: drug(), 0x0054_1001: .text("CS", "BQML"), 0x0054_1102: .text("CS", "START"),
        ]
    }

    // 70000 / (370e6 · 2^(−3600 / 6586.2)), by Python.
    private let factor = 0.0002763369

    @Test func `the dose decays until the series time`() throws {
        let volume = try volume()
        #expect(volume.unit == .becquerelsPerMillilitre)
        guard case .factor(let found, .seriesTime) = volume.suv else {
            Issue.record("\(String(describing: volume.suv))")
            return
        }
        #expect(abs(found / factor - 1) < 1e-6)
    }

    @Test func `a series made afterwards counts from the acquisition`() throws {
        let volume = try volume { tags in
            tags[0x0008_0031] = .text("TM", "180000")
            tags[0x0008_0032] = .text("TM", "110000")
        }
        guard case .factor(let found, .acquisitionTime) = volume.suv else {
            Issue.record("\(String(describing: volume.suv))")
            return
        }
        #expect(abs(found / factor - 1) < 1e-6)
    }

    @Test func `images corrected to the injection need no decay`() throws {
        let volume = try volume { $0[0x0054_1102] = .text("CS", "ADMIN") }
        #expect(volume.suv == .factor(70000 / 370e6, .administration))
    }

    @Test func `what is missing is named`() throws {
        #expect(try volume { $0[0x0010_1030] = nil }.suv == .unavailable(.missing("PatientWeight")))
        #expect(try volume { $0[0x0054_1001] = .text("CS", "CNTS") }.suv == .unavailable(.unit("CNTS")))
        #expect(try volume { $0[0x0054_1102] = nil }.suv == .unavailable(.uncorrected("DecayCorrection is missing")))
        #expect(
            try volume {
                $0[0x0008_0031] = nil
                $0[0x0008_0032] = nil
            }.suv == .unavailable(.missing("SeriesTime")))
        let uncorrected = try volume { $0[0x0028_0051] = .text("CS", "DECY") }
        #expect(uncorrected.suv == .unavailable(.uncorrected("CorrectedImage lacks ATTN")))
        #expect(throws: FormatError.self) { try volume({ $0[0x0010_1030] = nil }, converted: true) }
    }

    @Test func `images without a correction of decay have no SUV`() throws {
        let none: (inout [UInt32: DICOMTestDataSet.Value]) -> Void = { $0[0x0054_1102] = .text("CS", "NONE") }
        #expect(try volume(none).suv == .unavailable(.uncorrected("DecayCorrection is NONE")))
        let error = #expect(throws: FormatError.self) { try volume(none, converted: true) }
        #expect(error?.description.contains("DecayCorrection is NONE") == true)
        let undone = try volume { $0[0x0028_0051] = .text("CS", "ATTN") }
        #expect(undone.suv == .unavailable(.uncorrected("CorrectedImage lacks DECY")))
    }

    @Test func `an injection on the day before counts back over midnight`() throws {
        // Injected at 23:30, imaged at 00:30.
        let volume = try volume { tags in
            tags[0x0008_0031] = .text("TM", "003000")
            tags[0x0008_0032] = .text("TM", "003005")
            var drug = DICOMTestDataSet()
            drug[0x0018_1072] = .text("TM", "233000")
            drug[0x0018_1074] = .text("DS", "370000000")
            drug[0x0018_1075] = .text("DS", "6586.2")
            tags[0x0054_0016] = .items([drug])
        }
        guard case .factor(let found, .seriesTime) = volume.suv else {
            Issue.record("\(String(describing: volume.suv))")
            return
        }
        #expect(abs(found / factor - 1) < 1e-6)
    }

    @Test func `values that are SUV already, or have the vendor's factor, need no times`() throws {
        #expect(try volume { $0[0x0054_1001] = .text("CS", "GML") }.suv == .factor(1, .stored))
        let counts = try volume { tags in
            tags[0x0054_1001] = .text("CS", "CNTS")
            tags[0x7053_0010] = .text("LO", "Philips PET Private Group")
            tags[0x7053_1000] = .text("DS", "0.00038")
        }
        #expect(counts.suv == .factor(0.00038, .privateFactor))
    }

    @Test(arguments: ["LBM", "IBW", "BSA", "LBMJANMA"])
    func `uptake by anything else than body weight keeps its name and is no SUV by body weight`(type: String) throws {
        let other = try volume { tags in
            tags[0x0054_1001] = .text("CS", "GML")
            tags[0x0054_1006] = .text("CS", type)
        }
        #expect(other.unit == .named("SUV\(type.lowercased())"))
        #expect(other.suv == .unavailable(.unit("SUV\(type.lowercased())")))
        let own = try volume { tags in
            tags[0x0054_1001] = .text("CS", "GML")
            tags[0x0054_1006] = .text("CS", "BW")
        }
        #expect(own.unit == .suvBodyWeight && own.suv == .factor(1, .stored))
    }

    @Test func `the private scan time of GE counts before series and acquisition`() throws {
        // A series made in the evening of a bed position in the afternoon; the scan began at 11:00.
        let volume = try volume { tags in
            tags[0x0008_0031] = .text("TM", "180000")
            tags[0x0008_0032] = .text("TM", "113000")
            tags[0x0009_0010] = .text("LO", "GEMS_PETD_01")
            tags[0x0009_100D] = .text("DT", "20240229110000.00")
        }
        guard case .factor(let found, .privateScanTime) = volume.suv else {
            Issue.record("\(String(describing: volume.suv))")
            return
        }
        #expect(abs(found / factor - 1) < 1e-6)
    }

    @Test func `a private scan time in the block of another creator does not count`() throws {
        let volume = try volume { tags in
            tags[0x0009_0010] = .text("LO", "GEMS_GENIE_1")
            tags[0x0009_100D] = .text("DT", "20240229103000.00")
        }
        guard case .factor(let found, .seriesTime) = volume.suv else {
            Issue.record("\(String(describing: volume.suv))")
            return
        }
        #expect(abs(found / factor - 1) < 1e-6)
    }

    @Test func `counts of Philips become activity where there is no factor to SUV`() throws {
        func counts(_ change: (inout [UInt32: DICOMTestDataSet.Value]) -> Void = { _ in }) throws -> SUVScale? {
            try volume { tags in
                tags[0x0054_1001] = .text("CS", "CNTS")
                tags[0x7053_0010] = .text("LO", "Philips PET Private Group")
                tags[0x7053_1000] = .text("DS", "0")
                tags[0x7053_1009] = .text("DS", "2.5")
                change(&tags)
            }.suv
        }
        guard case .factor(let found, .seriesTime) = try counts() else {
            Issue.record("\(String(describing: try counts()))")
            return
        }
        // Counts x 2.5 are Bq/ml; the rest as for Bq/ml.
        #expect(abs(found / (2.5 * factor) - 1) < 1e-6)
        #expect(try counts { $0[0x7053_1009] = .text("DS", "0") } == .unavailable(.unit("CNTS")))
        #expect(try counts { $0[0x7053_0010] = .text("LO", "ANOTHER") } == .unavailable(.unit("CNTS")))
    }

    @Test func `times that cannot be are no SUV`() throws {
        let volume = try volume { tags in
            var drug = DICOMTestDataSet()
            drug[0x0018_1078] = .text("DT", "20240229150000")
            drug[0x0018_1074] = .text("DS", "370000000")
            drug[0x0018_1075] = .text("DS", "6586.2")
            tags[0x0054_0016] = .items([drug])
        }
        #expect(
            volume.suv
                == .unavailable(
                    .implausibleTimes(
                        "expected an injection at most 12 h before the scan at 2024-02-29 11:00:00, "
                            + "found one at 2024-02-29 15:00:00")))
    }

    /// Tags of the drug of `volume`, changed.
    private static func drug(_ tags: [UInt32: (vr: String, text: String)] = [:]) -> DICOMTestDataSet.Value {
        var drug = DICOMTestDataSet()
        let usual: [UInt32: (vr: String, text: String)] = [
            0x0018_1072: ("TM", "100000"), 0x0018_1074: ("DS", "370000000"), 0x0018_1075: ("DS", "6586.2"),
        ]
        for (tag, value) in usual.merging(tags, uniquingKeysWith: { $1 }) { drug[tag] = .text(value.vr, value.text) }
        return .items([drug])
    }

    @Test func `a start without a date is on the day before only while there is activity left`() throws {
        // 10:00 after a scan at 09:00 would be 23 hours before it.
        let times: [UInt32: DICOMTestDataSet.Value] = [
            0x0008_0031: .text("TM", "090000"), 0x0008_0032: .text("TM", "090005"),
        ]
        let short = try volume { $0.merge(times) { $1 } }
        guard case .unavailable(.implausibleTimes(let sentence)) = short.suv else {
            Issue.record("\(String(describing: short.suv))")
            return
        }
        #expect(sentence.contains("2024-02-29 09:00:00") && sentence.contains("2024-02-28 10:00:00"))
        // Zirconium-89 has a half-life of 78.4 hours: 70000 / (370e6 · 2^(−23 / 78.4)).
        let long = try volume { tags in
            tags.merge(times) { $1 }
            tags[0x0054_0016] = Self.drug([0x0018_1075: ("DS", "282240")])
        }
        guard case .factor(let found, .seriesTime) = long.suv else {
            Issue.record("\(String(describing: long.suv))")
            return
        }
        #expect(abs(found / 0.00023185085 - 1) < 1e-6)
    }

    @Test(arguments: [("-0500", "20240229150000+0000"), ("+0130", "20240229100000+0130"), (nil, "20240229100000+0000")])
    func `a time zone of the injection counts against that of the file`(zone: String?, start: String) throws {
        let volume = try volume { tags in
            if let zone { tags[0x0008_0201] = .text("SH", zone) }
            tags[0x0054_0016] = Self.drug([0x0018_1078: ("DT", start)])
        }
        guard case .factor(let found, .seriesTime) = volume.suv else {
            Issue.record("\(String(describing: volume.suv))")
            return
        }
        #expect(abs(found / factor - 1) < 1e-6)
    }

    @Test func `a dose in megabecquerels and a half-life in hours are refused`() throws {
        let dose = try volume { $0[0x0054_0016] = Self.drug([0x0018_1074: ("DS", "370")]) }
        let halfLife = try volume { $0[0x0054_0016] = Self.drug([0x0018_1075: ("DS", "1.8295")]) }
        for (suv, words) in [
            (dose.suv, ["(0018,1074)", "370", "Bq"]), (halfLife.suv, ["(0018,1075)", "1.8295", "60 s"]),
        ] {
            guard case .unavailable(let reason) = suv else {
                Issue.record("\(String(describing: suv))")
                continue
            }
            #expect(words.allSatisfy { reason.words.contains($0) })
        }
    }

    @Test(
        arguments: [
            (0x0054_1001, .text("CS", "GML"), "unit"), (0x0054_1102, .text("CS", "ADMIN"), "decay correction"),
            (0x0010_1030, .text("DS", "71"), "patient's weight"),
            (0x0054_0016, drug([0x0018_1074: ("DS", "380000000")]), "radionuclide dose"),
            (0x0054_0016, drug([0x0018_1072: ("TM", "100100")]), "radiopharmaceutical start"),
        ] as [(UInt32, DICOMTestDataSet.Value, String)])
    func `slices that disagree have no SUV and are told`(
        tag: UInt32, value: DICOMTestDataSet.Value, name: String
    ) throws {
        let folder = try ScratchFolder()
        for (index, slice) in TortureSeries().slices.prefix(3).enumerated() {
            var slice = slice
            slice.extra = Self.tags
            if index == 1 { slice.extra[tag] = value }
            _ = try folder.write(slice.file(series: "2.25.6"), to: "\(index)")
        }
        let volume = try VolumeReader(folder: folder.url.path).volume()
        #expect(volume.suv == .unavailable(.conflicting(name)))
        let told = volume.defects.filter {
            $0.kind == .conflictingAttributes && $0.message.contains("the \(name) differs")
        }
        #expect(told.map(\.severity) == [.warning] && told.first?.files.count == 1)
        var options = VolumeOptions()
        options.convertsToSUV = true
        #expect(throws: FormatError.self) { try VolumeReader(folder: folder.url.path, options: options).volume() }
    }

    @Test func `a converted volume is the product`() throws {
        let (plain, converted) = (try volume(), try volume(converted: true))
        #expect(converted.unit == .suvBodyWeight && converted.reasons.unit == .converted)
        #expect(converted.image.kind == .float32)
        let (a, b) = (plain.image.converted(to: Float.self), converted.image.converted(to: Float.self))
        #expect(a[0, 3, 4] > 0)
        #expect(abs(Double(b[0, 3, 4]) / Double(a[0, 3, 4]) / factor - 1) < 1e-6)
    }
}
