import Foundation

/// A generated CT series of 20 slices (12 × 10 pixels of 2 × 4 mm, 1.25 mm apart) with some oddities.
public struct TortureSeries: Sendable {
    /// What is odd.
    public let cases: Set<TortureCase>
    /// Every file that is written, sorted by phase and place; those that do not belong to the volume come last.
    public private(set) var slices: [DICOMTestSlice] = []
    /// Series Instance UID.
    public let seriesUID: String
    /// Direction in which the columns follow each other.
    public private(set) var rowDirection = SIMD3(1.0, 0, 0)
    /// Direction in which the rows follow each other.
    public private(set) var columnDirection = SIMD3(0.0, 1, 0)
    /// The step from one slice to the next in millimetres, where all are equal.
    public private(set) var step = SIMD3(0.0, 0, TortureCase.spacing)
    /// Position of the first slice.
    public let origin = SIMD3(-12.5, 30.25, -100.0)

    /// A series with all of the given oddities.
    public init(_ cases: Set<TortureCase> = []) {
        self.cases = cases
        let bits = TortureCase.allCases.enumerated().map { cases.contains($0.element) ? 2 << $0.offset : 0 }
        let number = bits.reduce(1, |)
        seriesUID = "2.25.7000\(number)"
        makeFrame()
        slices = (0..<TortureCase.sliceCount).map { slice($0) }
        changeValues()
        changeFiles()
    }

    private func has(_ one: TortureCase) -> Bool { cases.contains(one) }

    private mutating func makeFrame() {
        if has(.sagittal) {
            rowDirection = SIMD3(0, 1, 0)
            columnDirection = SIMD3(0, 0, -1)
            step = SIMD3(-TortureCase.spacing, 0, 0)
        }
        if has(.gantryTilt) {
            let angle = TortureCase.tiltDegrees * .pi / 180
            columnDirection = columnDirection * cos(angle) + step / TortureCase.spacing * sin(angle)
        }
    }

    /// How many steps a slice lies from the first one.
    public func steps(to index: Int) -> Double {
        var steps = Double(index)
        if has(.variableSpacing), index > 9 { steps = 9 + 4 * Double(index - 9) }
        if has(.jitter) {
            let isBefore = index % 2 == 0 || index == TortureCase.sliceCount - 1
            steps += (isBefore ? -0.004 : 0.004) / TortureCase.spacing
        }
        return steps
    }

    /// Where a slice belongs.
    public func position(of index: Int) -> SIMD3<Double> { origin + step * steps(to: index) }

    private func slice(_ index: Int) -> DICOMTestSlice {
        DICOMTestSlice(
            index: index, instanceUID: "\(seriesUID).\(index + 1)", position: position(of: index),
            rowDirection: rowDirection, columnDirection: columnDirection)
    }

    private mutating func changeValues() {
        if has(.slopePerSlice) {
            for i in slices.indices { slices[i].slope = 1 + Double(i) / 10 }
        }
        if has(.reversedNumbers) {
            for i in slices.indices { slices[i].instanceNumber = slices.count - i }
        }
        if has(.twoPhases) {
            for i in slices.indices { slices[i].temporalPosition = 1 }
            slices += slices.map { slice in
                var second = slice
                second.phase = 1
                second.temporalPosition = 2
                second.instanceNumber += TortureCase.sliceCount
                second.instanceUID += ".2"
                return second
            }
        }
    }

    private mutating func changeFiles() {
        slices[TortureCase.oddSizeIndex].rows /= has(.oddSize) ? 2 : 1
        if has(.noPosition) { slices[TortureCase.positionlessIndex].position = nil }
        var guests: [DICOMTestSlice] = []
        if has(.extraSlice) {
            var extra = slices[TortureCase.extraIndex]
            extra.instanceUID += ".3"
            extra.instanceNumber = 90
            extra.variant = 1
            guests.append(extra)
        }
        if has(.sameFileTwice) { guests.append(slices[TortureCase.repeatedIndex]) }
        if has(.localizer) { guests.append(localizer) }
        if has(.missingSlice) { slices.remove(at: TortureCase.missingIndex) }
        slices += guests
    }

    private var localizer: DICOMTestSlice {
        let normal = step / TortureCase.spacing
        var localizer = DICOMTestSlice(
            index: 50, instanceUID: "\(seriesUID).99", position: origin + step * 30, rowDirection: rowDirection,
            columnDirection: -normal)
        localizer.instanceNumber = 99
        localizer.imageType = "ORIGINAL\\PRIMARY\\LOCALIZER"
        localizer.variant = 2
        return localizer
    }

    /// The files with their names, in an order that says nothing.
    public var files: [(name: String, bytes: [UInt8])] {
        var generator = SeededGenerator(seed: 7)
        return slices.shuffled(using: &generator).enumerated().map { i, slice in
            (name: "im\((i * 7919 + 13) % 1000)_\(i)", bytes: slice.file(series: seriesUID))
        }
    }

    /// Writes the files into a folder.
    public func write(to folder: ScratchFolder) throws {
        for file in files { _ = try folder.write(file.bytes, to: file.name) }
    }
}
