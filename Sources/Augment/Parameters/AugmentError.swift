/// Why a pipeline could not be read or a sample not be augmented.
public enum AugmentError: Error, Sendable, Hashable {
    /// A pipeline file says something that it may not say.
    case pipeline(place: Place, expected: String, found: String)
    /// A sample does not fit: its parts disagree, or a transform cannot work on it.
    case sample(String)
    /// A transform cannot work on what reaches it: its place in the list of steps or its name, why, and its place in the pipeline file
    /// where it came from one.
    case transform(path: String, String, place: Place? = nil)
}

extension AugmentError: CustomStringConvertible {
    /// One line that says where, what was expected and what was found.
    public var description: String {
        switch self {
        case .pipeline(let place, let expected, let found): "\(place): expected \(expected), found \(found)"
        case .sample(let what): what
        case .transform(let path, let what, let place):
            if let place {
                Self.isNumbered(path) ? "\(place): \(what)" : "\(place): \(path): \(what)"
            } else {
                Self.isNumbered(path) ? "step \(path): \(what)" : "\(path): \(what)"
            }
        }
    }

    /// Whether a path counts steps; names of transforms begin with a letter.
    private static func isNumbered(_ path: String) -> Bool {
        path.first?.isNumber == true || path.hasPrefix(BatchMixer.prefix)
    }
}

extension AugmentError {
    /// The error of a transform, with the place where its step is written.
    func located(at place: Place?) -> AugmentError {
        guard let place, case .transform(let path, let what, nil) = self else { return self }
        return .transform(path: path, what, place: place)
    }
}

/// A place in a pipeline file.
public struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The file; empty where the text came from elsewhere.
    public var file: String
    /// The line, from 1; `nil` where there is no text.
    public var line: Int?
    /// The column, from 1.
    public var column: Int?

    /// A place by its parts.
    public init(file: String = "", line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`.
    public var description: String {
        let parts = [file.isEmpty ? "pipeline" : file, line.map(String.init), column.map(String.init)]
        return parts.compactMap(\.self).joined(separator: ":")
    }
}
