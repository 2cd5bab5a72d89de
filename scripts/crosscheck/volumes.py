#!/usr/bin/env python3
"""Compares the volumes of `tessera convert` with reference NIfTI files and with those of other readers.

usage: TESSERA=.build/debug/tessera scripts/crosscheck/volumes.py DATA
DATA holds `series/` and `dicom/`. Needs nibabel, numpy, pydicom and SimpleITK; dcm2niix where it is installed.

Voxels are compared after both volumes were turned to the same orientation; the affine by where it puts every corner, dimensions
by their sizes, the fourth with its step. Where a peer makes something else of a series (pictures of mosaics, times as slices),
what it makes is compared with ours voxel by voxel after the known rearrangement: such a series counts as explained, not as equal.
Prints one line per comparison and n of n; exit code 1 when any difference has no explanation that was verified.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import nibabel
import numpy
import pydicom
import SimpleITK

ANATOMICAL = "dicom2nifti/generic/compressed_j2k/001_ground_truth.nii.gz"
REFERENCES = [  # series, reference; the compressed series are the same images (SOP instance UIDs) in other encodings
    ("dicom2nifti/failing/slicecount/001", "dicom2nifti/failing/slicecount/001_ground_truth.nii.gz"),
    ("dicom2nifti/ge/anatomical/001", "dicom2nifti/ge/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/anatomical/001", "dicom2nifti/generic/anatomical/001_ground_truth.nii.gz"),
    ("dicom2nifti/generic/anatomical/002_non_isotropic",
     "dicom2nifti/generic/anatomical/002_non_isotropic_ground_truth.nii.gz"),
    ("dicom2nifti/generic/compressed_j2k/001", ANATOMICAL),
    ("dicom2nifti/generic/compressed_jpeg/001", ANATOMICAL),
    ("dicom2nifti/generic/compressed_jpegls/001", ANATOMICAL),
    ("dicom2nifti/generic/compressed_rle/001", ANATOMICAL),
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
PHILIPS = "dicom2nifti/philips_enhanced/fmri/001"
TILTED = "dicom2nifti/failing/gantrytilting/001"
REFUSED = [  # series, options, what is said of it
    ("dicom2nifti/failing/sliceorientation/001", [], "2: series"),
    (TILTED, ["--policy", "strict"], "the slices are sheared by 14 degrees"),
]
MULTIFRAME = [  # files with several frames that lie somewhere, and how SimpleITK reads their geometry
    ("dcmqi-23x38x3/multiframe/mf.dcm", True),
    ("cornerstone/CT0012.fragmented_no_bot_jpeg_baseline.51.dcm", True),
    ("pydicom/rtdose.dcm", True),
    ("pydicom/rtdose_rle.dcm", True),
    ("pydicom/rtdose_expb.dcm", True),
    ("pydicom-data/parametric_map_float.dcm", False),
    ("pydicom/examples_ybr_color.dcm", False),
    ("pydicom-data/OBXXXX1A_rle_2frame.dcm", False),
    ("pylibjpeg/LittleEndianExplicit/emri_small.dcm", False),
    ("pylibjpeg/JPEG2000Lossless/emri_small_jpeg_2k_lossless.dcm", False),
    ("pylibjpeg/JPEGLSLossless/emri_small_jpeg_ls_lossless.dcm", False),
    ("pylibjpeg/RLELossless/emri_small_RLE.dcm", False),
]


class Explained(Exception):
    """A difference whose reason was verified."""


def colors(image):
    """The samples; structures of colors as a last axis of three."""
    data = numpy.asanyarray(image.dataobj)
    if data.dtype.fields:
        data = numpy.stack([data[name] for name in "RGB"], axis=-1)
    return data


def canonical(path):
    image = nibabel.load(path)
    orientation = nibabel.orientations.io_orientation(image.affine)
    affine = image.affine @ nibabel.orientations.inv_ornt_aff(orientation, image.shape[:3])
    data = nibabel.orientations.apply_orientation(colors(image), orientation)
    if data.ndim == 5 and data.shape[3] == 1:  # SimpleITK's colors
        data = data[:, :, :, 0]
    return data.astype(numpy.float64), affine


def difference(one, other):
    """What differs; None when nothing does."""
    (data, affine), (other_data, other_affine) = canonical(one), canonical(other)
    if data.shape != other_data.shape:
        return f"{' x '.join(map(str, data.shape))}, theirs {' x '.join(map(str, other_data.shape))}"
    corners = numpy.array([[x, y, z, 1] for x in (0, data.shape[0]) for y in (0, data.shape[1]) for z in (0, data.shape[2])])
    off = numpy.abs((affine - other_affine) @ corners.T).max()
    values = numpy.abs(data - other_data).max()
    # References in single precision: a millionth of the largest value.
    if values > 1e-6 * max(1.0, numpy.abs(other_data).max()) or off > 0.01:
        return f"values differ by {values:g}, places by up to {off:g} mm"
    return None


def convert(source, target, *options):
    command = [os.environ.get("TESSERA", ".build/debug/tessera"), "convert", source, target, "--overwrite", *options]
    run = subprocess.run(command, capture_output=True, text=True)
    return None if run.returncode == 0 else run.stderr.strip().splitlines()[-1]


def against_reference(source, reference, folder):
    ours = folder / "ours.nii"
    found = convert(source, ours, "--rescale-padding")
    if found is None:
        found = difference(ours, reference)
    if found is None and nibabel.load(reference).ndim > 3:
        steps = [nibabel.load(path).header.get_zooms()[3] for path in (ours, reference)]
        if abs(steps[0] - steps[1]) > 1e-3:
            found = f"time step {steps[0]}, reference {steps[1]}"
    return found


def simpleitk(source):
    if source.is_file():
        return SimpleITK.ReadImage(str(source))
    reader = SimpleITK.ImageSeriesReader()
    ids = reader.GetGDCMSeriesIDs(str(source))
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(source), ids[0]))
    return reader.Execute()


def tiles(picture, across, count):
    """The tiles of a picture with axes z, y, x: as many slices as there are."""
    depth, height, width = picture.shape
    parts = picture.reshape(depth, across, height // across, across, width // across)
    return parts.transpose(0, 1, 3, 2, 4).reshape(depth, across * across, height // across, width // across)[:, :count]


def against_simpleitk(source, folder):
    ours, theirs = folder / "ours.nii", folder / "theirs.nii"
    found = convert(source, ours, "--rescale-padding")
    if found is not None:
        return found
    image = simpleitk(source)
    SimpleITK.WriteImage(image, str(theirs))
    found = difference(ours, theirs)
    if found is None:
        return None
    # Axes t, z, y, x, in the orientation of the files: NIfTI's x and y are turned in the affine, not in the samples.
    mine = nibabel.load(ours)
    volumes = numpy.atleast_1d(colors(mine).astype(numpy.float64).T)
    volumes = volumes if volumes.ndim == 4 else volumes[None]
    slices = SimpleITK.GetArrayFromImage(image).astype(numpy.float64)
    slices = slices if slices.ndim == 3 else slices.reshape((-1,) + slices.shape[-2:])
    across = slices.shape[-1] // volumes.shape[-1]
    if across > 1:
        if numpy.array_equal(tiles(slices, across, volumes.shape[1]), volumes):
            raise Explained("SimpleITK keeps mosaics as pictures; their tiles are our slices, voxel by voxel")
    elif slices.shape[0] == volumes.shape[0] * volumes.shape[1]:
        left = [z for t in volumes for z in t]
        for picture in slices:  # single against double precision: a millionth
            near = 1e-6 * max(1.0, picture.max())
            same = [index for index, image in enumerate(left) if numpy.abs(image - picture).max() <= near]
            if same:
                left.pop(same[0])
        if not left:
            raise Explained("SimpleITK lines up the slices of all times as one volume; they are our slices, voxel by voxel")
    return found


def against_dcm2niix(source, folder, *options):
    """dcm2niix; without `-p n` it takes Philips' private scale, and with it one slope for all slices."""
    precise = "n" if "philips" in str(source) and not options else "y"
    out = folder / "dcm2niix"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    inputs = folder / "input"
    shutil.rmtree(inputs, ignore_errors=True)
    inputs.mkdir()
    for file in sorted(source.iterdir()) if source.is_dir() else [source]:
        shutil.copy(file, inputs / file.name)
    run = subprocess.run(["dcm2niix", "-b", "n", "-z", "n", "-p", precise, "-f", "%s", "-o", out, inputs], capture_output=True, text=True)
    made = sorted(out.glob("*.nii"))
    if not made:
        lines = [line for line in run.stdout.splitlines() if "rror" in line or "nsupported" in line] or run.stdout.splitlines()
        raise Explained(f"dcm2niix makes nothing of it: {lines[-1].strip()}")
    ours = folder / "ours.nii"
    found = convert(source, ours, "--rescale-padding", *options)
    return found or min((difference(ours, path) for path in made), key=lambda text: text is not None)


def against_positions(source, folder):
    """A tilted series: every slice with its pixels at the place that its own header gives."""
    ours = folder / "ours.nii"
    found = convert(source, ours, "--rescale-padding")
    if found is not None:
        return found
    image = nibabel.load(ours)
    volume = numpy.asanyarray(image.dataobj)
    for file in source.iterdir():
        data = pydicom.dcmread(file)
        place = numpy.array(data.ImagePositionPatient, dtype=float) * [-1, -1, 1]
        index = numpy.linalg.solve(image.affine, [*place, 1])[:3]
        nearest = numpy.rint(index).astype(int)
        if numpy.abs(index - nearest).max() > 1e-3 or (nearest[:2] != 0).any():
            return f"{file.name} lies at index {index}"
        values = data.pixel_array * float(data.RescaleSlope) + float(data.RescaleIntercept)
        if not numpy.array_equal(volume[:, :, nearest[2]].T, values):
            return f"{file.name} has other values"
    return None


def frames(path):
    """The values of every frame by pydicom, axes t or z, y, x (and color)."""
    data = pydicom.dcmread(path)
    raw = pydicom.pixels.pixel_array(data)  # color as RGB
    if data.PhotometricInterpretation == "PALETTE COLOR":
        return pydicom.pixels.apply_color_lut(raw, data).astype(numpy.float64)
    values = raw.astype(numpy.float64)
    groups = data.get("PerFrameFunctionalGroupsSequence", [])
    shared = data.get("SharedFunctionalGroupsSequence", [{}])[0]
    values = values if groups == [] or values.ndim > 2 else values[None]
    for index, group in enumerate(groups):
        item = group.get("PixelValueTransformationSequence") or shared.get("PixelValueTransformationSequence")
        if item:
            values[index] = values[index] * float(item[0].RescaleSlope) + float(item[0].RescaleIntercept)
    if not groups and "RescaleSlope" in data:
        values = values * float(data.RescaleSlope) + float(data.RescaleIntercept)
    return values * float(data.get("DoseGridScaling", 1))


def against_frames(path, has_places, folder):
    ours = folder / "ours.nii"
    options = ["--rescale-padding"] + ([] if has_places else ["--policy", "keepIrregular"])
    found = convert(path, ours, *options)
    if found is not None:
        return found
    data = colors(nibabel.load(ours)).astype(numpy.float64)
    expected = frames(path)
    is_color = data.shape[-1] == 3 == expected.shape[-1]
    data = data.transpose([*reversed(range(data.ndim - 1)), data.ndim - 1]) if is_color else data.T
    mine = data.reshape(expected.shape)
    if not has_places:
        return None if numpy.array_equal(mine, expected) else f"values differ by {numpy.abs(mine - expected).max():g}"
    # Slices rise along their normal, whatever the order of the frames. Decoders of lossy 12-bit JPEG differ by one level;
    # doses are in single precision.
    data_set = pydicom.dcmread(path, stop_before_pixels=True)
    lossy = data_set.file_meta.TransferSyntaxUID == pydicom.uid.JPEGExtended12Bit
    off = min(numpy.abs(mine - order).max() for order in (expected, expected[::-1]))
    near = 1e-6 * numpy.abs(expected).max() if data_set.Modality == "RTDOSE" else 0
    if off > (1 if lossy else near):
        return f"values differ by {off:g}"
    image = SimpleITK.ReadImage(str(path))
    SimpleITK.WriteImage(image, str(folder / "theirs.nii"))
    (mine, affine), (theirs, other) = canonical(ours), canonical(folder / "theirs.nii")
    if mine.shape != theirs.shape:
        return f"shape {mine.shape}, SimpleITK {theirs.shape}"
    off = numpy.abs((affine - other) @ numpy.array(list(mine.shape[:3]) + [1])).max()
    return None if off < 0.01 else f"SimpleITK puts the last voxel {off:g} mm elsewhere"


def checks(data, folder):
    """Name and closure of every comparison."""
    series = data / "series"
    for source, reference in REFERENCES:
        yield "reference", source, lambda s=source, r=reference: against_reference(series / s, series / r, folder)
    for source, options, said in REFUSED:
        def refuse(source=source, options=options, said=said):
            found = convert(series / source, folder / "no.nii", *options)
            return None if found and said in found else f"expected a refusal with '{said}', found {found}"
        yield "refusal", source, refuse
    yield "positions", TILTED, lambda: against_positions(series / TILTED, folder)
    for source, _ in REFERENCES:
        yield "SimpleITK", source, lambda s=source: against_simpleitk(series / s, folder)
    if shutil.which("dcm2niix"):
        for source, _ in REFERENCES:
            yield "dcm2niix", source, lambda s=source: against_dcm2niix(series / s, folder)
        yield "dcm2niix", f"{PHILIPS} (private scale)", lambda: against_dcm2niix(
            series / PHILIPS, folder, "--values", "philipsScale")
    for path, has_places in MULTIFRAME:
        yield "frames", path, lambda p=path, h=has_places: against_frames(data / "dicom" / p, h, folder)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for peer, name, check in checks(pathlib.Path(sys.argv[1]), pathlib.Path(folder)):
            count = counts.setdefault(peer, [0, 0, 0])
            count[2] += 1
            try:
                found = check()
                count[0] += found is None
                text = "equal" if found is None else f"DIFFERS: {found}"
            except Explained as why:
                count[1] += 1
                text = f"explained: {why}"
            except Exception as error:  # a peer that cannot read the series
                text = f"DIFFERS: {peer}: {type(error).__name__}: {(str(error).strip() or ' ').splitlines()[-1]}"
            print(f"{peer:9} {name}: {text}")
    for peer, (equal, explained, total) in counts.items():
        print(f"{peer}: {equal} of {total} equal" + (f", {explained} explained" if explained else ""))
    return 0 if all(equal + explained == total for equal, explained, total in counts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
