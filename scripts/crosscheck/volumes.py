#!/usr/bin/env python3
"""Compares the volumes of `tessera convert` with reference NIfTI files and with SimpleITK.

usage: scripts/crosscheck/volumes.py TESSERA DATA
DATA holds `series/`. Needs nibabel, numpy and SimpleITK. Voxels are compared after both volumes were turned to the same
orientation, affines voxel for voxel. Prints one line per comparison and the number that agree; exit code 1 when a
difference is not among the explained ones.
"""
import pathlib
import subprocess
import sys
import tempfile

import nibabel
import numpy
import SimpleITK

REFERENCES = [  # series, reference
    ("dicom2nifti/failing/slicecount/001", "dicom2nifti/failing/slicecount/001_ground_truth.nii.gz"),
    ("dicom2nifti/ge/anatomical/001", "dicom2nifti/ge/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/anatomical/001", "dicom2nifti/generic/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/anatomical/002_non_isotropic",
     "dicom2nifti/generic/anatomical/002_non_isotropic_ground_truth.nii.gz"),
    ("dicom2nifti/generic/compressed_j2k/001", "dicom2nifti/generic/compressed_j2k/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/compressed_jpeg/001", "dicom2nifti/generic/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/compressed_jpegls/001", "dicom2nifti/generic/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/compressed_rle/001", "dicom2nifti/generic/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/rgb/001", "dicom2nifti/generic/rgb/001_ground_truth.nii.gz"),
    ("dicom2nifti/hitachi/anatomical/001", "dicom2nifti/hitachi/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/philips_enhanced/fmri/001", "dicom2nifti/philips_enhanced/fmri/001_ground_truth.nii.gz"),
    ("ibsi_STS_002/dicom/STS_002/CT/image", "ibsi_STS_002/nifti/STS_002/CT_image.nii.gz"),
    ("ibsi_STS_002/dicom/STS_002/MR_T1/image", "ibsi_STS_002/nifti/STS_002/MR_T1_image.nii.gz"),
    ("ibsi_STS_002/dicom/STS_002/PET/image", "ibsi_STS_002/nifti/STS_002/PET_image.nii.gz"),
    ("dcm_qa_nih/In/20180918GE/mr_0004", "dcm_qa_nih/Ref/DCM2NIIX_regression_test_4.nii"),
    ("dcm_qa_nih/In/20180918Si/mr_0003", "dcm_qa_nih/Ref/EPI_PE=AP_3.nii"),
    ("dcm_qa_nih/In/20180918Si/mr_0004", "dcm_qa_nih/Ref/EPI_PE=PA_4.nii"),
    ("dcm_qa_12bit/In/12bitUnsigned.dcm", "dcm_qa_12bit/Ref/2.nii"),
    ("dcm_qa_12bit/In/12bitUnsigned_0x0F0F.dcm", "dcm_qa_12bit/Ref/3.nii"),
    ("dcm_qa_12bit/In/12bitSigned_0x0F0F.dcm", "dcm_qa_12bit/Ref/4.nii"),
]

EXPLAINED = {}  # series: why it differs


def samples(image):
    data = numpy.asanyarray(image.dataobj)
    if data.dtype.fields:
        data = numpy.stack([data[name] for name in data.dtype.names], axis=-1)
    return numpy.squeeze(data).astype(numpy.float64)


def canonical(path):
    image = nibabel.load(path)
    affine = image.affine
    orientation = nibabel.orientations.io_orientation(affine)
    data = numpy.asanyarray(image.dataobj)
    if data.dtype.fields:
        data = numpy.stack([data[name] for name in data.dtype.names], axis=-1)
    shape = data.shape[:3]
    data = nibabel.orientations.apply_orientation(data, orientation)
    affine = affine @ nibabel.orientations.inv_ornt_aff(orientation, shape)
    return numpy.squeeze(data).astype(numpy.float64), affine


def difference(one, other):
    (data, affine), (other_data, other_affine) = canonical(one), canonical(other)
    if data.shape != other_data.shape:
        return f"shape {data.shape}, reference {other_data.shape}"
    off = numpy.abs(affine - other_affine).max()
    corner = numpy.array(list(data.shape[:3]) + [1.0] * (4 - len(data.shape[:3])))
    corner_off = numpy.abs((affine - other_affine) @ corner).max()
    values = numpy.abs(data - other_data).max()
    # References in single precision: a millionth of the largest value.
    tolerance = 1e-6 * max(1.0, numpy.abs(other_data).max())
    if values > tolerance or corner_off > 0.01:
        return f"values differ by {values:g}, affine by {off:g}, farthest corner by {corner_off:g} mm"
    return None


def convert(tessera, source, target, *options):
    run = subprocess.run([tessera, "convert", source, target, *options], capture_output=True, text=True)
    return None if run.returncode == 0 else run.stderr.strip().splitlines()[-1]


def simpleitk(source, target):
    reader = SimpleITK.ImageSeriesReader()
    if source.is_file():
        image = SimpleITK.ReadImage(str(source))
    else:
        ids = reader.GetGDCMSeriesIDs(str(source))
        reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(source), ids[0]))
        image = reader.Execute()
    SimpleITK.WriteImage(image, str(target))


def main():
    tessera, data = sys.argv[1], pathlib.Path(sys.argv[2]) / "series"
    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    agree = total = 0
    unexplained = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for peer in ["reference", "SimpleITK"]:
            for series, reference in REFERENCES:
                ours, theirs = folder / "ours.nii", data / reference
                found = convert(tessera, data / series, ours, "--rescale-padding")
                if found is None:
                    try:
                        if peer == "SimpleITK":
                            theirs = folder / "theirs.nii"
                            simpleitk(data / series, theirs)
                        found = difference(ours, theirs)
                    except Exception as error:  # a peer that cannot read the series
                        found = f"{peer}: {str(error).strip().splitlines()[-1]}"
                total += 1
                agree += found is None
                why = EXPLAINED.get((series, peer))
                unexplained |= found is not None and why is None
                print(f"{peer:9} {series}: {'equal' if found is None else found}{f' ({why})' if found and why else ''}")
    print(f"{agree} of {total} agree")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
