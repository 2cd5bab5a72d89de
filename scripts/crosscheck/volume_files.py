#!/usr/bin/env python3
"""Compares the NIfTI, NRRD and MetaImage files that `tessera convert` writes with what other programs read from them.

usage: scripts/crosscheck/volume_files.py TESSERA [DATA]
Needs nibabel, numpy, pynrrd and SimpleITK. Volumes of every scalar, of 2 to 4 dimensions, with channels, oblique and
sheared, are made with nibabel, pynrrd and SimpleITK, converted into every format, attached and detached, compressed and
raw, and opened by every program that knows the format: voxels must be equal, and the corners of the volume must lie at
the same places. With DATA, its NIfTI and MetaImage files are converted and compared, too. Prints each difference and the
numbers that agree; exit code 1 when a difference is not among the explained ones.
"""
import itertools
import pathlib
import subprocess
import sys
import tempfile

import nibabel
import nrrd
import numpy
import SimpleITK

FLIP = numpy.diag([-1.0, -1.0, 1.0, 1.0])  # between NIfTI's RAS and the LPS of the others
KINDS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"]
OUTPUTS = [("nii", []), ("nii.gz", []), ("nrrd", []), ("nrrd", ["--raw"]), ("nhdr", []), ("nhdr", ["--raw"]),
           ("mha", []), ("mha", ["--raw"]), ("mhd", []), ("mhd", ["--raw"])]


def affines():
    angle = 0.5
    turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle), 0], [numpy.sin(angle), numpy.cos(angle), 0], [0, 0, 1]])
    tilt = numpy.array([[1, 0, 0], [0, numpy.cos(0.3), -numpy.sin(0.3)], [0, numpy.sin(0.3), numpy.cos(0.3)]])
    steps = {"upright": numpy.diag([0.75, 1.5, 2.25]), "oblique": turn @ tilt @ numpy.diag([0.75, 1.5, 2.25]),
             "mirrored": turn @ numpy.diag([0.75, 1.5, -2.25])}
    sheared = turn @ numpy.diag([0.75, 1.5, 2.25])
    sheared[:, 2] += [0.1, 0.4, -0.2]
    for name, step in {**steps, "sheared": sheared}.items():
        affine = numpy.eye(4)
        affine[:3, :3], affine[:3, 3] = step, [-120.5, 33.25, 801.125]
        yield name, affine


def cases(folder):
    """Name, path, voxels with x first and channels last, LPS affine of x, y, z."""
    random = numpy.random.default_rng(1)
    named = dict(affines())
    for kind in KINDS:
        voxels = (random.random((5, 4, 3)) * 200 - (0 if kind[0] == "u" else 100)).astype(kind)
        yield from made(folder, kind, voxels, named["oblique"])
    for name, affine in named.items():
        yield from made(folder, name, (random.random((5, 4, 3)) * 2000).astype("int16"), affine)
    yield from made(folder, "time", (random.random((5, 4, 3, 2)) * 2000).astype("int16"), named["oblique"])
    yield from made(folder, "large", (random.random((200, 160, 50)) * 2000).astype("int16"), named["upright"])
    colors = (random.random((5, 4, 3, 3)) * 255).astype("uint8")
    path = folder / "colors.mha"
    image = SimpleITK.GetImageFromArray(colors.transpose(2, 1, 0, 3), isVector=True)
    affine = place(image, named["oblique"])
    SimpleITK.WriteImage(image, str(path))
    yield "colors", path, colors, affine
    path = folder / "picture.mha"
    picture = (random.random((7, 6)) * 2000).astype("uint16")
    image = SimpleITK.GetImageFromArray(picture.T)
    image.SetSpacing((0.5, 0.75))
    image.SetOrigin((3, -4))
    SimpleITK.WriteImage(image, str(path))
    affine = numpy.diag([0.5, 0.75, 1, 1])
    affine[:2, 3] = 3, -4
    yield "picture", path, picture, affine


def made(folder, name, voxels, affine):
    """A volume as files of nibabel, pynrrd and SimpleITK; the affine is LPS."""
    path = folder / f"{name}-nibabel.nii.gz"
    image = nibabel.Nifti1Image(voxels, FLIP @ affine, dtype=voxels.dtype)
    nibabel.save(image, path)
    yield f"{name} by nibabel", path, voxels, FLIP @ image.affine
    path = folder / f"{name}-pynrrd.nrrd"
    directions = affine[:3, :3].T
    kinds = ["domain"] * 3
    if voxels.ndim == 4:
        directions = numpy.vstack([directions, numpy.full(3, numpy.nan)])
        kinds.append("time")
    nrrd.write(str(path), voxels, {"space": "left-posterior-superior", "space directions": directions,
                                   "space origin": affine[:3, 3], "kinds": kinds, "encoding": "gzip"})
    yield f"{name} by pynrrd", path, voxels, affine
    if voxels.ndim == 3:
        path = folder / f"{name}-simpleitk.mha"
        image = SimpleITK.GetImageFromArray(voxels.transpose())
        affine = place(image, affine)
        SimpleITK.WriteImage(image, str(path), useCompression=True)
        yield f"{name} by SimpleITK", path, voxels, affine


def place(image, affine):
    spacing = numpy.linalg.norm(affine[:3, :3], axis=0)
    image.SetSpacing(spacing.tolist())
    image.SetOrigin(affine[:3, 3].tolist())
    image.SetDirection((affine[:3, :3] / spacing).ravel().tolist())
    return affine


def read_nibabel(path):
    image = nibabel.load(path)
    data = numpy.asanyarray(image.dataobj)
    if data.dtype.fields:
        data = numpy.stack([data[name] for name in data.dtype.names], axis=-1)
    if image.dataobj.inter != 0 or image.dataobj.slope != 1:
        # nibabel scales in double precision, Tessera and SimpleITK in single.
        data = data.astype(numpy.float32)
    return data.astype(data.dtype.newbyteorder("=")), FLIP @ image.affine


def read_pynrrd(path):
    data, header = nrrd.read(str(path))
    directions = header.get("space directions")  # with time: four numbers
    affine = numpy.eye(4)
    if directions is not None:
        rows = [row[:3] for row in numpy.asarray(directions, float) if not numpy.isnan(row).any()][:3]
        affine[:len(rows[0]), :len(rows)] = numpy.array(rows).T
        affine[:len(rows[0]), 3] = header["space origin"][:3]
    if header["kinds"][0] in ("RGB-color", "RGBA-color", "vector"):
        data = numpy.moveaxis(data, 0, -1)
    return data, affine


def read_simpleitk(path):
    image = SimpleITK.ReadImage(str(path))
    data = SimpleITK.GetArrayFromImage(image)
    channels = image.GetNumberOfComponentsPerPixel() > 1
    data = numpy.moveaxis(data.T, 0, -1) if channels else data.T
    size = image.GetDimension()
    affine = numpy.eye(4)
    step = numpy.array(image.GetDirection()).reshape(size, size) * numpy.array(image.GetSpacing())
    count = min(size, 3)
    affine[:count, :count] = step[:count, :count]
    affine[:count, 3] = image.GetOrigin()[:count]
    return data, affine


READERS = {"nibabel": (read_nibabel, ("nii", "nii.gz")), "pynrrd": (read_pynrrd, ("nrrd", "nhdr")),
           "SimpleITK": (read_simpleitk, ("nii", "nii.gz", "nrrd", "nhdr", "mha", "mhd"))}


def explained(case, ending, reader, found):
    """Why another program differs, where it does so by itself."""
    if reader == "SimpleITK" and "sheared" in case and ending.startswith("nii"):
        return "ITK refuses or straightens directions of NIfTI that are not perpendicular"
    return None


def difference(voxels, affine, data, other):
    """In words, or None. Sizes of 1 at the end do not count, nor does the direction of a missing axis."""
    if numpy.squeeze(voxels).shape != numpy.squeeze(data).shape:
        return f"shape {data.shape}, expected {voxels.shape}"
    off = numpy.abs(numpy.squeeze(voxels).astype(float) - numpy.squeeze(data)).max()
    # A program that scales single-precision numbers rounds in its own way.
    if off > (1e-6 * numpy.abs(voxels).max() if voxels.dtype == numpy.float32 else 0):
        return f"voxels differ by {off:g}"
    if voxels.dtype != data.dtype:
        return f"type {data.dtype}, expected {voxels.dtype}"
    shape = (list(voxels.shape[:3]) + [1, 1])[:3]
    corners = numpy.array([[*corner, 1] for corner in itertools.product(*[(0, n - 1) for n in shape])]).T
    off = numpy.abs((affine - other) @ corners).max()
    # NIfTI-1 holds single precision; SimpleITK straightens nothing by more than that.
    return f"corners are off by {off:g} mm" if off > 1e-3 else None


def check(tessera, folder, name, path, voxels, affine, counts, failures):
    for number, (ending, options) in enumerate(OUTPUTS):
        target = folder / f"out{number}.{ending}"
        run = subprocess.run([tessera, "convert", path, target, "--overwrite", *options], capture_output=True, text=True)
        for reader, (read, endings) in READERS.items():
            if ending not in endings:
                continue
            if run.returncode != 0:
                found = run.stderr.strip()
            else:
                try:
                    found = difference(voxels, affine, *read(target))
                except Exception as error:  # a program that cannot read the file
                    found = str(error).strip().splitlines()[-1]
            counts.setdefault((reader, ending), [0, 0])
            counts[reader, ending][0] += found is None
            counts[reader, ending][1] += 1
            if found:
                why = explained(name, ending, reader, found)
                print(f"{reader}, {name} -> .{ending} {' '.join(options)}: {found}{f' ({why})' if why else ''}")
                failures += [] if why else [name]


def stored(data):
    """Files of other programs, as NIfTI, NRRD and MetaImage readers have them."""
    for path in sorted(data.rglob("*")):
        name = path.name.lower()
        try:
            if name.endswith((".nii", ".nii.gz")):
                yield str(path.relative_to(data)), path, *read_nibabel(path)
            elif name.endswith((".mha", ".mhd")):
                yield str(path.relative_to(data)), path, *read_simpleitk(path)
        except Exception as error:
            print(f"{path}: left out, its own program cannot read it: {str(error).strip().splitlines()[-1]}")


def main():
    tessera = sys.argv[1]
    SimpleITK.ProcessObject.SetGlobalWarningDisplay(False)
    counts, failures = {}, []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        all_cases = list(cases(folder))
        if len(sys.argv) > 2:
            all_cases += stored(pathlib.Path(sys.argv[2]))
        for case in all_cases:
            check(tessera, folder, *case, counts, failures)
    for (reader, ending), (agree, total) in sorted(counts.items()):
        print(f"{reader:9} .{ending:7} {agree} of {total} equal")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
