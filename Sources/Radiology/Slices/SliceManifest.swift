import ImageCore

/// `<patient>/slices.csv`: one row per slice, series by series.
struct SliceManifest {
    /// The first line.
    static let header =
        "patient,series,slice,position_mm,mask_pixels,mask_area_mm2,mask_ratio,box_x,box_y,box_width,box_height,"
        + SliceKind.allCases.map(\.rawValue).joined(separator: ",") + "\n"

    let patient: String
    let series: String

    /// The line of a slice; paths are relative to the patient's folder.
    func row(_ slice: SliceMeasure, paths: [SliceKind: String]) -> String {
        var fields = [Self.quoted(patient), Self.quoted(series), String(slice.index)]
        fields += [slice.positionMillimetres.map(Self.decimal) ?? "", String(slice.maskPixels)]
        fields += [Self.decimal(slice.maskSquareMillimetres), Self.decimal(slice.maskRatio)]
        let box = slice.box
        fields += [box?.x, box?.y, box?.width, box?.height].map { $0.map { String($0) } ?? "" }
        fields += SliceKind.allCases.map { Self.quoted(paths[$0] ?? "") }
        return fields.joined(separator: ",") + "\n"
    }

    /// A number with at most four decimals.
    private static func decimal(_ value: Double) -> String {
        let rounded = (value * 10000).rounded() / 10000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }

    /// A field as RFC 4180 wants it.
    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
