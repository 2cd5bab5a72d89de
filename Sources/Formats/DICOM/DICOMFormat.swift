/// Digital Imaging and Communications in Medicine (PS3.10): files with pixel data, one image per frame.
///
/// Volumes out of several files are made by the module Radiology.
public enum DICOMFormat {
    /// The entry for a ``FormatTable``.
    public static let format = ImageFormat(
        name: "DICOM", extensions: ["dcm", "dicom", "ima"], matches: { DICOMHeader.recognizes($0) },
        open: { source, options throws(FormatError) in
            try DICOMReader(DICOMHeader(source: source, limits: options.limits), options: options)
        })
}
