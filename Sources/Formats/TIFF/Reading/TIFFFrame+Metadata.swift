import CTIFFShim
import ImageCore

extension TIFFFrame {
    private static let texts: [(TIFFTag, String)] = [
        (.imageDescription, "ImageDescription"), (.software, "Software"), (.dateTime, "DateTime"),
        (.make, "Make"), (.model, "Model"), (.artist, "Artist"), (.copyright, "Copyright"),
        (.documentName, "DocumentName"), (.pageName, "PageName"), (.hostComputer, "HostComputer"),
    ]

    /// What the tags say beyond the samples.
    ///
    /// `icc` holds the profile, `orientation` what is left to do (1 when it was applied), `palette` the reds, greens and
    /// blues of a palette whose indices stay, and `tiff.NAME` the tag of that name.
    static func metadata(
        _ handle: LibTIFF, _ tags: ctiff_page, map: [UInt16]?, orientation: EXIFOrientation?
    ) -> Metadata {
        var metadata = Metadata()
        for (tag, name) in texts {
            if let text = handle.text(tag) { metadata["tiff.\(name)"] = .text(text) }
        }
        if let profile = handle.iccProfile { metadata["icc"] = .bytes(profile) }
        metadata["orientation"] = .integer(orientation == nil ? Int(tags.orientation) : 1)
        if let map { metadata["palette"] = .numbers(map.map { Double($0) }) }
        metadata["tiff.Compression"] = .text(LibTIFF.codec(tags.compression).name)
        metadata["tiff.NewSubfileType"] = .integer(Int(tags.subfile_type))
        metadata["tiff.BitsPerSample"] = .integer(Int(tags.bits_per_sample))
        metadata["tiff.PhotometricInterpretation"] = .integer(Int(tags.photometric))
        if tags.is_tiled != 0 {
            metadata["tiff.TileWidth"] = .integer(Int(tags.piece_width))
            metadata["tiff.TileLength"] = .integer(Int(tags.piece_height))
        }
        if tags.x_resolution > 0 {
            metadata["tiff.XResolution"] = .number(Double(tags.x_resolution))
            metadata["tiff.YResolution"] = .number(Double(tags.y_resolution))
            metadata["tiff.ResolutionUnit"] = .text([2: "inch", 3: "centimeter"][tags.resolution_unit] ?? "none")
        }
        return metadata
    }
}
