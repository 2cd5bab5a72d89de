import Formats
import Glibc

extension InputIdentity {
    /// The identity of a file as it is now; zeros when it does not exist.
    init(ofFile path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            self.init(bytes: 0, modified: 0)
            return
        }
        self.init(
            bytes: Int(status.st_size), modified: status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec)
    }

    /// The identities of several files, by path.
    static func identities(of paths: [String]) -> [String: InputIdentity] {
        Dictionary(paths.map { ($0, InputIdentity(ofFile: $0)) }, uniquingKeysWith: { first, _ in first })
    }
}
