/// What a correct reader makes of a ``TortureSeries``.
public struct TortureExpectation: Sendable, Equatable {
    /// How the positions follow each other, apart from the tilt.
    public enum Spacing: Sendable, Equatable {
        /// Equal steps.
        case uniform
        /// Equal steps, some without a slice in any phase; indices of the grid.
        case gaps([Int])
        /// No common step.
        case irregular
    }

    /// What has to be reported besides.
    public enum Defect: Sendable, Hashable, CaseIterable {
        case missing, duplicateFile, conflictingPosition, localizer, oddSize, noPosition
    }

    /// How the positions of the main stack follow each other.
    public var spacing = Spacing.uniform
    /// Whether the steps are not along the normal.
    public var isSheared = false
    /// 1, or 2 with another axis in front of z.
    ///
    /// A phase that lacks a slice is a phase all the same: the place is empty there, and not in the other phase. Only two
    /// images at one place of one phase make it impossible to say which volume is meant: then each phase is a stack of its own.
    public var phaseCount = 1
    /// Whether each phase is a stack of its own.
    public var splitsPhases: Bool { phaseCount > 1 && defects.contains(.conflictingPosition) }
    /// What has to be reported.
    public var defects: Set<Defect> = []
    /// Whether all values are whole numbers, so that the volume is Int16.
    public var isInteger = true
    /// Slices that have a place in the main stack, per phase, as indices into the unharmed phase.
    public var present: [[Int]] = []
}

extension TortureSeries {
    /// What a correct reader makes of the series.
    public var expectation: TortureExpectation {
        var expected = TortureExpectation()
        expected.isSheared = cases.contains(.gantryTilt)
        expected.phaseCount = cases.contains(.twoPhases) ? 2 : 1
        expected.isInteger = !cases.contains(.slopePerSlice)
        expected.defects = Set(cases.compactMap(\.defect))
        let absent = Set(cases.compactMap(\.absentIndex))
        let all = Array(0..<TortureCase.sliceCount)
        expected.present = (0..<expected.phaseCount).map { $0 == 0 ? all.filter { !absent.contains($0) } : all }
        if cases.contains(.variableSpacing) {
            expected.spacing = .irregular
        } else if !absent.isEmpty, expected.phaseCount == 1 {
            expected.spacing = .gaps(absent.sorted())
        }
        if !absent.isEmpty { expected.defects.insert(.missing) }
        return expected
    }
}

extension TortureCase {
    /// The slice of the first phase that has no place in the main stack.
    public var absentIndex: Int? {
        switch self {
        case .missingSlice: Self.missingIndex
        case .oddSize: Self.oddSizeIndex
        case .noPosition: Self.positionlessIndex
        default: nil
        }
    }

    /// What has to be reported.
    public var defect: TortureExpectation.Defect? {
        switch self {
        case .missingSlice: .missing
        case .extraSlice: .conflictingPosition
        case .sameFileTwice: .duplicateFile
        case .localizer: .localizer
        case .oddSize: .oddSize
        case .noPosition: .noPosition
        default: nil
        }
    }
}
