import ArgumentParser
import Formats
import Patches

/// A number above 0.
struct PositiveNumber: ExpressibleByArgument {
    let value: Double

    init?(argument: String) {
        guard let value = Double(argument), value.isFinite, value > 0 else { return nil }
        self.value = value
    }
}

/// The resolution that is wanted: at most one of the options.
func scale(
    mpp: PositiveNumber? = nil, magnification: PositiveNumber? = nil, level: Int? = nil,
    downsample: PositiveNumber? = nil
) throws(ValidationError) -> TargetScale {
    var scales: [TargetScale] = []
    if let mpp { scales.append(.mpp(mpp.value)) }
    if let magnification { scales.append(.magnification(magnification.value)) }
    if let level {
        guard level >= 0 else { throw ValidationError("--level: expected 0 or more, found \(level)") }
        scales.append(.level(level))
    }
    if let downsample { scales.append(.downsample(downsample.value)) }
    guard scales.count <= 1 else { throw ValidationError("give one resolution, not several") }
    return scales.first ?? .level(0)
}

/// Reads the table of resolutions, if there is one.
func readTable(_ path: String?) throws(ExitCode) -> MPPTable? {
    guard let path else { return nil }
    return try reading { () throws(FormatError) in try MPPTable(path: path) }
}
