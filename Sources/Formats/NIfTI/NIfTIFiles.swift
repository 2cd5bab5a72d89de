import Glibc

/// The names of the two files of a pair.
enum NIfTIFiles {
    /// The file with the samples that belong to a header: `.img` for `.hdr`, compressed or not.
    static func image(ofHeader path: String) -> [String] { partners(of: path, from: "hdr", to: "img") }

    /// The header that belongs to a file with samples, if there is one.
    static func header(ofImage path: String) -> String? {
        partners(of: path, from: "img", to: "hdr").first { unsafe access($0, R_OK) == 0 }
    }

    private static func partners(of path: String, from old: String, to new: String) -> [String] {
        for (suffix, isUpper) in [(old, false), (old.uppercased(), true)] {
            let partner = isUpper ? new.uppercased() : new
            let endings = [".gz", ""].filter { path.hasSuffix("." + suffix + $0) }
            guard let ending = endings.first else { continue }
            let stem = path.dropLast(suffix.utf8.count + ending.utf8.count)
            return [stem + partner + ending, stem + partner + (ending.isEmpty ? ".gz" : "")].map { String($0) }
        }
        return []
    }
}
