import CKernels
import ImageCore

/// The stages of a map as kernels take them.
@unsafe struct KernelStages {
    let list: UnsafePointer<tessera_stage>
    let count: Int32
}

/// The stages of a map as kernels take them, with the memory of their lattices.
///
/// Unchecked: nothing is written after the initializer.
@safe
final class PreparedStages: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Float>
    private let stages: UnsafeMutablePointer<tessera_stage>
    private let count: Int
    /// Number of floats that kernels need beside the rows.
    let scratchCount: Int

    /// Prepares the stages of a map.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for an inverse of a stage that flattens space.
    init(_ stages: [SpatialStage]) throws(ImageError) {
        var steps = [KernelStage]()
        for stage in stages { steps.append(try KernelStage(stage)) }
        let row = Self.rowOfCells(steps)
        let cells = row.map { Self.cellCount(steps[$0]) } ?? 0
        let points = steps.map(\.pointCount).reduce(0, +) * 4
        let floats = points + cells
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: max(1, floats))
        let list = UnsafeMutablePointer<tessera_stage>.allocate(capacity: max(1, steps.count))
        var next = 0
        for (i, step) in steps.enumerated() {
            unsafe (list + i).initialize(to: Self.stage(step, points: memory + next))
            if let lattice = step.lattice { unsafe Self.pad(lattice, into: memory + next) }
            next += 4 * step.pointCount
        }
        if let row {
            unsafe tessera_find_cells(list + row, memory + next)
            unsafe list[row].cells = UnsafePointer(memory + next)
        }
        unsafe self.memory = memory
        unsafe self.stages = list
        count = steps.count
        scratchCount = 16 * ((steps.map { $0.lattice?.counts.x ?? 0 }.max() ?? 0) + 32)
    }

    deinit {
        unsafe memory.deallocate()
        unsafe stages.deallocate()
    }

    /// The stages; they live as long as this object.
    var kernels: KernelStages { unsafe KernelStages(list: UnsafePointer(stages), count: Int32(count)) }

    /// The lattice in which every row of the result is a row along x: there kernels work cell by cell.
    private static func rowOfCells(_ steps: [KernelStage]) -> Int? {
        guard let first = steps.firstIndex(where: { $0.kind != TESSERA_STAGE_AFFINE }) else { return nil }
        let keepRows = steps[..<first].allSatisfy { $0.numbers[4] == 0 && $0.numbers[8] == 0 }
        return keepRows && steps[first].lattice != nil && !steps[first].isInverse ? first : nil
    }

    private static func cellCount(_ step: KernelStage) -> Int {
        guard let counts = step.lattice?.counts else { return 0 }
        let degrees = step.kind == TESSERA_STAGE_B_SPLINE ? 4 : 2
        return 3 * degrees * Int(tessera_cell_room(Int32(clamping: counts.x))) * counts.y * counts.z
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
        unsafe result.cell_room = tessera_cell_room(result.counts.0)
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
