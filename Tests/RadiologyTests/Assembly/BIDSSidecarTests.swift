import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// The sidecars of real series against what dcm2niix 1.0.20260724 writes for them.
@Suite(.needsTestData) struct BIDSSidecarTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        let series: String
        let numbers: [String: Double]
        let texts: [String: String]
        var testDescription: String { series }

        init(_ series: String, _ numbers: [String: Double], _ texts: [String: String]) {
            (self.series, self.numbers, self.texts) = (series, numbers, texts)
        }
    }

    static let expected = [
        Expected(
            "dcm_qa_nih/In/20180918GE/mr_0004",
            [
                "EchoTime": 0.03, "RepetitionTime": 5, "FlipAngle": 60, "MagneticFieldStrength": 3,
                "ImagingFrequency": 127.696749, "SliceThickness": 3, "SpacingBetweenSlices": 5,
                "PixelBandwidth": 7812.5, "SAR": 0.0166392, "PercentPhaseFOV": 100, "PercentSampling": 100,
                "SeriesNumber": 4, "AcquisitionNumber": 1,
            ],
            [
                "Modality": "MR", "ManufacturersModelName": "DISCOVERY MR750", "BodyPart": "BRAIN",
                "PatientPosition": "HFS", "MRAcquisitionType": "2D", "ScanningSequence": "EP\\GR",
                "SequenceVariant": "SS", "InPlanePhaseEncodingDirectionDICOM": "COL",
                "SoftwareVersions": "27\\LX\\MR Software release:DV26.0_R01_1725.a",
                "ProtocolName": "DCM2NIIX regression test",
            ]),
        Expected(
            "ibsi_STS_002/dicom/STS_002/PET/image",
            [
                "SliceThickness": 3.27, "SeriesNumber": 4, "RadionuclideHalfLife": 6588,
                "InjectedRadioactivity": 433.3441, "DoseCalibrationFactor": 39140,
            ],
            [
                "Modality": "PT", "BodyPart": "EXTREMITY", "PatientPosition": "HFS", "SoftwareVersions": "41.04",
                "DecayCorrection": "ADMIN", "InjectedRadioactivityUnits": "MBq",
                "ProtocolName": "MGH_WBS_2D", "ReconstructionMethod": "OSEM", "RandomsCorrectionMethod": "SING",
            ]),
        Expected(
            "ibsi_STS_002/dicom/STS_002/CT/image",
            [
                "SeriesNumber": 3, "AcquisitionNumber": 1, "ExposureTime": 0.87, "XRayTubeCurrent": 90,
                "XRayExposure": 15,
            ],
            [
                "Modality": "CT", "ManufacturersModelName": "Discovery ST", "BodyPart": "EXTREMITY",
                "ConvolutionKernel": "STANDARD", "SoftwareVersions": "dm09_hl2sp1.23",
            ]),
        Expected(
            "dicom2nifti/philips_enhanced/fmri/001",
            [
                "EchoTime": 0.03, "RepetitionTime": 3, "FlipAngle": 80, "ImagingFrequency": 127.783018,
                "SliceThickness": 3.313, "SpacingBetweenSlices": 3.313, "PixelBandwidth": 1886.92,
                "EchoTrainLength": 63, "SeriesNumber": 701, "AcquisitionNumber": 7,
            ],
            [
                "Modality": "MR", "ManufacturersModelName": "Achieva", "MRAcquisitionType": "2D",
                "PhaseEncodingAxis": "j", "InPlanePhaseEncodingDirectionDICOM": "COL",
            ]),
        Expected(
            "dicom2nifti/ge/anatomical/001",
            ["EchoTime": 0.003164, "RepetitionTime": 0.0089, "InversionTime": 0.9, "SeriesNumber": 4],
            ["Modality": "MR", "MRAcquisitionType": "3D", "ScanningSequence": "GR", "SequenceVariant": "SS\\SP\\SK"]),
        Expected(
            "dicom2nifti/hitachi/anatomical/001",
            ["EchoTime": 0.012, "RepetitionTime": 4, "SpacingBetweenSlices": 4, "SeriesNumber": 10],
            ["Modality": "MR", "PatientPosition": "HFS", "ScanningSequence": "SE", "SequenceVariant": "SK"]),
    ]

    private func sidecar(_ series: String) throws -> (json: [String: Any], volume: Volume) {
        let volume = try VolumeReader(folder: try TestData.path("series/\(series)")).volume()
        let paths = volume.slices.flatMap { $0.sources.compactMap { $0?.path } }
        let path = try #require(paths.first)
        let sidecar = BIDSSidecar(try DICOMHeader(path: path).dataSet, volume: volume)
        let object = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(sidecar))
        return (try #require(object as? [String: Any]), volume)
    }

    @Test(arguments: expected) func `numbers and words are dcm2niix's`(expected: Expected) throws {
        let found = try sidecar(expected.series).json
        for (name, value) in expected.numbers {
            let number = try #require(found[name] as? Double, "\(name)")
            // dcm2niix prints six digits, and takes the spacing from the header where it stands.
            #expect(
                abs(number - value) <= (name == "SpacingBetweenSlices" ? 1e-3 : 1e-5 * abs(value)), "\(name): \(number)"
            )
        }
        for (name, value) in expected.texts { #expect(found[name] as? String == value, "\(name)") }
    }

    @Test func `what DICOM does not tell for certain is left out, and so is who it was`() throws {
        for expected in Self.expected {
            let found = try sidecar(expected.series).json
            for name in ["PhaseEncodingDirection", "SliceTiming"] { #expect(found[name] == nil) }
            for word in ["Patient", "Institution", "Station", "Date", "UID", "Physician", "Operator", "Study"] {
                #expect(!found.keys.contains { $0.contains(word) && $0 != "PatientPosition" }, "\(expected.series)")
            }
        }
    }

    @Test func `a frame's duration and the correction of decay are BIDS' of PET`() throws {
        let found = try sidecar("ibsi_STS_002/dicom/STS_002/PET/image").json
        #expect(found["FrameDuration"] as? [Double] == [240] && found["ImageDecayCorrected"] as? Bool == true)
        // dcm2niix cuts the name after its first word.
        #expect(found["Units"] as? String == "g/mL" && (found["TracerName"] as? String)?.hasPrefix("FDG") == true)
    }

    @Test func `time points are a repetition time apart`() throws {
        let (json, volume) = try sidecar("dicom2nifti/philips_enhanced/fmri/001")
        #expect(volume.image.axes.first == .time)
        #expect(volume.timeStepSeconds == json["RepetitionTime"] as? Double && volume.timeStepSeconds == 3)
    }
}
