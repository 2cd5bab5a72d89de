#!/usr/bin/env python3
"""Compares operations on volumes with SciPy, SimpleITK, nibabel and pydicom.

usage: scripts/crosscheck/volume_operations.py VOLUME-OPERATIONS [DATA]
VOLUME-OPERATIONS is the executable of that name (swift build). DATA holds `series/`; without it only generated volumes are compared.
Needs nibabel, numpy, pydicom, scipy and SimpleITK. Masks, labels, crops and orientations have to be equal, affines to
1e-9 mm; interpolated integers may be off by 1 (rounding of sums in single precision), floats by a millionth of the largest
value. Prints one line per kind of comparison and each miss; exit code 1 when there is one.
"""
import collections
import itertools
import pathlib
import subprocess
import sys
import tempfile

import nibabel
import numpy
import SimpleITK
from pydicom.dataset import Dataset
from pydicom.pixels import apply_windowing
from scipy import ndimage

LPS_RAS = numpy.diag([-1.0, -1.0, 1.0, 1.0])
counts = collections.OrderedDict()
misses = []


def check(kind, name, problem):
    agreed, total = counts.get(kind, (0, 0))
    counts[kind] = (agreed + (problem is None), total + 1)
    if problem is not None:
        misses.append(f"{kind}: {name}: {problem}")


class Operations:
    def __init__(self, executable, folder):
        self.executable, self.folder = executable, folder

    def save(self, array, affine=numpy.eye(4), name="in"):
        """An array with axes x, y, z and its RAS affine."""
        path = self.folder / f"{name}.nii"
        image = nibabel.Nifti2Image(array, affine)
        nibabel.save(image, path)
        return path

    def run(self, operation, source, *words):
        target = self.folder / "out.nii"
        subprocess.run([self.executable, operation, source, target, *map(str, words)], check=True)
        image = nibabel.load(target)
        return numpy.asanyarray(image.dataobj).copy(), image.affine


def oblique(spacing, seed):
    """A right-handed RAS affine with no axis along space."""
    random = numpy.random.default_rng(seed)
    rotation, _ = numpy.linalg.qr(random.normal(size=(3, 3)))
    if numpy.linalg.det(rotation) < 0:
        rotation[:, 2] *= -1
    affine = numpy.eye(4)
    affine[:3, :3] = rotation * spacing
    affine[:3, 3] = random.uniform(-200, 200, 3)
    return affine


def blobs(shape, seed, density):
    noise = numpy.random.default_rng(seed).normal(size=shape)
    smooth = ndimage.gaussian_filter(noise, 1)
    return smooth > numpy.quantile(smooth, 1 - density)


def itk(array, affine):
    """The same volume for SimpleITK, in LPS."""
    image = SimpleITK.GetImageFromArray(numpy.ascontiguousarray(array.T))
    lps = LPS_RAS @ affine
    spacing = numpy.linalg.norm(lps[:3, :3], axis=0)
    image.SetSpacing(spacing.tolist())
    image.SetDirection((lps[:3, :3] / spacing).ravel().tolist())
    image.SetOrigin(lps[:3, 3].tolist())
    return image


def itk_affine(image):
    lps = numpy.eye(4)
    lps[:3, :3] = numpy.array(image.GetDirection()).reshape(3, 3) * numpy.array(image.GetSpacing())
    lps[:3, 3] = image.GetOrigin()
    return LPS_RAS @ lps


def difference(found, expected, tolerance=0.0):
    if numpy.size(expected) == 0:
        return "nothing to compare"
    if found.shape != expected.shape:
        return f"shape {found.shape}, expected {expected.shape}"
    worst = numpy.abs(found.astype(numpy.float64) - expected.astype(numpy.float64)).max(initial=0)
    return None if worst <= tolerance else f"differs by {worst:g}"


def components(tool):
    structures = {"6": 1, "18": 2, "26": 3}
    for seed, density in itertools.product(range(4), [0.1, 0.3, 0.5, 0.8]):
        mask = blobs((23, 19, 17), seed, density)
        path = tool.save(mask.astype(numpy.uint8))
        for word, rank in structures.items():
            structure = ndimage.generate_binary_structure(3, rank)
            # SciPy numbers in the order of C: slices first.
            expected, _ = ndimage.label(mask.T, structure)
            found, _ = tool.run("components", path, word)
            check("components, SciPy", f"{word} {density} {seed}", difference(found, expected.T))
            # Holes: the background is connected by the dual of what connects the objects.
            dual = ndimage.generate_binary_structure(3, 1 if rank > 1 else 3)
            filled = ndimage.binary_fill_holes(mask, dual)
            found, _ = tool.run("fill", path, word)
            check("holes, SciPy", f"{word} {density} {seed}", difference(found, filled))


def morphology(tool):
    elements = [("box", 1, 1, 1), ("box", 2, 0, 1), ("box", 0, 3, 2)]
    elements += [("ball", 3.0, 1.0, 1.0, 1.0), ("ball", 4.0, 0.7, 0.9, 2.5), ("ball", 2.1, 1.0, 2.0, 3.0)]
    operations = {
        "dilate": lambda mask, element: ndimage.binary_dilation(mask, element),
        "erode": lambda mask, element: ndimage.binary_erosion(mask, element, border_value=1),
    }
    operations["open"] = lambda mask, element: operations["dilate"](operations["erode"](mask, element), element)
    operations["close"] = lambda mask, element: operations["erode"](operations["dilate"](mask, element), element)
    for seed, element in itertools.product(range(3), elements):
        mask = blobs((25, 21, 14), seed + 10, 0.3)
        path = tool.save(mask.astype(numpy.uint8))
        if element[0] == "box":
            reach = element[1:]
            structure = numpy.ones([2 * r + 1 for r in reach], bool)
        else:
            reach = [int(element[1] / s) for s in element[2:]]
            grid = numpy.meshgrid(*[numpy.arange(-r, r + 1) * s for r, s in zip(reach, element[2:])], indexing="ij")
            structure = sum(g**2 for g in grid) <= element[1] ** 2 * (1 + 1e-9)
        for name, operation in operations.items():
            found, _ = tool.run(name, path, *element)
            check("morphology, SciPy", f"{name} {element} {seed}", difference(found, operation(mask, structure)))


def orientations(tool, volumes):
    letters = ["LR", "PA", "SI"]
    codes = ["".join(code) for order in itertools.permutations(letters) for code in itertools.product(*order)]
    for name, (array, affine) in volumes.items():
        path = tool.save(array, affine)
        image = nibabel.Nifti2Image(array, affine)
        start = nibabel.io_orientation(affine)
        for code in codes:
            found, found_affine = tool.run("reorient", path, code)
            turn = nibabel.orientations.ornt_transform(start, nibabel.orientations.axcodes2ornt(code))
            expected = image.as_reoriented(turn)
            check("reorient, nibabel", f"{name} {code}", difference(found, numpy.asanyarray(expected.dataobj)))
            check("reorient affine, nibabel", f"{name} {code}", difference(found_affine, expected.affine, 1e-9))
            turned = SimpleITK.DICOMOrient(itk(array, affine), code)
            check("reorient, SimpleITK", f"{name} {code}", difference(found, SimpleITK.GetArrayFromImage(turned).T))
            check("reorient affine, SimpleITK", f"{name} {code}", difference(found_affine, itk_affine(turned), 1e-6))


def weights(old, new, ratio):
    """The matrix from old to new samples: linear between centers, or the mean of what is covered; ends repeated."""
    start = (old - new * ratio) / 2
    matrix = numpy.zeros((new, old))
    for row in range(new):
        low, high = start + row * ratio, start + (row + 1) * ratio
        if ratio > 1:
            low, high = max(low, 0), min(high, old)
            for column in range(old):
                matrix[row, column] = max(0, min(high, column + 1) - max(low, column)) / (high - low)
        else:
            place = min(max((low + high) / 2 - 0.5, 0), old - 1)
            index = min(int(place), old - 2) if old > 1 else 0
            matrix[row, index] += 1 - (place - index)
            if old > 1:
                matrix[row, index + 1] += place - index
    return matrix


def resampling(tool, volumes):
    for name, (array, affine) in volumes.items():
        old = numpy.linalg.norm(affine[:3, :3], axis=0)
        path = tool.save(array, affine)
        tolerance = 1 if array.dtype.kind in "iu" else 1e-6 * numpy.abs(array).max()
        for factors in [(1, 1, 1), (0.5, 0.5, 0.5), (0.7, 1, 0.31), (2, 2, 2), (1.7, 3.1, 1.2), (0.6, 2.4, 1)]:
            spacing = old * factors
            found, found_affine = tool.run("resample", path, *spacing, "linear")
            shape = [max(1, int(numpy.floor(n / f + 0.5))) for n, f in zip(array.shape, factors)]
            # The center stays where it is.
            center = affine @ numpy.append((numpy.array(array.shape) - 1) / 2, 1)
            new_center = found_affine @ numpy.append((numpy.array(shape) - 1) / 2, 1)
            check("resampled grid", f"{name} {factors}", difference(numpy.array(found.shape), numpy.array(shape)))
            check("resampled center", f"{name} {factors}", difference(new_center, center, 1e-6))
            expected = array.astype(numpy.float64)
            for axis in range(3):
                matrix = weights(array.shape[axis], shape[axis], factors[axis])
                expected = numpy.moveaxis(numpy.tensordot(matrix, expected, (1, axis)), 0, axis)
            check("resampled, dense weights", f"{name} {factors}", difference(found, expected, tolerance))
            if max(factors) <= 1:
                compare_with_itk(name, array, affine, found, found_affine, factors, tolerance, tool, path, spacing)


def compare_with_itk(name, array, affine, found, found_affine, factors, tolerance, tool, path, spacing):
    """Where samples are not larger than before, SimpleITK's linear and nearest neighbor interpolation on the same grid."""
    reference = itk(found.astype(numpy.float64), found_affine)
    source = itk(array.astype(numpy.float64), affine)
    expected = SimpleITK.GetArrayFromImage(SimpleITK.Resample(source, reference, SimpleITK.Transform(),
                                                              SimpleITK.sitkLinear, numpy.nan)).T
    index = numpy.stack(numpy.meshgrid(*map(numpy.arange, found.shape), indexing="ij"), -1)
    places = index @ (numpy.linalg.inv(affine) @ found_affine)[:3, :3].T + (numpy.linalg.inv(affine) @ found_affine)[:3, 3]
    inside = ((places > 1e-6) & (places < numpy.array(array.shape) - 1 - 1e-6)).all(-1)
    check("resampled linear, SimpleITK", f"{name} {factors}",
          difference(found[inside], expected[inside], tolerance + 1e-6 * numpy.abs(array).max()))
    nearest, _ = tool.run("resample", path, *spacing, "nearest")
    expected = SimpleITK.GetArrayFromImage(SimpleITK.Resample(source, reference, SimpleITK.Transform(),
                                                              SimpleITK.sitkNearestNeighbor, 0)).T
    # A center on the edge of two samples may go either way.
    sure = inside & (numpy.abs(places - numpy.floor(places) - 0.5) > 1e-6).all(-1)
    check("resampled nearest, SimpleITK", f"{name} {factors}", difference(nearest[sure], expected[sure]))
    check("labels stay labels", f"{name} {factors}",
          None if set(numpy.unique(nearest)) <= set(numpy.unique(array)) else "a value that was not there")


def crops(tool, volumes):
    for name, (array, affine) in volumes.items():
        path = tool.save(array, affine)
        mask = numpy.zeros(array.shape, numpy.uint8)
        low = [n // 4 for n in array.shape]
        high = [max(a + 1, n // 2) for a, n in zip(low, array.shape)]
        mask[tuple(slice(a, b) for a, b in zip(low, high))] = blobs([b - a for a, b in zip(low, high)], 5, 0.5)
        mask_path = tool.save(mask, affine, "mask")
        spacing = numpy.linalg.norm(affine[:3, :3], axis=0)
        for margin in [0, 2.5, 1000]:
            held = numpy.argwhere(mask)
            grown = numpy.ceil(margin / spacing - 1e-6).astype(int)
            first = numpy.maximum(held.min(0) - grown, 0)
            last = numpy.minimum(held.max(0) + 1 + grown, array.shape)
            part = nibabel.Nifti2Image(array, affine).slicer[tuple(slice(a, b) for a, b in zip(first, last))]
            found, found_affine = tool.run("crop", path, mask_path, margin)
            check("crop, nibabel", f"{name} {margin}", difference(found, numpy.asanyarray(part.dataobj)))
            check("crop affine, nibabel", f"{name} {margin}", difference(found_affine, part.affine, 1e-9))


def windows(tool):
    values = numpy.arange(-2000, 3001, dtype=numpy.int16).reshape(-1, 1, 1)
    path = tool.save(values)
    for center, width in [(-600, 1500), (50, 350), (40, 80), (400, 1800), (-500, 1500), (40, 1), (0.5, 2)]:
        header = Dataset()
        header.PhotometricInterpretation, header.BitsStored, header.PixelRepresentation = "MONOCHROME2", 8, 0
        header.WindowCenter, header.WindowWidth = center, width
        expected = numpy.floor(apply_windowing(values, header) + 0.5)
        found, _ = tool.run("window", path, center, width)
        # Halves may go either way by rounding.
        check("window, pydicom", f"{center} {width}", difference(found, expected, 1))


def main():
    with tempfile.TemporaryDirectory() as folder:
        tool = Operations(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(folder))
        random = numpy.random.default_rng(1)
        volumes = {
            "int16": (random.integers(-1000, 2000, (13, 11, 9)).astype(numpy.int16), oblique((0.7, 0.9, 2.5), 1)),
            "float32": (random.normal(size=(9, 14, 5)).astype(numpy.float32), oblique((1.5, 0.4, 1.1), 2)),
        }
        if len(sys.argv) > 2:
            folder = pathlib.Path(sys.argv[2]) / "series/ibsi_STS_002/nifti/STS_002"
            for name in ["CT_image", "PET_image"]:
                image = nibabel.load(folder / f"{name}.nii.gz")
                volumes[name] = (numpy.asanyarray(image.dataobj).copy(), image.affine)
        components(tool)
        morphology(tool)
        windows(tool)
        orientations(tool, volumes)
        resampling(tool, volumes)
        crops(tool, volumes)
    for kind, (agreed, total) in counts.items():
        print(f"{kind}: {agreed} of {total}")
    for miss in misses:
        print(miss, file=sys.stderr)
    sys.exit(1 if misses else 0)


main()
