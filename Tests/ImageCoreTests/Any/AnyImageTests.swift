import ImageCore
import TestSupport
import Testing

@Suite struct AnyImageTests {
    private func ramp(_ kind: ScalarKind) -> AnyImage {
        AnyImage.uint8(image([.y, .x], [2, 3], [0, 1, 2, 3, 4, 5])).converted(to: kind)
    }

    @Test(arguments: ScalarKind.allCases)
    func `every kind opens, converts and comes back`(kind: ScalarKind) throws {
        let any = ramp(kind)
        #expect(any.kind == kind)
        #expect(any.sizes == [2, 3] && any.width == 3 && any.height == 2 && any.channels == 1)
        #expect(samples(any.converted(to: UInt8.self)) == (kind == .bool ? [0, 1, 1, 1, 1, 1] : [0, 1, 2, 3, 4, 5]))
        for other in ScalarKind.allCases where other != .bool && kind != .bool {
            #expect(any.converted(to: other).converted(to: kind) == any)
        }
    }

    @Test(arguments: ScalarKind.allCases)
    func `views keep the kind`(kind: ScalarKind) {
        let any = ramp(kind)
        #expect(any.flipped(.x).flipped(.x) == any)
        #expect(any.cropped(to: PixelRect(x: 1, y: 0, width: 2, height: 1)).sizes == [1, 2])
        #expect(any.permuted(to: [.x, .y]).contiguous().layout.isContiguous)
        #expect(any.slice(.y, at: 1).cropped(.x, to: 0..<1).sizes == [1])
        #expect(any.flipped(.y).kind == kind)
    }

    @Test(arguments: ScalarKind.allCases)
    func `bytes fill an image of a kind known at run time`(kind: ScalarKind) {
        let any = AnyImage(
            kind: kind, axes: [.y, .x], sizes: [2, 2], color: .gray, domain: .unit, geometry: Geometry(mppX: 1, mppY: 1)
        ) { bytes in
            #expect(bytes.byteCount == 4 * kind.byteCount)
            for i in 0..<bytes.byteCount { bytes.storeBytes(of: 0, toByteOffset: i, as: UInt8.self) }
        }
        #expect(any.kind == kind && any.color == .gray && any.domain == .unit)
        #expect(any.geometry == Geometry(mppX: 1, mppY: 1))
        #expect(samples(any.converted(to: Double.self)) == [0, 0, 0, 0])
    }

    private struct Increment: ImageMutator {
        mutating func mutate<Scalar: ImageScalar>(_ image: inout Image<Scalar>) {
            image.mapInPlace { $0.isSet ? $0 : Scalar(converting: true) }
        }
    }

    private struct Address: ImageVisitor {
        func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> UInt {
            unsafe image.bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        }
    }

    @Test(arguments: ScalarKind.allCases)
    func `a mutator works in place without a copy`(kind: ScalarKind) {
        var any = ramp(kind)
        let before = any.accept(Address())
        var increment = Increment()
        any.apply(&increment)
        any.metadata["changed"] = "yes"
        any.color = .gray
        #expect(any.accept(Address()) == before)
        #expect(samples(any.converted(to: Bool.self)).allSatisfy { $0 })
    }

    @Test func `a mutator never changes another copy`() {
        var any = ramp(.int16)
        let copy = any
        var increment = Increment()
        any.apply(&increment)
        #expect(copy == ramp(.int16))
        #expect(any != copy)
    }

    private struct Failing: ImageMutator {
        struct Stop: Error {}

        mutating func mutate<Scalar: ImageScalar>(_ image: inout Image<Scalar>) throws(Stop) {
            image.fill(.zero)
            throw Stop()
        }
    }

    @Test func `an error leaves what the mutator left`() {
        var any = ramp(.float32)
        var failing = Failing()
        #expect(throws: Failing.Stop.self) { try any.apply(&failing) }
        #expect(samples(any.converted(to: Int8.self)) == [0, 0, 0, 0, 0, 0])
    }

    @Test func `numbers and masks part ways where only numbers will do`() throws {
        #expect(try ramp(.uint16).reduced(by: 2).sizes == [1, 2])
        #expect(try ramp(.bool).reduced(by: 2).kind == .bool)
        #expect(throws: ImageError.self) { try ramp(.bool).converted(to: .rgb) }
        var gray = ramp(.uint8)
        gray.color = .gray
        #expect(try gray.converted(to: .rgb).channels == 3)
        #expect(samples(try ramp(.bool).rescaled(to: UInt8.self)) == [0, 255, 255, 255, 255, 255])
        #expect(samples(try ramp(.uint8).rescaled(to: UInt16.self))[1] == 257)
    }
}
