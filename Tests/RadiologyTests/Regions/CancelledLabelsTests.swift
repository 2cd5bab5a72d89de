import Formats
import ImageCore
import Radiology
import Synchronization
import TestSupport
import Testing

/// Painting stops where the caller asks for it.
@Suite struct CancelledLabelsTests {
    /// Says "stop" from the time on at which it was asked a number of times.
    private final class Limit: Sendable {
        private let asked = Mutex(0)
        private let most: Int

        init(_ most: Int) { self.most = most }

        var count: Int { asked.withLock { $0 } }

        func stop() -> Bool {
            asked.withLock {
                $0 += 1
                return $0 > most
            }
        }
    }

    private func expectStop(
        after most: Int, _ labels: (@escaping CancellationCheck) throws -> RegionLabels
    ) throws {
        let limit = Limit(most)
        let error = #expect(throws: RegionError.self) { try labels { limit.stop() } }
        #expect(error?.isInterruption == true)
        // It is never asked again after it said so.
        #expect(limit.count == most + 1)
    }

    @Test func `a structure set stops within a region, between two slices`() throws {
        let scene = RegionScene()
        let contours = (0..<8).map { RegionScene.contour(RegionScene.box(1...9, 1...9), z: Double($0)) }
        let set = StructureSet(
            name: "test", regions: [.init(number: 1, name: "one", contours: contours)], frameOfReferenceUID: "2.25.3")
        let never = Limit(.max)
        let whole = try set.labels(on: scene.grid) { never.stop() }
        #expect(try set.labels(on: scene.grid).layers.layers[0].labels == whole.layers.layers[0].labels)
        #expect(never.count >= 8)
        for most in [0, 1, 4, never.count - 1] {
            try expectStop(after: most) { check in try set.labels(on: scene.grid, isCancelled: check) }
        }
    }

    @Test(.needsTestData, arguments: ["seg_image_ct_binary_overlap.dcm", "seg_image_sm_control_labelmap.dcm"])
    func `a segmentation stops between two frames`(file: String) throws {
        let segmentation = try Segmentation(path: TestData.path("dicom/highdicom/\(file)"))
        let never = Limit(.max)
        _ = try segmentation.regionLabels(isCancelled: { never.stop() })
        #expect(never.count >= segmentation.frames.count)
        for most in [0, never.count / 2, never.count - 1] {
            try expectStop(after: most) { check in try segmentation.regionLabels(isCancelled: check) }
        }
    }
}
