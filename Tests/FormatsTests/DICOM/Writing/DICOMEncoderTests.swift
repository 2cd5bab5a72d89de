import Formats
import Foundation
import TestSupport
import Testing

struct DICOMEncoderTests {
    private static var minimal: DICOMItem {
        var item = DICOMItem()
        item.put(.sopInstanceUID, .ui, "2.25.7")
        item.put(.sopClassUID, .ui, "1.2.840.10008.5.1.4.1.1.7")
        return item
    }

    /// Every kind of value, put in any order.
    private static var rich: DICOMItem {
        var item = minimal
        item.put(.patientName, .pn, "Müller^Jörg=山田^太郎")
        item.put(.imageType, .cs, ["DERIVED", "SECONDARY"])
        item.put(.rows, .us, 65535)
        item.put(.instanceNumber, .is, -12)
        item.put(.windowCenter, .ds, [0.1, -1.0 / 3])
        item.put(.patientBirthDate, .da, String?.none)
        item.put(.frameIncrementPointer, .at, .tags([DICOMTag(0x0018, 0x2001)]))
        item.put(.realWorldValueSlope, .fd, [0.1])
        item.put(.graphicData, .fl, [1.5, -2.5])
        item.put(.dimensionIndexValues, .ul, .integers([1, 4_000_000_000]))
        item.put(.columnPositionInTotalImagePixelMatrix, .sl, -5)
        item.put(.extendedOffsetTable, .ov, .unsigned([1 << 40]))
        item.put(.lutData, .ow, .integers([1, 65535]))
        item.put(.pixelPaddingValue, .ss, -2000)
        var code = DICOMItem()
        code.put(.codeValue, .sh, "T-1")
        code.put(.codeMeaning, .lo, "größer")
        item.put(.conceptNameCodeSequence, items: [code, DICOMItem()])
        return item
    }

    @Test func `a data set comes back from the header reader`() throws {
        let folder = try ScratchFolder()
        let path = folder.path("a.dcm")
        try DICOMEncoder().write(Self.rich, to: path)
        let header = try DICOMHeader(path: path)
        let data = header.dataSet
        #expect(header.problems.isEmpty)
        #expect(header.transferSyntax == .explicitLittleEndian)
        #expect(header.fileMeta.text(.mediaStorageSOPInstanceUID) == "2.25.7")
        #expect(data.elements.map(\.tag) == data.elements.map(\.tag).sorted())
        #expect(data.text(.patientName) == "Müller^Jörg=山田^太郎")
        #expect(data.texts(.imageType) == ["DERIVED", "SECONDARY"])
        #expect(data.integer(.rows) == 65535 && data.integer(.instanceNumber) == -12)
        #expect(data.doubles(.windowCenter) == [0.1, -0.3333333333333])
        #expect(data.element(.patientBirthDate)?.length == 0)
        #expect(data.doubles(.graphicData) == [1.5, -2.5])
        #expect(data.integers(.dimensionIndexValues) == [1, 4_000_000_000])
        #expect(data.integer(.columnPositionInTotalImagePixelMatrix) == -5)
        #expect(data.integer(.extendedOffsetTable) == 1 << 40)
        #expect(data.integer(.pixelPaddingValue) == -2000)
        #expect(data.items(.conceptNameCodeSequence).map { $0.text(.codeMeaning) } == ["größer", nil])
    }

    @Test func `a data set comes back from DCMTK`() throws {
        let folder = try ScratchFolder()
        let path = folder.path("a.dcm")
        try DICOMEncoder().write(Self.rich, to: path)
        let object = try DICOMObject(path: path)
        #expect(object.source == .dcmtk && object.problems.isEmpty)
        var expected = Self.rich
        expected.put(.specificCharacterSet, .cs, "ISO_IR 192")
        expected.put(.instanceNumber, .is, "-12")
        expected.put(.windowCenter, .ds, ["0.1", "-0.3333333333333"])
        #expect(object.dataSet.attributes.map(\.tag) == expected.attributes.map(\.tag))
        for (found, wanted) in zip(object.dataSet.attributes, expected.attributes) where wanted.vr != .sq {
            #expect(found.vr == wanted.vr && found.value == wanted.value, "\(wanted.tag)")
        }
        #expect(object.dataSet.items(.conceptNameCodeSequence).first?.text(.codeMeaning) == "größer")
    }

    /// The digest was taken of a file that pydicom 3.0.2 wrote with the same elements (`dcmwrite`, implementation UID
    /// and name set to the same).
    @Test func `pixel data is padded, and the bytes depend on the input alone`() throws {
        let folder = try ScratchFolder()
        var item = Self.minimal
        item.put(.bitsAllocated, .us, 8)
        let pixels: [UInt8] = [1, 2, 3]
        try DICOMEncoder().write(item, pixels: unsafe pixels.span.bytes, to: folder.path("a.dcm"))
        try DICOMEncoder().write(item, pixels: unsafe pixels.span.bytes, to: folder.path("b.dcm"))
        let bytes = try Data(contentsOf: folder.url.appending(path: "a.dcm"))
        #expect(bytes == (try Data(contentsOf: folder.url.appending(path: "b.dcm"))))
        #expect(bytes.suffix(16) == Data([0xE0, 0x7F, 0x10, 0, 0x4F, 0x42, 0, 0, 4, 0, 0, 0, 1, 2, 3, 0]))
        #expect(SHA256.hex(bytes) == "84a4cd2df9fc5dd032728f9a2e1dbd3aa25df5adfdd547dd8ca7a16e28d78eb4")
    }

    static let refused: [(DICOMTag, DICOMVR, DICOMValue)] = [
        (.patientID, .lo, .text([String(repeating: "a", count: 65)])), (.accessionNumber, .sh, .text(["a\\b"])),
        (.modality, .cs, .text(["ct"])), (.modality, .cs, .text(["ABCDEFGHIJKLMNOPQ"])),
        (.studyInstanceUID, .ui, .text(["1.02"])), (.studyInstanceUID, .ui, .text(["2.25.x"])),
        (.patientBirthDate, .da, .text(["2020-1-1"])),
        (.patientAge, .as, .text(["7Y"])), (.studyTime, .tm, .text(["1"])), (.instanceNumber, .is, .text(["1.5"])),
        (.sliceThickness, .ds, .text(["thin"])), (.sliceThickness, .ds, .decimals([.nan])),
        (.rows, .us, .integers([65536])), (.rows, .us, .integers([-1])), (.rows, .us, .text(["1"])),
        (.pixelPaddingValue, .ss, .integers([40000])), (.patientID, .lo, .integers([1])),
        (.patientID, .lo, .text(["a\u{1B}b"])), (.patientID, .lo, .notLoaded), (.rows, .us, .items([])),
        (.windowCenter, .ds, .text([String(repeating: "1", count: 17)])),
        (.imageType, .cs, .text([String](repeating: "ABCDEFGHIJKLMNO", count: 5000))),
    ]

    @Test(arguments: refused.indices)
    func `what a VR does not allow is refused before a file is created`(index: Int) throws {
        let folder = try ScratchFolder()
        let (tag, vr, value) = Self.refused[index]
        var item = Self.minimal
        item.put(tag, vr, value)
        let error = #expect(throws: FormatError.self) { try DICOMEncoder().write(item, to: folder.path("a.dcm")) }
        #expect(error?.place == "\(tag)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func `an object needs a class and an identifier`() throws {
        let folder = try ScratchFolder()
        #expect(throws: FormatError.self) { try DICOMEncoder().write(DICOMItem(), to: folder.path("a.dcm")) }
        #expect(throws: FormatError.self) {
            try DICOMEncoder().write(Self.minimal, to: folder.path("missing/a.dcm"))
        }
    }

    @Test func `identifiers follow from their facts`() {
        let one = DICOMUIDHash("a", "b")
        #expect(one.uid == DICOMUIDHash("a", "b").uid)
        let others =
            [
                DICOMUIDHash("ab"), DICOMUIDHash("a", "b", ""), DICOMUIDHash("b", "a"), DICOMUIDHash(),
            ].map(\.uid) + [one.uid("x"), one.uid("y")]
        #expect(Set(others + [one.uid]).count == 7)
        for uid in others {
            #expect(uid.hasPrefix("2.25.") && uid.count <= 44)
            // A UUID of version 8 and the variant of RFC 9562.
            let number = UInt128(uid.dropFirst(5)) ?? 0
            #expect(number >> 76 & 0xF == 8 && number >> 62 & 3 == 2)
        }
        var bytes = DICOMUIDHash()
        bytes.combine([1, 2, 3, 4, 5, 6, 7, 8, 9])
        var zero = DICOMUIDHash()
        zero.combine([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
        #expect(bytes.uid != zero.uid)
    }
}
