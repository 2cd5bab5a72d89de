import ImageCore
import Patches
import Testing

@Suite struct PatchGridTests {
    private func starts(_ extent: Int, size: Int, stride: Int, _ edge: EdgePolicy) -> [Int] {
        PatchGrid(canvas: PixelSize(width: extent, height: 1), size: size, stride: stride, edge: edge).xs
    }

    @Test func `dropping keeps whole patches only`() {
        #expect(starts(10, size: 4, stride: 4, .drop) == [0, 4])
        #expect(starts(12, size: 4, stride: 4, .drop) == [0, 4, 8])
        #expect(starts(3, size: 4, stride: 4, .drop) == [])
        #expect(starts(10, size: 4, stride: 3, .drop) == [0, 3, 6])
    }

    @Test func `padding covers the whole slide`() {
        #expect(starts(10, size: 4, stride: 4, .pad) == [0, 4, 8])
        #expect(starts(3, size: 4, stride: 4, .pad) == [0])
        #expect(starts(8, size: 4, stride: 4, .pad) == [0, 4])
    }

    @Test func `shifting ends the last patch at the edge`() {
        #expect(starts(10, size: 4, stride: 4, .shift) == [0, 4, 6])
        #expect(starts(8, size: 4, stride: 4, .shift) == [0, 4])
        #expect(starts(3, size: 4, stride: 4, .shift) == [0])
    }

    @Test(arguments: EdgePolicy.allCases)
    func `every policy handles every extent`(edge: EdgePolicy) {
        for extent in 0...40 {
            for size in 1...9 {
                for stride in 1...11 {
                    let found = starts(extent, size: size, stride: stride, edge)
                    #expect(found == found.sorted() && Set(found).count == found.count)
                    #expect(found.allSatisfy { $0 >= 0 && $0 < extent })
                    if edge == .drop { #expect(found.allSatisfy { $0 + size <= extent }) }
                    if edge != .drop && extent > 0 && stride <= size {
                        let covered = Set(found.flatMap { $0..<$0 + size })
                        #expect(covered.isSuperset(of: 0..<extent))
                    }
                }
            }
        }
    }
}
