import Formats
import Testing

@Suite struct CodecVersionsTests {
    @Test(arguments: [
        "charls", "dcmtk", "isa-l", "libdeflate", "libjpeg-turbo", "openjpeg", "openjph", "openslide",
    ])
    func `every library that decides over pixels has a version`(library: String) throws {
        let version = try #require(CodecVersions.all[library])
        #expect(version.split(separator: ".").count >= 2 && version.contains { $0.isNumber })
    }
}
