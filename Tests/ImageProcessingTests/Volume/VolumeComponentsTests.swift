import ImageCore
import ImageProcessing
import Testing

@Suite struct VolumeComponentsTests {
    /// Whether two voxels that are so far apart are neighbors.
    private static func touch(_ dz: Int, _ dy: Int, _ dx: Int, _ connectivity: VolumeConnectivity) -> Bool {
        let steps = abs(dz) + abs(dy) + abs(dx)
        switch connectivity {
        case .six: return steps == 1
        case .eighteen: return steps == 1 || steps == 2
        case .twentySix: return steps > 0
        case .sliceFour: return dz == 0 && steps == 1
        case .sliceEight: return dz == 0 && steps > 0
        }
    }

    private static func flood(_ mask: Image<Bool>, _ connectivity: VolumeConnectivity) -> [Int32] {
        let (depth, height, width) = (mask.depth, mask.height, mask.width)
        let values = mask.values
        var labels = [Int32](repeating: 0, count: values.count)
        var count: Int32 = 0
        for start in values.indices where values[start] && labels[start] == 0 {
            count += 1
            labels[start] = count
            var stack = [start]
            while let i = stack.popLast() {
                let (z, y, x) = (i / (width * height), i / width % height, i % width)
                for dz in -1...1 {
                    for dy in -1...1 {
                        for dx in -1...1 where touch(dz, dy, dx, connectivity) {
                            let place = (z + dz, y + dy, x + dx)
                            guard (0..<depth).contains(place.0), (0..<height).contains(place.1),
                                (0..<width).contains(place.2)
                            else { continue }
                            let n = (place.0 * height + place.1) * width + place.2
                            if values[n] && labels[n] == 0 {
                                labels[n] = count
                                stack.append(n)
                            }
                        }
                    }
                }
            }
        }
        return labels
    }

    @Test(arguments: VolumeConnectivity.allCases, 0..<6)
    func `labels join exactly what is connected`(connectivity: VolumeConnectivity, seed: Int) throws {
        let mask = Image<Bool>.randomVolume(
            depth: 5, height: 6, width: 7, density: 0.15 + 0.1 * Double(seed), geometry: .oblique, seed: UInt64(seed))
        let found = try VolumeComponents(of: mask, connectivity: connectivity)
        let expected = Self.flood(mask, connectivity)
        #expect(found.labels.values == expected)
        #expect(found.labels.geometry == mask.geometry)
        for (index, part) in found.components.enumerated() {
            let alone = found.mask(of: [index + 1])
            #expect(part.volume == expected.filter { $0 == Int32(index + 1) }.count)
            #expect(alone.trueCount == part.volume)
            #expect(alone.boundingBox == part.bounds)
        }
        let background = try VolumeComponents(of: mask, connectivity: connectivity, inverted: true)
        #expect(background.labels.values == Self.flood(mask.inverted(), connectivity))
        let order = found.numbersByVolume.map { found.components[$0 - 1].volume }
        #expect(order == order.sorted(by: >))
    }

    @Test func `sums of values`() throws {
        let mask = Image<Bool>.randomVolume(depth: 3, height: 4, width: 5, density: 0.4, seed: 1)
        let volume = Image<Int16>.randomVolume(depth: 3, height: 4, width: 5, in: -1000...1000, seed: 2)
        let found = try VolumeComponents(of: mask)
        let labels = found.labels.values
        let expected = found.components.indices.map { n in
            zip(labels, volume.values).reduce(0.0) { $0 + ($1.0 == Int32(n + 1) ? Double($1.1) : 0) }
        }
        #expect(try found.sums(of: volume) == expected)
    }

    @Test func `empty and odd shapes`() throws {
        for sizes in [[0, 3, 3], [3, 0, 3], [3, 3, 0], [2, 3, 4]] {
            let none = Image<Bool>(axes: [.z, .y, .x], sizes: sizes)
            #expect(try VolumeComponents(of: none).components.isEmpty)
            #expect(try none.dilated(by: .ball(radius: 2)).trueCount == 0)
            #expect(try none.fillingVolumeHoles().trueCount == 0)
        }
        #expect(throws: ImageError.self) { try VolumeComponents(of: Image<Bool>(axes: [.y, .x], sizes: [2, 2])) }
        let one = Image<Bool>(axes: [.z, .y, .x], sizes: [1, 1, 1], repeating: true)
        #expect(try VolumeComponents(of: one).components.map(\.volume) == [1])
    }

    @Test(arguments: 0..<4)
    func `holes are what cannot be reached from the edge`(seed: Int) throws {
        let mask = Image<Bool>.randomVolume(
            depth: 6, height: 7, width: 8, density: 0.75 - 0.08 * Double(seed), seed: UInt64(seed + 40))
        for connectivity in VolumeConnectivity.allCases {
            let background = Self.flood(mask.inverted(), connectivity.dual)
            let bySlice = connectivity == .sliceFour || connectivity == .sliceEight
            let open = Set(
                background.indices.filter { i in
                    let (z, y, x) = (i / 56, i / 8 % 7, i % 8)
                    return x == 0 || x == 7 || y == 0 || y == 6 || !bySlice && (z == 0 || z == 5)
                }.map { background[$0] })
            let filled = try mask.fillingVolumeHoles(connectivity: connectivity)
            #expect(filled.values == background.map { !open.contains($0) || $0 == 0 })
            #expect(try mask.fillingVolumeHoles(below: 1, connectivity: connectivity).values == mask.values)
        }
    }

    @Test(arguments: [
        VolumeStructuringElement.box(x: 1, y: 0, z: 2), .ball(radius: 1), .ball(radius: 2.3),
        .ball(radiusMillimetres: 3, spacingMillimetres: SIMD3(0.9, 1.5, 3)), .box(x: 0, y: 0, z: 0),
    ])
    func `growing and shrinking agree with the definition`(element: VolumeStructuringElement) throws {
        func holds(_ dz: Int, _ dy: Int, _ dx: Int) -> Bool {
            switch element {
            case .box(let x, let y, let z): return abs(dx) <= x && abs(dy) <= y && abs(dz) <= z
            case .ball(let radius, let spacing):
                let step = spacing * SIMD3(Double(dx), Double(dy), Double(dz))
                return (step * step).sum() <= radius * radius
            }
        }
        for density in [0.03, 0.5, 0.97] {
            let mask = Image<Bool>.randomVolume(depth: 5, height: 6, width: 7, density: density, seed: 8)
            var (grown, shrunk) = ([Bool](), [Bool]())
            for i in 0..<mask.count {
                let (z, y, x) = (i / 42, i / 7 % 6, i % 7)
                let near = (0..<mask.count).filter { holds($0 / 42 - z, $0 / 7 % 6 - y, $0 % 7 - x) }
                grown.append(near.contains { mask.values(at: $0) })
                shrunk.append(near.allSatisfy { mask.values(at: $0) })
            }
            #expect(try mask.dilated(by: element).values == grown)
            #expect(try mask.eroded(by: element).values == shrunk)
            let opened = try mask.opened(by: element)
            #expect(try opened.opened(by: element).values == opened.values)
            #expect(try (opened & !mask).trueCount == 0)
            #expect(try (mask & !mask.closed(by: element)).trueCount == 0)
        }
    }

    @Test func `elements without sense are refused`() {
        let mask = Image<Bool>(axes: [.z, .y, .x], sizes: [2, 2, 2])
        for element in [
            VolumeStructuringElement.box(x: -1, y: 0, z: 0), .ball(radius: -1), .ball(radius: .nan),
            .ball(radius: 1e9), .ball(radiusMillimetres: 1, spacingMillimetres: SIMD3(0, 1, 1)),
        ] {
            #expect(throws: ImageError.self) { try mask.dilated(by: element) }
        }
    }
}

extension Image<Bool> {
    /// The sample at a place in C order of a volume.
    fileprivate func values(at i: Int) -> Bool { self[i / (height * width), i / width % height, i % width] }
}
