import ImageCore
import ImageProcessing
import Testing

@Suite struct ResizedNearestTests {
    @Test(arguments: [(5, 3), (2, 7), (10, 10), (1, 1), (23, 4)])
    func `each pixel takes the source under its center`(width: Int, height: Int) throws {
        let image = Image<UInt8>.random(width: 10, height: 7, seed: 2)
        let found = try image.resizedNearest(to: PixelSize(width: width, height: height))
        for y in 0..<height {
            for x in 0..<width {
                let sourceX = Int(((Double(x) + 0.5) * 10 / Double(width)).rounded(.down))
                let sourceY = Int(((Double(y) + 0.5) * 7 / Double(height)).rounded(.down))
                #expect(found[y, x] == image[sourceY, sourceX])
            }
        }
    }

    @Test func `masks and geometry follow`() throws {
        var mask = Image<Bool>(drawing: "#.\n.#")
        mask.geometry = Geometry(mppX: 1, mppY: 1)
        let found = try mask.resizedNearest(to: PixelSize(width: 4, height: 4))
        #expect(found.drawing == "##..\n##..\n..##\n..##")
        #expect(found.geometry?.mpp.x == 0.5)
        #expect(found.color == .labels && found.domain == .labels)
    }
}
