import CKernels
import ImageCore

/// The stages of a map as kernels take them, with the memory of their lattices.
///
/// Unchecked: nothing is written after the initializer.
@safe
final class PreparedStages: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Float>
    private let list: UnsafeMutablePointer<tessera_stage>
    let count: Int
    /// Number of floats that kernels need beside the rows.
    let scratchCount: Int

    /// Prepares the stages of a map.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for an inverse of a stage that flattens space.
    init(_ stages: [SpatialStage]) throws(ImageError) {
        var steps = [KernelStage]()
        for stage in stages { steps.append(try KernelStage(stage)) }
        let floats = steps.map(\.pointCount).reduce(0, +) * 4
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: max(1, floats))
        let list = UnsafeMutablePointer<tessera_stage>.allocate(capacity: max(1, steps.count))
        var next = 0
        for (i, step) in steps.enumerated() {
            unsafe (list + i).initialize(to: Self.stage(step, points: memory + next))
            if let lattice = step.lattice { unsafe Self.pad(lattice, into: memory + next) }
            next += 4 * step.pointCount
        }
        unsafe self.memory = memory
        unsafe self.list = list
        count = steps.count
        scratchCount = 16 * ((steps.map { $0.lattice?.counts.x ?? 0 }.max() ?? 0) + 32)
    }

    deinit {
        unsafe memory.deallocate()
        unsafe list.deallocate()
    }

    /// Calls a closure with the stages.
    func withStages<Result>(_ body: (UnsafePointer<tessera_stage>) -> Result) -> Result {
        unsafe body(UnsafePointer(list))
    }

    private static func stage(_ step: KernelStage, points: UnsafePointer<Float>) -> tessera_stage {
        var result = unsafe tessera_stage()
        unsafe result.kind = step.kind
        unsafe result.is_inverse = step.isInverse ? 1 : 0
        unsafe withUnsafeMutableBytes(of: &result.numbers) { bytes in
            for (i, number) in step.numbers.enumerated() {
                unsafe bytes.storeBytes(of: number, toByteOffset: i * MemoryLayout<Double>.stride, as: Double.self)
            }
        }
        guard let lattice = step.lattice else { return unsafe result }
        let (origin, scale, counts) = (lattice.origin - 0.5, 1 / lattice.spacing, lattice.counts)
        unsafe result.origin = (origin.x, origin.y, origin.z)
        unsafe result.scale = (scale.x, scale.y, scale.z)
        unsafe result.counts = (Int32(clamping: counts.x), Int32(clamping: counts.y), Int32(clamping: counts.z))
        unsafe result.points = points
        return unsafe result
    }

    /// Rows of points, each with 3 more copies of its first point before and 4 of its last one behind.
    private static func pad(_ lattice: DisplacementLattice, into memory: UnsafeMutablePointer<Float>) {
        let length = lattice.counts.x
        var next = 0
        for row in 0..<lattice.counts.y * lattice.counts.z {
            for i in -3..<length + 4 {
                let point = lattice.displacements[row * length + min(max(i, 0), length - 1)]
                for axis in 0..<3 { unsafe memory[next + axis] = point[axis] }
                unsafe memory[next + 3] = 0
                next += 4
            }
        }
    }
}
