"""A segmentation of many frames and a NIfTI volume, made once."""

import nibabel
import numpy
import pydicom
import pydicom.uid

import dicom_series


def sequence(**attributes):
    item = pydicom.Dataset()
    for name, value in attributes.items():
        setattr(item, name, value)
    return pydicom.Sequence([item])


def segmentation(folder, frames):
    """A binary segmentation of 32 x 32 pixels whose frames have functional groups of their own."""
    path = folder / f"segmentation-{frames}.dcm"
    if path.exists():
        return path
    set = pydicom.Dataset()
    set.file_meta = pydicom.dataset.FileMetaDataset()
    set.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    set.SOPClassUID, set.SOPInstanceUID = pydicom.uid.SegmentationStorage, "2.25.7801"
    set.StudyInstanceUID, set.SeriesInstanceUID, set.FrameOfReferenceUID = "2.25.771", "2.25.782", "2.25.773"
    set.Modality, set.SegmentationType = "SEG", "BINARY"
    set.Rows = set.Columns = 32
    set.NumberOfFrames, set.SamplesPerPixel, set.PhotometricInterpretation = frames, 1, "MONOCHROME2"
    set.BitsAllocated, set.BitsStored, set.HighBit, set.PixelRepresentation = 1, 1, 0, 0
    code = {"CodeValue": "91772007", "CodingSchemeDesignator": "SCT", "CodeMeaning": "Structure"}
    set.SegmentSequence = pydicom.Sequence()
    for number in range(1, 61):
        set.SegmentSequence.append(sequence(
            SegmentNumber=number, SegmentLabel=f"segment {number}", SegmentAlgorithmType="AUTOMATIC",
            SegmentAlgorithmName="bench", SegmentedPropertyCategoryCodeSequence=sequence(**code),
            SegmentedPropertyTypeCodeSequence=sequence(**code))[0])
    set.SharedFunctionalGroupsSequence = sequence(
        PixelMeasuresSequence=sequence(PixelSpacing=[1, 1], SliceThickness="1"),
        PlaneOrientationSequence=sequence(ImageOrientationPatient=[1, 0, 0, 0, 1, 0]))
    slices = frames // 60
    set.PerFrameFunctionalGroupsSequence = pydicom.Sequence([
        frame(1 + index // slices, index % slices) for index in range(frames)])
    bits = numpy.random.default_rng(3).integers(0, 256, frames * 128, numpy.uint8)
    set.PixelData = bits.tobytes()
    set["PixelData"].VR = "OB"
    set.save_as(path, enforce_file_format=True)
    return path


def frame(segment, slice):
    reference = sequence(
        ReferencedSOPClassUID=pydicom.uid.CTImageStorage, ReferencedSOPInstanceUID=f"2.25.77{slice:06d}")
    return sequence(
        FrameContentSequence=sequence(DimensionIndexValues=[segment, slice + 1]),
        PlanePositionSequence=sequence(ImagePositionPatient=[0, 0, slice]),
        DerivationImageSequence=sequence(SourceImageSequence=reference),
        SegmentIdentificationSequence=sequence(ReferencedSegmentNumber=segment))[0]


def nifti(folder, slices):
    path = folder / f"volume-{slices}.nii.gz"
    if not path.exists():
        voxels = numpy.stack([dicom_series.pixels(index).astype(numpy.int16) - 1024 for index in range(slices)], axis=2)
        nibabel.save(nibabel.Nifti1Image(voxels.transpose(1, 0, 2), numpy.diag([0.7, 0.7, 1.25, 1])), path)
    return path
