import Glibc

extension ByteSource {
    /// Whether two sources are one file, under whatever names.
    func isSameFile(as other: ByteSource) -> Bool {
        guard let path, let otherPath = other.path else { return self === other }
        var (mine, theirs) = (stat(), stat())
        guard unsafe stat(path, &mine) == 0, unsafe stat(otherPath, &theirs) == 0 else { return path == otherPath }
        return mine.st_dev == theirs.st_dev && mine.st_ino == theirs.st_ino
    }
}
