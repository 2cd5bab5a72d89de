import ImageProcessing
import Testing

@Suite struct KernelLevelTests {
    @Test func `the baseline runs everywhere, and a level brings those below it`() {
        #expect(KernelLevel.supported.first == .baseline)
        #expect(KernelLevel.supported.last == .best)
        #expect(KernelLevel.supported == KernelLevel.allCases.filter { $0.rawValue <= KernelLevel.best.rawValue })
    }
}
