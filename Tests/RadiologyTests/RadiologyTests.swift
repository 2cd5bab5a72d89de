import ImageCore
import Radiology
import Testing

@Test func `a volume keeps its image`() {
    let image = Image<Int16>(axes: [.z, .y, .x], sizes: [2, 3, 4])
    #expect(Volume(image: .int16(image)).image == .int16(image))
}
