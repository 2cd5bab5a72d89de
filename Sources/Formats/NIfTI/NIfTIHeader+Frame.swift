import ImageCore

extension NIfTIHeader {
    /// The axes of an image, slowest first, and their sizes.
    struct Shape: Sendable, Hashable {
        var axes: [Axis]
        var sizes: [Int]
    }

    /// The axes that the dimensions become; see ``NIfTIReader``.
    ///
    /// - Throws: `corrupt` for a number of dimensions other than 1 to 7 or a size below 1.
    func shape(_ datatype: NIfTIDatatype, file: String) throws(FormatError) -> Shape {
        guard (1...7).contains(dim[0]) else {
            throw FormatError(.corrupt, file: file, place: "dim[0]", expected: "1 to 7", found: "\(dim[0])")
        }
        let fifth = datatype.channels == 1 ? Axis.channel : .other("dimension 5")
        let names: [Axis] = [.x, .y, .z, .time, fifth, .other("dimension 6"), .other("dimension 7")]
        var shape = Shape(axes: [], sizes: [])
        for i in 0..<max(2, dim[0]) {
            let size = i < dim[0] ? dim[i + 1] : 1
            guard size > 0 else {
                throw FormatError(
                    .corrupt, file: file, place: "dim[\(i + 1)]", expected: "a size above 0", found: "\(size)")
            }
            if i >= 3 && size == 1 { continue }
            shape.axes.insert(names[i], at: 0)
            shape.sizes.insert(size, at: 0)
        }
        guard datatype.channels > 1 else { return shape }
        return Shape(axes: shape.axes + [.channel], sizes: shape.sizes + [datatype.channels])
    }

    /// What the file says about its image.
    func frame(_ shape: Shape, _ datatype: NIfTIDatatype, kind: ScalarKind) -> FrameInfo {
        let isLabel = intentCode == Self.labelIntent
        let color: ColorModel =
            switch datatype.channels {
            case 3: .rgb
            case 4: .rgba
            default: isLabel ? .labels : shape.axes.contains(.channel) ? .unspecified : .gray
            }
        return FrameInfo(
            axes: shape.axes, sizes: shape.sizes, kind: kind, color: color,
            domain: isLabel ? .labels : datatype.channels > 1 ? .integer(bits: 8) : .unspecified,
            geometry: geometry, metadata: metadata(datatype))
    }

    /// NIFTI_INTENT_LABEL.
    static let labelIntent = 1002
    /// NIFTI_INTENT_VECTOR: the fifth dimension holds the parts of a value.
    static let vectorIntent = 1007

    private func metadata(_ datatype: NIfTIDatatype) -> Metadata {
        var metadata = Metadata()
        metadata["nifti.version"] = .integer(version.rawValue)
        metadata["nifti.datatype"] = .integer(datatype.code)
        metadata["nifti.affine"] = affine.map { .numbers($0.matrix) }
        metadata["nifti.affineSource"] = .text(affineSource.rawValue)
        metadata["nifti.qformCode"] = .integer(qformCode)
        metadata["nifti.sformCode"] = .integer(sformCode)
        if let contradiction { metadata["nifti.remark"] = .text(contradiction) }
        if affine?.isSheared == true { metadata["nifti.sheared"] = "the axes are not perpendicular" }
        if datatype.channels == 1, let scaling = NIfTIScaling(self) {
            metadata["nifti.slope"] = .number(scaling.slope)
            metadata["nifti.intercept"] = .number(scaling.intercept)
        }
        addTime(to: &metadata)
        addTexts(to: &metadata)
        return metadata
    }

    private func addTime(to metadata: inout Metadata) {
        guard let seconds = secondsPerUnit else { return }
        if dim[0] >= 4, pixdim[4].isFinite, pixdim[4] > 0 {
            metadata["nifti.timeStepSeconds"] = .number(pixdim[4] * seconds)
        }
        if timeOffset.isFinite, timeOffset != 0 { metadata["nifti.timeOffsetSeconds"] = .number(timeOffset * seconds) }
    }

    private func addTexts(to metadata: inout Metadata) {
        if !description.isEmpty { metadata["nifti.description"] = .text(description) }
        if !auxiliaryFile.isEmpty { metadata["nifti.auxiliaryFile"] = .text(auxiliaryFile) }
        if intentCode != 0 { metadata["nifti.intentCode"] = .integer(intentCode) }
        if !intentName.isEmpty { metadata["nifti.intentName"] = .text(intentName) }
        if displayLowest.isFinite, displayHighest.isFinite, displayLowest < displayHighest {
            metadata["nifti.displayRange"] = .numbers([displayLowest, displayHighest])
        }
    }
}
