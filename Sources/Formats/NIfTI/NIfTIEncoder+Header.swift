import ImageCore

extension NIfTIEncoder {
    /// The header of a file with a volume.
    func header(of volume: NIfTIVolume, file: String) throws(FormatError) -> NIfTIHeader {
        var header = NIfTIHeader()
        header.version = try version(for: volume, file: file)
        header.dim = [volume.dimensions.count] + volume.dimensions
        header.dim += [Int](repeating: 1, count: 8 - header.dim.count)
        header.datatype = volume.datatype.code
        header.bitsPerVoxel = 8 * volume.datatype.byteCount
        header.voxelOffset = Double(header.version.headerLength + 4)
        if let scaling, !scaling.slope.isFinite || !scaling.intercept.isFinite {
            throw FormatError(
                .invalidRequest, file: file, expected: "a finite slope and intercept",
                found: "\(scaling.slope) and \(scaling.intercept)")
        }
        header.slope = scaling?.slope ?? 1
        header.intercept = scaling?.intercept ?? 0
        // Millimetres and seconds.
        header.units = 2 | 8
        if let map = affine ?? volume.image.geometry.map({ NIfTIAffine($0) }) {
            guard map.isInvertible else {
                throw FormatError(
                    .invalidRequest, file: file, expected: "an affine map that spans space", found: "\(map.matrix)")
            }
            let isPlaced = affine != nil || volume.image.geometry?.isPlaced == true
            header.setAffine(map, code: isPlaced ? affineCode : 0)
        }
        if volume.hasVectors { header.intentCode = NIfTIHeader.vectorIntent }
        addMeaning(of: volume.image, to: &header)
        return header
    }

    private func addMeaning(of image: AnyImage, to header: inout NIfTIHeader) {
        let metadata = image.metadata
        if image.domain == .labels || image.color == .labels { header.intentCode = NIfTIHeader.labelIntent }
        if let description {
            header.description = description
        } else if case .text(let text)? = metadata["nifti.description"] {
            header.description = text
        }
        if let seconds = timeStepSeconds ?? image.timeStepSeconds { header.pixdim[4] = seconds }
    }

    private func version(for volume: NIfTIVolume, file: String) throws(FormatError) -> NIfTIHeader.Version {
        let largest = volume.dimensions.max() ?? 1
        switch version {
        case .automatic: return largest > Int(Int16.max) ? .two : .one
        case .nifti2: return .two
        case .nifti1:
            guard largest <= Int(Int16.max) else {
                throw FormatError(
                    .invalidRequest, file: file, expected: "sizes up to \(Int16.max) for version 1", found: "\(largest)"
                )
            }
            return .one
        }
    }
}
