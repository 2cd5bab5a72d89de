#!/usr/bin/env python3
"""Checks the DICOM files that `tessera dicom` writes against dciodvfy, dcmdump, pydicom, SimpleITK and highdicom.

usage: scripts/crosscheck/written_dicom.py TESSERA DATA
DATA holds `series/`. Needs highdicom, nibabel, numpy, pydicom and SimpleITK, and the commands dciodvfy (dicom3tools) and
dcmdump (dcmtk). Series are written again as derived ones, thresholds of them as segmentations, random pictures as
secondary captures. Prints one line per check and the number that pass; exit code 1 when one fails.
What dciodvfy of 2022 cannot know of label maps is left out, and said in LABEL_MAP.
"""
import filecmp
import pathlib
import subprocess
import sys
import tempfile

import highdicom
import nibabel
import numpy
import pydicom
import SimpleITK

SERIES = [
    "dicom2nifti/generic/anatomical/001",
    "dicom2nifti/generic/anatomical/002_non_isotropic",
    "dicom2nifti/generic/compressed_j2k/001",
    "dicom2nifti/ge/anatomical/001",
    "dicom2nifti/hitachi/anatomical/001",
    "dcm_qa_nih/In/20180918GE/mr_0004",
    "ibsi_STS_002/dicom/STS_002/CT/image",
    "ibsi_STS_002/dicom/STS_002/MR_T1/image",
]
SEGMENTED = ["ibsi_STS_002/dicom/STS_002/CT/image", "dicom2nifti/generic/anatomical/001"]
DATE = "20250102030405"
# dciodvfy of 2022 does not know label maps, which came in 2024.
LABEL_MAP = ("Information Object Not found", "SegmentNumber not monotonically increasing")

class Report:
    def __init__(self):
        self.passed = self.total = 0

    def check(self, name, problem):
        self.total += 1
        self.passed += problem is None
        print(f"{'pass' if problem is None else 'FAIL'} {name}{'' if problem is None else f': {problem}'}", flush=True)


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["failed"])[-1]


def verify(report, name, paths, known=()):
    errors, warnings, unread = set(), set(), None
    for path in paths:
        done = subprocess.run(["dciodvfy", "-new", str(path)], capture_output=True, text=True)
        lines = (done.stdout + done.stderr).splitlines()
        errors |= {line for line in lines if line.startswith("Error") and not any(k in line for k in known)}
        warnings |= {line for line in lines if line.startswith("Warning")}
        unread = unread or run("dcmdump", "-q", "+fo", path)
        pydicom.dcmread(path).walk(lambda data, element: element.value)
    report.check(f"{name}: dciodvfy, {len(paths)} files, {len(warnings)} kinds of warnings",
                 "; ".join(sorted(errors)) or None)
    for warning in sorted(warnings):
        print(f"     {warning}")
    report.check(f"{name}: dcmdump", unread)


def same(one, other, tolerance=0.0):
    one, other = numpy.squeeze(numpy.asarray(one, numpy.float64)), numpy.squeeze(numpy.asarray(other, numpy.float64))
    if one.shape != other.shape:
        return f"shape {one.shape}, expected {other.shape}"
    off = numpy.abs(one - other).max()
    return None if off <= tolerance else f"differs by {off:g}"


def lps(image):
    return numpy.diag([-1, -1, 1, 1]) @ image.affine


def simpleitk(folder):
    reader = SimpleITK.ImageSeriesReader()
    ids = reader.GetGDCMSeriesIDs(str(folder))
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder), ids[0]))
    image = reader.Execute()
    affine = numpy.eye(4)
    affine[:3, :3] = numpy.array(image.GetDirection()).reshape(3, 3) @ numpy.diag(image.GetSpacing())
    affine[:3, 3] = image.GetOrigin()
    return SimpleITK.GetArrayFromImage(image).T, affine


def check_series(report, tessera, source, name, folder):
    out, reference, back = folder / "series", folder / "reference.nii", folder / "back.nii"
    problem = run(tessera, "convert", source, reference, "--overwrite") or run(
        tessera, "dicom", "series", source, out, "--date", DATE, "--series-description", "Written again")
    report.check(f"{name}: written", problem)
    if problem:
        return
    paths = sorted(out.iterdir())
    verify(report, name, paths)
    expected = nibabel.load(reference)
    values = numpy.asanyarray(expected.dataobj)
    rounding = max(float(pydicom.dcmread(paths[0]).get("RescaleSlope", 1)), 0)
    whole = numpy.array_equal(values, numpy.round(values))
    tolerance = 0 if whole else rounding / 2 * 1.0001
    report.check(f"{name}: read back by tessera", run(tessera, "convert", out, back, "--overwrite") or same(
        nibabel.load(back).dataobj, values, tolerance) or same(nibabel.load(back).affine, expected.affine, 1e-4))
    if values.ndim == 3:  # SimpleITK has no axis of time
        array, affine = simpleitk(out)
        report.check(f"{name}: SimpleITK, voxels", same(array, values, tolerance))
        report.check(f"{name}: SimpleITK, geometry", same(affine, lps(expected), 1e-3))
    first = pydicom.dcmread(paths[0])
    origin = pydicom.dcmread(next(path for path in sorted(source.rglob("*")) if path.is_file()
                                  and pydicom.misc.is_dicom(path)))
    lost = [key for key in ("PatientID", "PatientName", "StudyInstanceUID", "StudyDate")
            if str(first.get(key, "")) != str(origin.get(key, ""))]
    if first.SeriesInstanceUID == origin.SeriesInstanceUID:
        lost.append("SeriesInstanceUID is the same")
    report.check(f"{name}: patient and study", ", ".join(lost) or None)
    again = folder / "again"
    problem = run(tessera, "dicom", "series", source, again, "--date", DATE, "--series-description", "Written again")
    names = [path.name for path in paths]
    match = problem is None and filecmp.cmpfiles(out, again, names, shallow=False)[0] == names
    report.check(f"{name}: the same bytes again", None if match else problem or "other bytes")


def highdicom_labels(path, expected, affine):
    """The labels that highdicom reads, against an array (x, y, z) with its affine (LPS)."""
    segmentation = highdicom.seg.segread(path)
    volume = segmentation.get_volume(allow_missing_positions=True)
    array = volume.array
    numbers = [n for n in segmentation.segment_numbers if n > 0]
    indices = numpy.indices(array.shape[:3]).reshape(3, -1)
    points = volume.affine @ numpy.vstack([indices, numpy.ones(indices.shape[1])])
    places = numpy.linalg.inv(affine) @ points
    rounded = numpy.rint(places[:3]).astype(int)
    if numpy.abs(places[:3] - rounded).max() > 0.02:
        return "voxels lie between those of the series"
    found = numpy.zeros((len(numbers),) + expected.shape[1:], bool)
    for index, number in enumerate(numbers):
        mask = array[..., index] if array.ndim == 4 else array == number
        found[(index,) + tuple(rounded)] = mask.reshape(-1) > 0
    return None if numpy.array_equal(found, expected) else f"{(found != expected).sum()} voxels differ"


def check_segmentations(report, tessera, source, name, folder):
    reference = folder / "volume.nii"
    run(tessera, "convert", source, reference, "--overwrite")
    image = nibabel.load(reference)
    values = numpy.asanyarray(image.dataobj)
    levels = numpy.quantile(values, [0.6, 0.9])
    labels = numpy.digitize(values, levels).astype(numpy.uint8)
    labels[:, :, 0] = 0
    turned = folder / "labels.nii.gz"
    nibabel.save(nibabel.as_closest_canonical(nibabel.Nifti1Image(labels, image.affine)), turned)
    masks = [labels > 0, labels > 1]
    for index, mask in enumerate(masks):
        nibabel.save(nibabel.Nifti1Image(mask.astype(numpy.uint8), image.affine), folder / f"mask{index}.nii")
    exclusive = numpy.stack([labels == 1, labels == 2])
    cases = [
        ("binary", [turned], [], exclusive, ()),
        ("binary with empty frames", [turned], ["--empty-frames"], exclusive, ()),
        ("label map", [turned], ["--label-map"], exclusive, LABEL_MAP),
        ("overlapping", [folder / "mask0.nii", folder / "mask1.nii"], [], numpy.stack(masks), ()),
    ]
    for kind, inputs, options, expected, known in cases:
        path = folder / f"{kind}.dcm"
        problem = run(tessera, "dicom", "segmentation", *inputs, path, "--source", source, "--date", DATE, "--overwrite", *options)
        report.check(f"{name}, {kind}: written", problem)
        if problem:
            continue
        verify(report, f"{name}, {kind}", [path], known)
        try:
            problem = highdicom_labels(path, expected, lps(image))
        except Exception as error:  # pylint: disable=broad-except
            problem = f"{type(error).__name__}: {error}"
        report.check(f"{name}, {kind}: highdicom", problem)


def check_pictures(report, tessera, study, folder):
    random = numpy.random.default_rng(7)
    for name, shape, kind in [("gray", (33, 21), "uint8"), ("gray 16 bit", (33, 21), "uint16"),
                              ("RGB", (33, 21, 3), "uint8")]:
        frames = [random.integers(0, numpy.iinfo(kind).max, shape, dtype=kind, endpoint=True) for _ in range(3)]
        paths = [folder / f"{index}.png" for index in range(3)]
        for frame, path in zip(frames, paths):
            SimpleITK.WriteImage(SimpleITK.GetImageFromArray(frame, isVector=frame.ndim == 3), str(path))
        for count in (1, 3):
            title, out = f"{name}, {count} frames", folder / "picture.dcm"
            options = ["--study", study] if count == 1 else ["--patient-name", "Müller^Jörg", "--patient-id", "ä1",
                                                                   "--no-burned-in"]
            problem = run(tessera, "dicom", "picture", *paths[:count], out, "--date", DATE, "--overwrite", *options)
            report.check(f"{title}: written", problem)
            if problem:
                continue
            verify(report, title, [out])
            expected = frames[0] if count == 1 else numpy.stack(frames)
            data = pydicom.dcmread(out)
            report.check(f"{title}: pydicom", same(data.pixel_array, expected))
            found = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(out)))
            report.check(f"{title}: SimpleITK", same(found.reshape(expected.shape), expected))
            if count == 3:
                name_found = str(data.PatientName)
                report.check(f"{title}: name", None if name_found == "Müller^Jörg" else name_found)


def main():
    tessera, data = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]) / "series"
    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    report = Report()
    for series in SERIES:
        with tempfile.TemporaryDirectory() as folder:
            check_series(report, tessera, data / series, series, pathlib.Path(folder))
    for series in SEGMENTED:
        with tempfile.TemporaryDirectory() as folder:
            check_segmentations(report, tessera, data / series, series, pathlib.Path(folder))
    study = next(path for path in sorted((data / SEGMENTED[0]).rglob("*")) if path.is_file())
    with tempfile.TemporaryDirectory() as folder:
        check_pictures(report, tessera, study, pathlib.Path(folder))
    print(f"{report.passed} of {report.total} pass")
    return 0 if report.passed == report.total else 1


if __name__ == "__main__":
    sys.exit(main())
