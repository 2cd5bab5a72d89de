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

/// Reads a value from an option's text; what is none is refused with the words of what is expected.
func parsed<Value: ExpressibleByArgument>(_ expected: String) -> @Sendable (String) throws -> Value {
    { text in
        guard let value = Value(argument: text) else {
            throw ValidationError("expected \(expected), found \(text)")
        }
        return value
    }
}
