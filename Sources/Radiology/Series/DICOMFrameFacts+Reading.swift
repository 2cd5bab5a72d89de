import Formats

extension DICOMRescale {
    /// Slope and intercept of a data set, or the scaling of its doses (PS3.3 C.8.8.3.3); `nil` where none is there.
    init?(_ data: DICOMDataSet) {
        if let scaling = data.double(.doseGridScaling) {
            self.init(slope: scaling, intercept: 0, type: data.text(.doseUnits))
            return
        }
        let (slope, intercept) = (data.double(.rescaleSlope), data.double(.rescaleIntercept))
        guard slope != nil || intercept != nil else { return nil }
        self.init(slope: slope ?? 1, intercept: intercept ?? 0, type: data.text(.rescaleType))
    }

    /// Philips' scale of the private attributes (2005,100E) and (2005,100D).
    init?(philips data: DICOMDataSet) {
        guard let slope = data.numbers(.philipsScaleSlope, bytes: 4).first, slope != 0, slope.isFinite else {
            return nil
        }
        self.init(slope: slope, intercept: data.numbers(.philipsScaleIntercept, bytes: 4).first ?? 0)
    }
}

extension DICOMWindow {
    /// The windows of a data set or a frame's VOI group.
    static func windows(_ data: DICOMDataSet) -> [DICOMWindow] {
        let function = data.text(.voiLUTFunction)
        return zip(data.doubles(.windowCenter), data.doubles(.windowWidth)).map {
            DICOMWindow(center: $0, width: $1, function: function)
        }
    }
}

extension DICOMPixelSpacing {
    /// The spacing of a data set, with what it was measured on: PS3.3 10.7.1.3.
    init?(_ data: DICOMDataSet, modality: String) {
        let pixel = data.doubles(.pixelSpacing)
        let imager = DICOMPixelSpacing(rowThenColumn: data.doubles(.imagerPixelSpacing), kind: .detector)
        if var known = DICOMPixelSpacing(rowThenColumn: pixel, kind: .patient) {
            let isProjection = ["CR", "DX", "MG", "XA", "RF", "IO", "PX", "DR", "RG"].contains(modality)
            if data.text(.pixelSpacingCalibrationType) != nil {
                known.kind = .calibrated
            } else if let imager {
                let isSame =
                    imager.xMillimetres == known.xMillimetres && imager.yMillimetres == known.yMillimetres
                known.kind = isSame ? .detector : .calibrated
            } else if isProjection {
                known.kind = .unspecified
            }
            self = known
        } else if let imager {
            self = imager
        } else if let scanned = DICOMPixelSpacing(
            rowThenColumn: data.doubles(.nominalScannedPixelSpacing), kind: .scanned)
        {
            self = scanned
        } else if let region = DICOMPixelSpacing(regions: data.items(.sequenceOfUltrasoundRegions)) {
            self = region
        } else {
            return nil
        }
    }

    /// The spacing that all spatial regions of an ultrasound image share; `nil` when they differ or there is none.
    private init?(regions: [DICOMDataSet]) {
        // Units of 3 are centimetres: PS3.3 C.8.5.5.1.15.
        let spatial = regions.filter {
            $0.integer(.physicalUnitsXDirection) == 3 && $0.integer(.physicalUnitsYDirection) == 3
        }
        let spacings = spatial.compactMap { region -> DICOMPixelSpacing? in
            guard let x = region.double(.physicalDeltaX), let y = region.double(.physicalDeltaY) else { return nil }
            return DICOMPixelSpacing(rowThenColumn: [abs(y) * 10, abs(x) * 10], kind: .ultrasound)
        }
        guard let first = spacings.first, spacings.allSatisfy({ $0 == first }) else { return nil }
        self = first
    }
}
