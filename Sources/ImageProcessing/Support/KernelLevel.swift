import CKernels

/// The instructions that the kernels in C may use on this machine.
///
/// Every level gives the same results up to the last bits of `Float`; tests compare them.
package enum KernelLevel: Int, Sendable, CaseIterable, Comparable {
    /// What every processor of the architecture has.
    case baseline
    /// AVX2 and FMA.
    case avx2
    /// AVX-512.
    case avx512

    /// The best level of this machine.
    package static let best = KernelLevel(rawValue: Int(tessera_kernel_level().rawValue)) ?? .baseline

    /// The levels that this machine can run, the baseline first.
    package static var supported: [KernelLevel] { allCases.filter { $0 <= best } }

    /// The level as C names it.
    var c: tessera_level { tessera_level(rawValue: UInt32(rawValue)) }

    package static func < (one: KernelLevel, other: KernelLevel) -> Bool { one.rawValue < other.rawValue }
}
