public import Formats
import ImageCore

/// What was chosen for a volume and why, in words: ``VolumeReasons`` with the values that they explain.
public struct VolumeChoices: Sendable, Hashable, Encodable {
    /// A choice.
    public struct Choice: Sendable, Hashable, Encodable {
        /// What was chosen: `int16`, `HU`, `2 x 4 mm`.
        public var value: String
        /// The reason's name in ``VolumeReasons``.
        public var reason: String
        /// The reason in words, with the attributes that decided.
        public var words: String

        init(_ value: String, _ reason: String, _ words: String) {
            self.value = value
            self.reason = reason
            self.words = words
        }
    }

    /// Type of the samples.
    public var scalar: Choice
    /// Unit of the samples.
    public var unit: Choice
    /// How stored values became samples.
    public var values: Choice
    /// What became of padding.
    public var padding: Choice
    /// Distance of neighboring pixels of a slice, x then y, in millimetres.
    public var pixelSpacing: Choice
    /// Distance of neighboring slices in millimetres.
    public var sliceSpacing: Choice
    /// Center of the first pixel, LPS, in millimetres.
    public var origin: Choice
    /// Direction of z, LPS.
    public var direction: Choice
    /// The space that origin and direction refer to, by its UID.
    public var frameOfReference: Choice

    /// The choices with their names, in the order in which people read them.
    public var all: [(name: String, choice: Choice)] {
        [
            ("scalar", scalar), ("unit", unit), ("values", values), ("padding", padding),
            ("pixel spacing", pixelSpacing), ("slice spacing", sliceSpacing), ("origin", origin),
            ("direction", direction), ("frame of reference", frameOfReference),
        ]
    }

    /// The choices without the values that are identifiers.
    var anonymous: VolumeChoices {
        var result = self
        if frameOfReference.reason != VolumeReasons.FrameOfReference.unknown.rawValue {
            result.frameOfReference.value = "known"
        }
        return result
    }
}

extension VolumeChoices {
    /// The choices of a volume.
    public init(_ volume: Volume) {
        self.init(volume.reasons, kind: volume.image.kind, unit: volume.unit, geometry: volume.geometry)
    }

    /// The choices of a stack under the options, decided from headers alone.
    ///
    /// - Throws: ``FormatError``: why the stack makes no volume under these options.
    public init(_ stack: DICOMStack, of series: DICOMSeries, options: VolumeOptions = VolumeOptions())
        throws(FormatError)
    {
        let assembler = try VolumeAssembler(series, stack, options: options)
        self.init(
            assembler.reasons, kind: assembler.scalar.kind, unit: assembler.unit, geometry: assembler.plan.geometry)
    }

    private init(_ reasons: VolumeReasons, kind: ScalarKind, unit: VolumeUnit, geometry: Geometry?) {
        func millimetres(_ numbers: [Double], _ separator: String) -> String {
            geometry == nil ? "unknown" : numbers.map(short).joined(separator: separator) + " mm"
        }
        let spacing = geometry?.spacingMillimetres ?? .zero
        let origin = geometry?.originMillimetres ?? .zero
        let z = geometry?.direction.z ?? .zero
        scalar = Choice("\(kind)", reasons.scalar.rawValue, reasons.scalar.words)
        self.unit = Choice(unit.name, reasons.unit.rawValue, reasons.unit.words)
        let unused = reasons.unusedRealWorldUnit.map { unit in
            "; real world values\(unit.isEmpty ? "" : " in \(unit)") are there, too: --values realWorld"
        }
        values = Choice(reasons.values.rawValue, reasons.values.rawValue, reasons.values.words + (unused ?? ""))
        padding = reasons.padding.choice
        pixelSpacing = Choice(
            millimetres([spacing.x, spacing.y], " x "), reasons.inPlaneSpacing?.rawValue ?? "unknown",
            reasons.inPlaneSpacing?.words ?? "no file says it")
        let lean = reasons.direction == .sheared ? " along the tilt" : ""
        sliceSpacing = Choice(millimetres([spacing.z], "") + lean, reasons.spacing.name, reasons.spacing.words)
        self.origin = Choice(
            millimetres([origin.x, origin.y, origin.z], ", "), reasons.origin.rawValue, reasons.origin.words)
        direction = Choice(
            [z.x, z.y, z.z].map(short).joined(separator: ", "), reasons.direction.rawValue, reasons.direction.words)
        frameOfReference = Choice(
            geometry?.frameOfReference ?? "unknown", reasons.frameOfReference.rawValue, reasons.frameOfReference.words)
    }
}
