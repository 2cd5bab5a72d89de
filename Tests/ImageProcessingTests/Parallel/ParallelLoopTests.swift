import ImageProcessing
import Synchronization
import Testing

private struct Failure: Error, Equatable {
    let index: Int
}

@Suite struct ParallelLoopTests {
    @Test(arguments: [0, 1, 2, 7, 64])
    func `every index is done once`(workers: Int) {
        let done = Mutex<[Int: Int]>([:])
        forEachInParallel(count: 1000, workers: workers) { index in done.withLock { $0[index, default: 0] += 1 } }
        #expect(done.withLock { $0.count } == 1000)
        #expect(done.withLock { $0.values.allSatisfy { $0 == 1 } })
    }

    @Test func `no index, no call`() {
        forEachInParallel(count: 0) { _ in Issue.record("called") }
        forEachInParallel(count: -1, workers: 1) { _ in Issue.record("called") }
    }

    @Test(arguments: [1, 2, 8])
    func `the error is that of the lowest index, and no new work follows`(workers: Int) {
        for _ in 0..<20 {
            let calls = Atomic(0)
            #expect(throws: Failure(index: 40)) {
                try forEachInParallel(count: 100_000, workers: workers) { (index: Int) throws(Failure) in
                    calls.add(1, ordering: .relaxed)
                    if index >= 40 { throw Failure(index: index) }
                }
            }
            #expect(calls.load(ordering: .relaxed) <= 41 + workers)
        }
    }
}
