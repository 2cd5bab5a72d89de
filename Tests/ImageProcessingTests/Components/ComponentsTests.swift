import ImageCore
import ImageProcessing
import Testing

@Suite struct ComponentsTests {
    @Test func `areas and bounds agree with scikit-image`() throws {
        let eight = try Components(of: blobs, connectivity: .eight).components
        #expect(
            eight == [
                Component(area: 399, bounds: PixelRect(x: 0, y: 0, width: 32, height: 20)),
                Component(area: 32, bounds: PixelRect(x: 0, y: 10, width: 5, height: 10)),
            ])
        let four = try Components(of: blobs, connectivity: .four).components
        #expect(
            four == [
                Component(area: 388, bounds: PixelRect(x: 0, y: 0, width: 32, height: 20)),
                Component(area: 11, bounds: PixelRect(x: 25, y: 0, width: 5, height: 5)),
                Component(area: 32, bounds: PixelRect(x: 0, y: 10, width: 5, height: 10)),
            ])
    }

    @Test(arguments: [Connectivity.four, .eight], 0..<6)
    func `labels join exactly what is connected`(connectivity: Connectivity, seed: Int) throws {
        let mask = Image<Bool>.random(width: 17, height: 13, density: 0.35 + 0.1 * Double(seed), seed: UInt64(seed))
        let found = try Components(of: mask, connectivity: connectivity)
        var filled = [Int](repeating: 0, count: mask.count)
        var count = 0
        for start in 0..<mask.count where mask.values[start] && filled[start] == 0 {
            count += 1
            var stack = [start]
            while let i = stack.popLast() {
                filled[i] = count
                let near = neighbors(of: i, connectivity, width: 17, height: 13)
                stack += near.filter { mask[$0 / 17, $0 % 17] && filled[$0] == 0 }
            }
        }
        #expect(found.labels.values.map(Int.init) == filled)
        #expect(found.components.map(\.area) == (1...max(1, count)).map { n in filled.filter { $0 == n }.count })
    }

    @Test func `small objects go`() throws {
        let found = try blobs.removingSmallObjects(below: 33)
        #expect(try Components(of: found).components.map(\.area) == [399])
        #expect(try blobs.removingSmallObjects(below: 32).drawing == blobs.drawing)
    }

    @Test func `holes are filled as SciPy fills them`() throws {
        let expected = """
            ##......###....########..###....
            ##......###..##########....#....
            ###.....##############.....##...
            ####..#################....###..
            #######################.....##..
            ########################......##
            #...#####################....###
            .......###################.#####
            .......#########################
            ......##########################
            #.....##########################
            ####...#########################
            ####..##########################
            #####.####################.....#
            ####...###################......
            ###.....##########.#########....
            ###......#########...###########
            ###.....##########....##########
            ###...############....##########
            .##..########...##...###########
            """
        #expect(try blobs.fillingHoles(below: .max).drawing == expected)
        #expect(try blobs.fillingHoles(below: 1).drawing == blobs.drawing)
        let ring = Image<Bool>(drawing: "###.\n#.#.\n###.")
        #expect(try ring.fillingHoles(below: 2).drawing == "###.\n###.\n###.")
    }

    @Test func `an empty mask has no components`() throws {
        #expect(try Components(of: Image<Bool>(axes: [.y, .x], sizes: [0, 5])).components.isEmpty)
        #expect(try Components(of: Image<Bool>(axes: [.y, .x], sizes: [3, 5])).components.isEmpty)
        #expect(throws: ImageError.self) { try Components(of: Image<Bool>(axes: [.z, .x], sizes: [3, 5])) }
    }
}

private func neighbors(of i: Int, _ connectivity: Connectivity, width: Int, height: Int) -> [Int] {
    var found: [Int] = []
    for dy in -1...1 {
        for dx in -1...1 where connectivity == .eight || dx == 0 || dy == 0 {
            let (x, y) = (i % width + dx, i / width + dy)
            if x >= 0 && x < width && y >= 0 && y < height { found.append(y * width + x) }
        }
    }
    return found
}
