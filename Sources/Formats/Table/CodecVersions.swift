import CCharLSShim
import CDCMTKShim
import CDeflate
import CISALShim
import CJPEGShim
import COpenJPEGShim
import COpenJPHShim

/// The versions of the libraries that decide over decoded pixels and encoded bytes.
public enum CodecVersions {
    /// Version by name of the library.
    public static let all: [String: String] = [
        "charls": unsafe String(cString: ccharls_version()),
        "dcmtk": unsafe String(cString: cdcmtk_version()),
        "isa-l": unsafe String(cString: cisal_version()),
        "libdeflate": LIBDEFLATE_VERSION_STRING,
        "libjpeg-turbo": unsafe String(cString: cjpeg_version()),
        "openjpeg": unsafe String(cString: copenjpeg_version()),
        "openjph": unsafe String(cString: copenjph_version()),
        "openslide": OpenSlideHandle.version,
    ]
}
