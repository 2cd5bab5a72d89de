import Annotations
import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Files that break their format's rules: one error that names file and place, never a crash.
struct MalformedTests {
    static let asap = """
        <?xml version="1.0"?>
        <ASAP_Annotations>
          <Annotations>
            <Annotation Name="Annotation 0" Type="Polygon" PartOfGroup="Tumor" Color="#F4FA58">
              <Coordinates>
                <Coordinate Order="0" X="10" Y="10" />
                <Coordinate Order="1" X="110" Y="10" />
                <Coordinate Order="2" X="110" Y="90,5" />
              </Coordinates>
            </Annotation>
          </Annotations>
          <AnnotationGroups>
            <Group Name="Tumor" PartOfGroup="None" Color="#64FE2E"><Attributes /></Group>
          </AnnotationGroups>
        </ASAP_Annotations>
        """
    static let geoJSON = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,1],[9,1],[9,8.5],[1,1]]]},
        "properties":{"classification":{"name":"Tumor","color":[200,0,0]}}},
        {"type":"Feature","geometry":{"type":"Point","coordinates":[3,4]},"properties":null}]}
        """
    static let table =
        "id,x,y,class\nA,1,1,tumor\nA,9,1,tumor\nA,9,\"8.5\",tumor\nB,1,2,\"a \"\"b\"\"\"\nB,3,4,x\nB,5,1,x\n"

    @Test func `the samples themselves are read`() throws {
        for text in [Self.asap, Self.geoJSON, Self.table] {
            #expect(try !AnnotationFiles.read(text: text).regions.isEmpty)
        }
    }

    @Test func `unclosed XML names line and column`() throws {
        let cut = try #require(Self.asap.range(of: "</Coordinates>"))
        let error = try #require(failure(String(Self.asap[..<cut.lowerBound]), name: "cut.xml"))
        #expect(error.code == .truncated && error.file == "cut.xml")
        #expect(error.place == "line 9, column 7" && error.found.contains("4 elements are not closed"))
        let swapped = try #require(failure("<ASAP_Annotations>\n<a></b>\n</ASAP_Annotations>"))
        #expect(swapped.place?.hasPrefix("line 2") == true && swapped.found.contains("mismatched tag"))
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<ASAP_Annotations>&b;</ASAP_Annotations>",
        "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<ASAP_Annotations>&a;</ASAP_Annotations>",
        "<!DOCTYPE a [<!ENTITY % a SYSTEM \"http://localhost/x\">%a;]>\n<ASAP_Annotations/>",
    ])
    func `entity declarations are refused`(text: String) throws {
        let error = try #require(failure(text))
        #expect(error.found == "entity declarations are not allowed" && error.place == "line 1")
    }

    @Test(arguments: ["NaN", "inf", "-INF", "1e400", "2000000000", "-1e300", "0x10", "", "ten", "1 2"])
    func `coordinates that are no usable numbers name their line`(number: String) throws {
        let xml = try #require(failure(Self.asap.replacing("X=\"110\" Y=\"10\"", with: "X=\"\(number)\" Y=\"10\"")))
        #expect(xml.code == .corrupt && xml.place == "line 7")
        let table = try #require(failure(Self.table.replacing("A,9,1", with: "A,\(number),1")))
        #expect(table.code == .corrupt && table.place == "line 3")
    }

    @Test(arguments: ["NaN", "1e999", "1e300", "2000000000", "null", "\"9\"", "[]", "Infinity"])
    func `GeoJSON coordinates that are no usable numbers name the feature`(number: String) throws {
        let error = try #require(failure(Self.geoJSON.replacing("[3,4]", with: "[3,\(number)]"), name: "a.geojson"))
        #expect(error.code == .corrupt && error.file == "a.geojson" && error.place != nil)
        #expect(!error.description.contains("\n"))
    }

    @Test(arguments: [
        ("{\"a\":1,}", 8), ("[1,,2]", 4), ("{\"a\" 1}", 6), ("[1 2]", 4), ("[1]]", 4), ("{'a':1}", 2), ("[01]", 4),
        ("[-]", 3), ("[1.]", 4), ("[tru]", 5), ("[\"a\tb\"]", 4), ("[1}", 3), ("{\"a\"}", 5), ("[1,]", 4), ("[+1]", 4),
    ])
    func `JSON that breaks the grammar names the column`(text: String, column: Int) throws {
        let error = try #require(failure(text))
        #expect(error.code == .corrupt && error.place == "line 1, column \(column)")
    }

    @Test func `a class that no map knows names file, place and class`() throws {
        let set = try AnnotationFiles.read(text: Self.asap.replacing("Tumor", with: "Stroma"), name: "s.xml")
        let error = #expect(throws: FormatError.self) { try ClassMap.camelyon16.resolve(set) }
        #expect(
            error?.description
                == "s.xml: line 4: expected a class of the map (tumor, exclusion), found group \"Stroma\"")
        let skipped = try ClassMap.camelyon16.resolve(set, unknown: .skip)
        #expect(skipped.layers.isEmpty && skipped.warnings.count == 1)
    }

    @Test(arguments: ["", " \n\t ", "\u{FEFF}"]) func `empty files are not recognized`(text: String) throws {
        #expect(try #require(failure(text)).code == .notRecognized)
    }

    @Test func `binary content is not recognized`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(failure(bytes: bytes) != nil)
        }
        #expect(try #require(failure(bytes: [0x1F, 0x8B, 8, 0])).code == .unsupported)
        #expect(try #require(failure(bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])).code == .notRecognized)
    }

    @Test func `deep nesting ends at the limit`() throws {
        let json = String(repeating: "[", count: 100_000)
        #expect(try #require(failure(json)).code == .limitExceeded)
        let objects = String(repeating: "{\"type\":\"Feature\",\"childObjects\":[", count: 50_000)
        #expect(try #require(failure(objects)).code == .limitExceeded)
        #expect(try #require(failure(String(repeating: "<a>", count: 100_000))).code == .limitExceeded)
    }

    @Test func `numbers of elements, rows and bytes end at the limits`() throws {
        let few = AnnotationOptions(limits: DecodeLimits(bytes: 1 << 20, nesting: 16, entries: 3))
        for text in [Self.asap, Self.table] {
            #expect(try #require(failure(text, options: few)).code == .limitExceeded)
        }
        let small = AnnotationOptions(limits: DecodeLimits(bytes: 100, nesting: 16, entries: 1 << 20))
        #expect(try #require(failure(Self.geoJSON, options: small)).code == .limitExceeded)
    }

    @Test func `other encodings are read or refused, never mistaken`() throws {
        let latin = Array(Self.table.replacing("tumor", with: "tum#r").utf8).map { $0 == UInt8(ascii: "#") ? 0xF6 : $0 }
        #expect(try #require(failure(bytes: latin)).place == "line 2")
        let wideTable = Self.table.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(failure(bytes: [0xFF, 0xFE] + wideTable) != nil)
        // XML says its encoding; Expat reads UTF-16 and Latin-1.
        let wide: [UInt8] = [0xFF, 0xFE] + Self.asap.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(try AnnotationFiles.read(ByteSource(bytes: wide)).regions.count == 1)
        let named = Self.asap.replacing("version=\"1.0\"", with: "version=\"1.0\" encoding=\"ISO-8859-1\"")
        let bytes = Array(named.replacing("Annotation 0", with: "T#r").utf8).map { $0 == UInt8(ascii: "#") ? 0xFC : $0 }
        // The colors' number signs change as well, which leaves the colors unknown.
        #expect(try AnnotationFiles.read(ByteSource(bytes: bytes)).regions.first?.name == "Tür")
        let unknown = named.replacing("ISO-8859-1", with: "x-none")
        #expect(try #require(failure(unknown)).found == "unknown encoding")
    }

    @Test(arguments: [asap, geoJSON, table]) func `fifty truncations end in an error or in regions`(text: String) {
        let bytes = Array(text.utf8)
        for i in 0..<50 {
            let part = Array(bytes.prefix(bytes.count * i / 50))
            if text != Self.table {
                #expect(failure(bytes: part) != nil, "\(part.count) bytes")
            } else {
                _ = failure(bytes: part)
            }
        }
    }

    @Test(arguments: [asap, geoJSON, table]) func `bytes changed at random end in an error or in regions`(text: String)
    {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<200 {
            var bytes = Array(text.utf8)
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = failure(bytes: bytes)
        }
    }

    @Test(arguments: [
        ("{\"images\":[],\"annotations\":[]}", "JSON with annotations, images"),
        ("<html><body/></html>", "XML with the root element <html>"),
        ("<annotations><ndpviewstate id=\"1\"/></annotations>", "XML with the root element <annotations>"),
    ])
    func `other JSON and XML are told from annotations`(text: String, found: String) throws {
        #expect(try #require(failure(text)).found == found)
    }

    @Test func `missing files and folders are input errors`() {
        #expect(throws: FormatError.self) { try AnnotationFiles.read(path: "/nonexistent/a.xml") }
        #expect(throws: FormatError.self) { try AnnotationFiles.read(path: "/") }
    }
}
