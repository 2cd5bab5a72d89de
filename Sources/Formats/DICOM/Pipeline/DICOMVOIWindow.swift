import Glibc
public import ImageCore

/// The part of a range of values that is shown: PS3.3 C.11.2.1.2.
public struct DICOMVOIWindow: Sendable, Hashable {
    /// How values between the ends become shades: VOI LUT Function, PS3.3 C.11.2.1.3.
    public enum Function: Sendable, Hashable {
        /// Made for whole numbers: black up to center − 0.5 − (width − 1)/2, white above center − 0.5 + (width − 1)/2.
        case linear
        /// Black up to center − width/2, white above center + width/2.
        case linearExact
        /// 1/(1 + e^(−4 · (value − center)/width)).
        case sigmoid
    }

    /// The value that becomes medium gray.
    public var center: Double
    /// The distance between black and white.
    public var width: Double
    /// What lies between.
    public var function: Function
    /// What the file calls the window.
    public var explanation: String?

    /// A window by its parts; `nil` when the width is not above 0, or below 1 for ``Function-swift.enum/linear``.
    public init?(center: Double, width: Double, function: Function = .linear, explanation: String? = nil) {
        guard center.isFinite, width.isFinite, width > 0, function != .linear || width >= 1 else { return nil }
        self.center = center
        self.width = width
        self.function = function
        self.explanation = explanation
    }

    /// The windows that a data set, or an item of Frame VOI LUT Sequence, offers; those that cannot be right are left out.
    public static func all(_ dataSet: DICOMDataSet) -> [DICOMVOIWindow] {
        let (centers, widths) = (dataSet.doubles(.windowCenter), dataSet.doubles(.windowWidth))
        let explanations = dataSet.texts(.windowCenterWidthExplanation) ?? []
        let function: Function =
            switch dataSet.text(.voiLUTFunction) {
            case "LINEAR_EXACT": .linearExact
            case "SIGMOID": .sigmoid
            default: .linear
            }
        return zip(centers, widths).enumerated().compactMap { i, window in
            DICOMVOIWindow(
                center: window.0, width: window.1, function: function,
                explanation: i < explanations.count ? explanations[i] : nil)
        }
    }

    /// The windows of each frame: of the per-frame functional groups, the shared ones, or the data set itself.
    ///
    /// - Returns: As many lists as there are frames.
    public static func frames(_ header: DICOMHeader, _ format: DICOMPixelFormat) -> [[DICOMVOIWindow]] {
        func windows(_ group: DICOMDataSet) -> [DICOMVOIWindow]? {
            group.items(.frameVOILUTSequence).first.map { all($0) }
        }
        let shared = header.dataSet.items(.sharedFunctionalGroupsSequence).first.flatMap(windows)
        var frames = [[DICOMVOIWindow]](repeating: shared ?? all(header.dataSet), count: format.frameCount)
        for (i, group) in header.dataSet.items(.perFrameFunctionalGroupsSequence).prefix(frames.count).enumerated() {
            if let own = windows(group) { frames[i] = own }
        }
        return frames
    }

    /// The shade of a value: 0 is black, 1 is white, before any inversion; NaN is black.
    public func shade(of value: Double) -> Double {
        switch function {
        case .linear: ramp(value, middle: center - 0.5, length: width - 1)
        case .linearExact: ramp(value, middle: center, length: width)
        case .sigmoid: value.isNaN ? 0 : 1 / (1 + exp(-4 * (value - center) / width))
        }
    }

    private func ramp(_ value: Double, middle: Double, length: Double) -> Double {
        if !(value > middle - length / 2) { return 0 }
        if value > middle + length / 2 { return 1 }
        return (value - middle) / length + 0.5
    }

    /// Turns values, as the modality step gives them, into shades from 0 to 1.
    public func applied(to values: AnyImage) -> Image<Float> { values.shades { shade(of: $0) } }
}

extension DICOMLookupTable {
    /// The tables of VOI LUT Sequence, PS3.3 C.11.2: what they take is what the modality step gives.
    public static func valuesOfInterest(_ dataSet: DICOMDataSet, isSigned: Bool) -> [DICOMLookupTable] {
        dataSet.items(.voiLUTSequence).compactMap {
            DICOMLookupTable($0, descriptor: .lutDescriptor, data: .lutData, isSigned: isSigned)
        }
    }

    /// Turns values into shades: an entry of 0 is 0, the largest that the entries' bits can hold is 1.
    public func applied(to values: AnyImage) -> Image<Float> {
        let scale = 1 / Double((1 << bits) - 1)
        return values.shades { value in
            let whole = value.isNaN ? 0 : max(-1e9, min(1e9, value.rounded(.toNearestOrAwayFromZero)))
            return Double(self[Int(whole)]) * scale
        }
    }
}

/// The last step of display, PS3.3 C.11.6: which end is dark.
public enum DICOMDisplayPolarity {
    /// Whether shades are turned round for display: Presentation LUT Shape INVERSE, or MONOCHROME1 without a shape.
    public static func isInverted(_ dataSet: DICOMDataSet, _ photometric: DICOMPhotometric) -> Bool {
        switch dataSet.text(.presentationLUTShape) {
        case "INVERSE": true
        case "IDENTITY": false
        default: photometric == .monochrome1
        }
    }

    /// Turns shades round: 1 − shade.
    public static func inverted(_ shades: Image<Float>) -> Image<Float> { shades.map { 1 - $0 } }
}
