/// What a frame has for an attribute: numbers, or a text; neither where the frame does not have it.
struct StackValue: Hashable, Comparable {
    var numbers: [Double] = []
    var text = ""

    /// The value in sentences.
    var words: String {
        if !text.isEmpty { return text }
        return numbers.isEmpty ? "none" : numbers.map { short($0) }.joined(separator: " ")
    }

    static func < (one: StackValue, other: StackValue) -> Bool {
        one.numbers != other.numbers ? one.numbers.lexicographicallyPrecedes(other.numbers) : one.text < other.text
    }
}

extension StackAttribute {
    /// The attribute of a frame, where it tells frames at one place apart.
    func value(of facts: DICOMFrameFacts) -> StackValue {
        switch self {
        // Headers round to hundredths.
        case .sliceThickness:
            StackValue(
                numbers: facts.sliceThicknessMillimetres.flatMap { $0.isFinite ? [($0 * 100).rounded() / 100] : nil }
                    ?? [])
        case .sequenceName: StackValue(text: facts.sequenceName ?? "")
        default: StackValue(numbers: values(of: facts))
        }
    }
}
