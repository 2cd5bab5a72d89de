import CDeflate
import CJPEGShim

/// The versions of the libraries that decide over decoded pixels and encoded bytes.
public enum CodecVersions {
    /// Version by name of the library.
    public static let all: [String: String] = [
        "libdeflate": LIBDEFLATE_VERSION_STRING,
        "libjpeg-turbo": unsafe String(cString: cjpeg_version()),
        "openslide": OpenSlideHandle.version,
    ]
}
