import Glibc

/// How values between the ends of a window become shades; the names of PS3.3 C.11.2.1.3 (VOI LUT Function).
public enum WindowFunction: Sendable, Hashable {
    /// DICOM's LINEAR, made for integers: black up to center − 0.5 − (width − 1)/2, white above center − 0.5 + (width − 1)/2.
    case linear
    /// DICOM's LINEAR_EXACT: black up to center − width/2, white above center + width/2.
    case linearExact
    /// DICOM's SIGMOID: 1/(1 + e^(−4·(value − center)/width)).
    case sigmoid
}

/// The part of a range of values that is shown from black to white: PS3.3 C.11.2.1.2.
public struct IntensityWindow: Sendable, Hashable {
    /// The value that becomes medium gray, in the values' own unit (Hounsfield units for CT).
    public var center: Double
    /// The distance between black and white.
    public var width: Double
    /// What lies between.
    public var function: WindowFunction

    /// A window by its parts; `nil` when the center is not finite, or the width is not finite and above 0 (at least 1 for
    /// ``WindowFunction/linear``), as the standard wants it.
    public init?(center: Double, width: Double, function: WindowFunction = .linear) {
        guard center.isFinite, width.isFinite, width > 0, function != .linear || width >= 1 else { return nil }
        self.init(uncheckedCenter: center, width: width, function: function)
    }

    init(uncheckedCenter center: Double, width: Double, function: WindowFunction) {
        self.center = center
        self.width = width
        self.function = function
    }

    /// The shade of a value: 0 is black, 1 is white; NaN is black.
    public func shade(of value: Double) -> Double {
        switch function {
        case .linear: ramp(value, middle: center - 0.5, length: width - 1)
        case .linearExact: ramp(value, middle: center, length: width)
        case .sigmoid: value.isNaN ? 0 : 1 / (1 + exp(-4 * (value - center) / width))
        }
    }

    private func ramp(_ value: Double, middle: Double, length: Double) -> Double {
        if value > middle + length / 2 { return 1 }
        // Also NaN, and the step that a length of 0 is.
        guard value > middle - length / 2 else { return 0 }
        return (value - middle) / length + 0.5
    }
}
