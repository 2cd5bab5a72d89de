import Formats

/// The start of one XML element.
struct XMLElement {
    let name: String
    let attributes: [(name: String, value: String)]
    /// Counted from 1.
    let line: Int
    /// How many elements it lies in; 0 for the root.
    let depth: Int

    /// The value of an attribute; `nil` when the element does not have it.
    subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    /// Where the element stands, for messages.
    var place: String { "line \(line)" }
}

/// Gets the elements of an XML file as they are read.
protocol XMLHandler: AnyObject {
    /// An element starts. Returning `false` ends the reading early, without an error.
    func start(_ element: XMLElement) throws(FormatError) -> Bool
    /// An element ends.
    func end(_ name: String) throws(FormatError)
}
