import ImageCore
import ImageProcessing
import Testing

func distance(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { ((a - b) * (a - b)).sum().squareRoot() }

@Suite struct AffineMapTests {
    private let point = SIMD3(3.0, 5.0, 7.0)

    @Test func `kinds of maps move points as they say`() {
        #expect(AffineMap.identity.applied(to: point) == point)
        #expect(AffineMap.translation(SIMD3(1, 2, 3)).applied(to: point) == SIMD3(4, 7, 10))
        #expect(AffineMap.scale(SIMD3(2, 3, 1), about: SIMD3(1, 1, 1)).applied(to: point) == SIMD3(5, 13, 7))
        #expect(AffineMap.flip(.x, length: 10).applied(to: point) == SIMD3(7, 5, 7))
        #expect(AffineMap.flip(.z, length: 10).applied(to: point) == SIMD3(3, 5, 3))
        let sheared = AffineMap.shear(xDegrees: 45).applied(to: point)
        #expect(distance(sheared, SIMD3(8, 5, 7)) < 1e-12)
    }

    @Test func `a quarter turn is exact and turns x towards y`() {
        #expect(AffineMap.rotation(degrees: 90).applied(to: SIMD3(1, 0, 0)) == SIMD3(0, 1, 0))
        #expect(AffineMap.rotation(degrees: -270).applied(to: SIMD3(1, 0, 0)) == SIMD3(0, 1, 0))
        #expect(AffineMap.rotation(degrees: SIMD3(90, 0, 0)).applied(to: SIMD3(0, 1, 0)) == SIMD3(0, 0, 1))
        #expect(AffineMap.rotation(degrees: SIMD3(0, 90, 0)).applied(to: SIMD3(0, 0, 1)) == SIMD3(1, 0, 0))
        let center = SIMD3(128.0, 64, 0.5)
        let quarter = AffineMap.rotation(degrees: 90, about: center)
        #expect(quarter.applied(to: center) == center)
        #expect(quarter * quarter * quarter * quarter == .identity)
        let turn = AffineMap.rotation(degrees: 30)
        #expect(distance((turn * turn * turn).applied(to: SIMD3(2, 0, 1)), SIMD3(0, 2, 1)) < 1e-12)
    }

    @Test func `angles about three axes are done in the order x, y, z`() {
        let angles = SIMD3(20.0, -35, 50)
        let one = AffineMap.rotation(degrees: SIMD3(angles.x, 0, 0))
        let two = AffineMap.rotation(degrees: SIMD3(0, angles.y, 0))
        let three = AffineMap.rotation(degrees: SIMD3(0, 0, angles.z))
        let step = three.applied(to: two.applied(to: one.applied(to: point)))
        #expect(distance(AffineMap.rotation(degrees: angles).applied(to: point), step) < 1e-12)
    }

    @Test func `a product does the right map first, and an inverse undoes`() throws {
        let first = AffineMap(x: SIMD4(2, 0.3, -0.1, 4), y: SIMD4(0.2, 1.5, 0.4, -3), z: SIMD4(0.1, -0.2, 0.8, 1))
        let second = AffineMap.rotation(degrees: SIMD3(10, 20, 30), about: SIMD3(4, 5, 6))
        let both = (second * first).applied(to: point)
        #expect(distance(both, second.applied(to: first.applied(to: point))) < 1e-12)
        let inverse = try #require(first.inverse)
        #expect(distance(inverse.applied(to: first.applied(to: point)), point) < 1e-12)
        #expect(abs(second.determinant - 1) < 1e-12)
        #expect(AffineMap.flip(.y, length: 3).determinant == -1)
        #expect(AffineMap.scale(SIMD3(1, 0, 1)).inverse == nil)
        #expect(AffineMap.scale(SIMD3(.nan, 1, 1)).inverse == nil)
    }
}
