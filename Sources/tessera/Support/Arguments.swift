public import Annotations
public import ArgumentParser
public import Patches

extension EdgePolicy: ExpressibleByArgument {}
extension PatchOptions.Format: ExpressibleByArgument {}
extension MaskOptions.Format: ExpressibleByArgument {}
extension CorruptTilePolicy: ExpressibleByArgument {}
extension Rasterizer.Rule: ExpressibleByArgument {}

/// Refuses a value outside its range.
func expect(_ isValid: Bool, _ option: String, _ expected: String, _ found: some Any) throws(ValidationError) {
    guard isValid else { throw ValidationError("\(option): expected \(expected), found \(found)") }
}
