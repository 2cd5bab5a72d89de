public import Annotations
public import ArgumentParser
public import Patches

extension EdgePolicy: ExpressibleByArgument {}
extension PatchOptions.Format: ExpressibleByArgument {}
extension MaskOptions.Format: ExpressibleByArgument {}
extension CorruptTilePolicy: ExpressibleByArgument {}
extension Rasterizer.Rule: ExpressibleByArgument {}

/// The words that an option takes, for its help.
func names<Value: CaseIterable & RawRepresentable<String>>(_: Value.Type) -> String {
    Value.allCases.map(\.rawValue).joined(separator: ", ")
}

/// Refuses a value outside its range.
func expect(_ isValid: Bool, _ option: String, _ expected: String, _ found: some Any) throws(ValidationError) {
    guard isValid else { throw ValidationError("\(option): expected \(expected), found \(found)") }
}
