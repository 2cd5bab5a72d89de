import Formats

/// Where the planes of a dose grid lie: Grid Frame Offset Vector (3004,000C), PS3.3 C.8.8.3.2.
struct DoseGridOffsets {
    /// What the numbers count.
    enum Meaning {
        /// Millimetres from the first plane along the normal: the first number is 0.
        case alongNormal
        /// Z of the patient: the first number is that of Image Position (Patient), and slices are axial.
        case patientZ
        /// Neither form: the differences to the first number are taken along the normal.
        case unclear
    }

    /// The numbers, one per frame.
    let values: [Double]
    let meaning: Meaning
    private let position: SIMD3<Double>
    private let orientation: SliceOrientation

    /// The offsets of a data set with a place; `nil` without them.
    init?(_ data: DICOMDataSet) {
        values = data.doubles(.gridFrameOffsetVector)
        guard let first = values.first, let position = data.vector(.imagePositionPatient),
            let orientation = SliceOrientation(cosines: data.doubles(.imageOrientationPatient))
        else { return nil }
        (self.position, self.orientation) = (position, orientation)
        // Texts of both attributes are rounded, each in its own way.
        let isZ = abs(first - position.z) <= 0.01
        let isAxial = abs(abs(orientation.normal.z) - 1) <= 1e-6
        meaning = first == 0 ? .alongNormal : isZ && isAxial ? .patientZ : .unclear
    }

    /// From the first plane to another.
    func step(to index: Int) -> SIMD3<Double> {
        let distance = values[index] - values[0]
        return meaning == .patientZ ? SIMD3(0, 0, distance) : orientation.normal * distance
    }

    /// What is odd, in one sentence.
    var problem: String? {
        let name = "Grid Frame Offset Vector (3004,000C)"
        switch meaning {
        case .alongNormal: return nil
        case .unclear:
            return "\(name) begins with \(short(values[0])), which is neither 0 nor the z of axial planes at "
                + "\(short(position.z)): its differences are taken along the normal"
        case .patientZ:
            // The standard allows this form for 1\\0\\0\\0\\1\\0 only; with other axes z may fall along the normal.
            guard orientation.x.x < 1 - 1e-6 || orientation.y.y < 1 - 1e-6 else { return nil }
            return "\(name) has z coordinates of planes that are turned, which the standard does not provide for: "
                + "they are taken as the patient's"
        }
    }
}
