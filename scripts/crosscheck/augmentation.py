#!/usr/bin/env python3
"""Compares transforms of augmentation with OpenCV, SciPy, scikit-image, torchstain and TorchIO.

usage: scripts/crosscheck/augmentation.py [--require] TESSERA
TESSERA is the executable (swift build). Needs numpy, scipy, scikit-image, opencv-python and nibabel; torchstain and TorchIO are
asked as well where they are installed. The last lines name the libraries that were not asked; with --require their absence is a
miss. Each row has its tolerance: values of 8 bits may differ by the number given, floats by a part of
the largest value. Where a transform draws its numbers, the record says them to the other library; where it bends by a field of
noise, the same bend of two ramps says where each pixel comes from. Prints each miss and "n of n"; exit code 1 when there is a miss.
"""
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import cv2
import nibabel
import numpy
import scipy.ndimage as ndimage
import skimage.color
import skimage.exposure

random = numpy.random.default_rng(11)
done, misses, not_asked = [], [], []


def is_installed(library):
    """Whether a library can be asked; the absent are named at the end."""
    if importlib.util.find_spec(library) is None:
        not_asked.append(library)
        return False
    return True


def check(name, found, expected, tolerance, inside=None):
    """Compares two arrays; `inside` cuts a border off where edges are another library's matter."""
    expected = numpy.asarray(expected)
    problem = None
    if found.shape != expected.shape:
        problem = f"shape {found.shape}, expected {expected.shape}"
    else:
        cut = tuple(slice(inside, -inside) if inside and size > 4 * inside else slice(None) for size in found.shape)
        worst = numpy.abs(found[cut].astype(float) - expected[cut].astype(float)).max(initial=0)
        if not worst <= tolerance:
            problem = f"differs by {worst:g}, {tolerance:g} is allowed"
    done.append(name)
    if problem:
        misses.append(f"{name}: {problem}")


class Tool:
    def __init__(self, executable, folder):
        self.executable, self.folder, self.runs = executable, folder, 0

    def run(self, steps, array, seed=1):
        """The array after some steps, and what was drawn. Pictures travel as PNG, volumes (z, y, x) as NIfTI."""
        self.runs += 1
        source, target = self.folder / f"in{self.runs}", self.folder / f"out{self.runs}"
        source.mkdir()
        pipeline = self.folder / "pipeline.yaml"
        pipeline.write_text(f"{{tessera_pipeline: 1, steps: [{steps}]}}")
        is_volume = array.ndim == 3 and array.shape[-1] not in (1, 3)
        if is_volume:
            # NIfTI is x, y, z in RAS; its first two axes are turned about in LPS, which a negative diagonal undoes.
            image = nibabel.Nifti1Image(array.transpose(2, 1, 0), numpy.diag([-1, -1, 1, 1]))
            nibabel.save(image, source / "a.nii")
        else:
            cv2.imwrite(str(source / "a.png"), array[..., ::-1] if array.ndim == 3 else array)
        subprocess.run(
            [self.executable, "augment", source, "--pipeline", pipeline, "--output", target, "--format", "npy", "--seed", str(seed)],
            check=True, capture_output=True)
        record = json.loads((target / "a_0.json").read_text())["record"]["steps"]
        return numpy.load(target / "a_0.npy"), [step["values"] for step in record]


def picture(channels=3, shape=(67, 90)):
    noise = random.normal(size=shape + ((channels,) if channels else ()))
    smooth = ndimage.gaussian_filter(noise, [3, 3] + ([0] if channels else []))
    values = smooth / numpy.abs(smooth).max() * 0.45 + 0.5 + noise * 0.02
    return (numpy.clip(values, 0, 1) * 255).astype(numpy.uint8)


def volume(shape=(20, 26, 31)):
    return (ndimage.gaussian_filter(random.normal(size=shape), 2) * 1000).astype(numpy.float32)


def sampled(array, places, order=1, mode="grid-constant", cval=0.0):
    """The array at places (y, x or z, y, x; the first pixel's center is 0), channel by channel."""
    if array.ndim == places.shape[0] + 1:
        return numpy.stack([sampled(array[..., c], places, order, mode, cval) for c in range(array.shape[-1])], -1)
    return ndimage.map_coordinates(array.astype(float), places, order=order, mode=mode, cval=cval)


def pulled(shape, push):
    """For each pixel of the result the place in the source; `push` moves content and is about pixel centers, x first."""
    size = len(shape)
    back = numpy.linalg.inv(push)
    grid = numpy.stack(numpy.meshgrid(*[numpy.arange(n, dtype=float) for n in shape], indexing="ij"))[::-1]
    flat = numpy.vstack([grid.reshape(size, -1), numpy.ones(grid[0].size)])
    return (back @ flat)[:size][::-1].reshape((size,) + tuple(shape))


def about(matrix, shape):
    """A linear map (x first) about the center of an array of a shape."""
    size = len(shape)
    full, shift = numpy.eye(size + 1), numpy.eye(size + 1)
    full[:size, :size] = matrix
    shift[:size, size] = [(n - 1) / 2 for n in shape[::-1]]
    return shift @ full @ numpy.linalg.inv(shift)


def turn(degrees):
    c, s = numpy.cos(numpy.radians(degrees)), numpy.sin(numpy.radians(degrees))
    return numpy.array([[c, -s], [s, c]])


def lattice(tool):
    image = picture()
    check("flip x, numpy", tool.run("{flip: {x: 1}}", image)[0], image[:, ::-1], 0)
    check("flip y, numpy", tool.run("{flip: {x: 0, y: 1}}", image)[0], image[::-1], 0)
    check("rotate90, numpy", tool.run("{rotate90: {k: 1}}", image)[0], numpy.rot90(image, -1), 0)
    check("transpose, numpy", tool.run("transpose", image)[0], image.transpose(1, 0, 2), 0)


def affine(tool):
    image = picture()
    push = about(turn(17) * 1.2, image.shape[:2])
    step = "{affine: {rotate: 17, scale: 1.2, border: %s}}"
    found = tool.run(step % "constant", image)[0]
    check("affine, scipy map_coordinates", found, sampled(image, pulled(image.shape[:2], push)), 0.51)
    expected = cv2.warpAffine(image, push[:2], image.shape[1::-1], flags=cv2.INTER_LINEAR)
    check("affine, OpenCV warpAffine (coordinates in 1/32 pixels)", found, expected, 4)
    for border, mode in [("replicate", "nearest"), ("reflect", "reflect"), ("reflect101", "mirror"), ("wrap", "grid-wrap")]:
        expected = sampled(image, pulled(image.shape[:2], push), mode=mode)
        check(f"affine with border {border}, scipy", tool.run(step % border, image)[0], expected, 0.51)
    found, _ = tool.run("{affine: {rotate: -8, shear: [6, 0], translate_pixels: [3.25, -2]}}", image)
    shear = numpy.array([[1, numpy.tan(numpy.radians(6))], [0, 1]])
    push = about(turn(-8) @ shear, image.shape[:2])
    push[:2, 2] += [3.25, -2]
    check("affine with shear and shift, scipy", found, sampled(image, pulled(image.shape[:2], push)), 0.51)
    block = volume()
    found, _ = tool.run("{affine: {rotate: [12, -7, 20], scale: [1.1, 0.9, 1.05]}}", block)
    x, y, z = numpy.eye(3), numpy.eye(3), numpy.eye(3)
    x[1:, 1:], z[:2, :2] = turn(12), turn(20)
    y[numpy.ix_([2, 0], [2, 0])] = turn(-7)
    push = about(z @ y @ x @ numpy.diag([1.1, 0.9, 1.05]), block.shape)
    back = numpy.linalg.inv(push)
    order = [2, 1, 0]
    expected = ndimage.affine_transform(
        block.astype(float), back[:3, :3][numpy.ix_(order, order)], back[:3, 3][order], order=1, mode="grid-constant")
    check("affine in space, scipy affine_transform", found, expected, 2e-4 * numpy.abs(block).max())
    expected = ndimage.zoom(block, 1)
    check("affine that does nothing, numpy", tool.run("affine", block)[0], expected, 0)


def warps(tool):
    image = picture()
    height, width = image.shape[:2]
    found, drawn = tool.run("{perspective: {scale: 0.08}}", image)
    moves = numpy.array(drawn[0]["corners"]).reshape(4, 2) * [width, height]
    corners = numpy.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    pull = cv2.getPerspectiveTransform(corners.astype(numpy.float32), (corners + moves).astype(numpy.float32))
    y, x = numpy.mgrid[0.5:height, 0.5:width]
    seen = pull @ numpy.stack([x.ravel(), y.ravel(), numpy.ones(x.size)])
    places = (seen[:2] / seen[2] - 0.5)[::-1].reshape(2, height, width)
    check("perspective, OpenCV's matrix and scipy", found, sampled(image, places), 1)
    block = volume()
    z, y, x = numpy.meshgrid(*[numpy.arange(n, dtype=numpy.float32) for n in block.shape], indexing="ij")
    for step in ["{elastic: {max_displacement: 2, border: replicate}}",
                 "{elastic_gaussian: {alpha: 12, sigma: 4, border: replicate}}",
                 "{grid_distortion: {cells: 4, border: replicate}}", "{piecewise_affine: {border: replicate}}",
                 "{thin_plate: {deviation: 0.03, border: replicate}}"]:
        places = numpy.stack([tool.run(step, ramp)[0] for ramp in (z, y, x)])
        found = tool.run(step, block)[0]
        name = step.strip("{").split(":")[0]
        check(f"{name}, scipy map_coordinates", found, sampled(block, places, mode="nearest"),
              2e-3 * numpy.abs(block).max(), inside=5)
        if not numpy.abs(places - numpy.stack([z, y, x])).max() > 0.2:
            misses.append(f"{name}: moves nothing")


def blurs(tool):
    image = picture()
    found = tool.run("{gaussian_blur: {sigma: 1.3}}", image)[0]
    check("gaussian_blur, scipy", found,
          ndimage.gaussian_filter(image.astype(float), [1.3, 1.3, 0], mode="mirror", truncate=4), 0.51)
    check("gaussian_blur, OpenCV", found, cv2.GaussianBlur(image, (11, 11), 1.3), 1)
    check("box_blur, OpenCV", tool.run("{box_blur: {size: 5}}", image)[0], cv2.blur(image, (5, 5)), 1)
    check("median_blur, OpenCV", tool.run("{median_blur: {size: 5}}", image)[0], cv2.medianBlur(image, 5), 0)
    block = volume()
    expected = ndimage.gaussian_filter(block.astype(float), 1.1, mode="mirror", truncate=4)
    check("gaussian_blur in space, scipy", tool.run("{gaussian_blur: {sigma: 1.1}}", block)[0], expected,
          1e-5 * numpy.abs(block).max())


def intensities(tool):
    image, gray = picture(), picture(0)
    found = tool.run("{gamma: {exponent: 0.6}}", image)[0]
    check("gamma, scikit-image", found, skimage.exposure.adjust_gamma(image / 255, 0.6) * 255, 0.51)
    check("equalize, OpenCV", tool.run("equalize", gray)[0], cv2.equalizeHist(gray), 0)
    found = tool.run("{clahe: {clip_limit: 2, tiles: 8}}", gray)[0]
    check("clahe, OpenCV", found, cv2.createCLAHE(2, (8, 8)).apply(gray), 1)
    found = tool.run("{contrast: {factor: 1.4}}", gray)[0]
    expected = numpy.clip((gray - gray.mean()) * 1.4 + gray.mean(), 0, 255)
    check("contrast, numpy", found, expected, 0.51)
    check("invert, numpy", tool.run("invert", image)[0], 255 - image, 0)
    check("grayscale, OpenCV", tool.run("grayscale", image)[0],
          numpy.repeat(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None], 3, 2), 1)
    found = tool.run("{normalize: {channels_first: false}}", image)[0]
    expected = (image / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    check("normalize, numpy", found, expected, 1e-5)
    block = volume()
    expected = (block - block.mean(dtype=float)) / block.std(dtype=float)
    check("z_score, numpy", tool.run("z_score", block)[0], expected, 1e-5)
    found = tool.run("{percentile_clip: {lower: 5, upper: 90}}", block)[0]
    expected = numpy.clip(block, *numpy.percentile(block.astype(float), [5, 90]))
    check("percentile_clip, numpy", found, expected, 1e-3 * numpy.abs(block).max())


def stains(tool):
    image = numpy.clip(picture().astype(int), 40, 230).astype(numpy.uint8)
    found, drawn = tool.run("{hed_jitter: {scale: {uniform: [0.8, 1.2]}, shift: {uniform: [-0.03, 0.03]}}}", image)
    # The basis of rgb2hed, without scikit-image's logarithm of base 10^6 and its limits.
    density = -numpy.log(numpy.maximum(image / 255, 1e-6))
    stain = density @ skimage.color.hed_from_rgb * drawn[0]["scale"] + drawn[0]["shift"]
    expected = numpy.clip(numpy.exp(-(stain @ skimage.color.rgb_from_hed)) * 255, 0, 255)
    check("hed_jitter, scikit-image's basis", found, expected, 1)


def physics(tool):
    block = volume()
    found = tool.run("{gibbs: {alpha: 0.4}}", block)[0]
    parts = numpy.meshgrid(*[numpy.fft.fftfreq(n) for n in block.shape], indexing="ij")
    kept = sum(part ** 2 for part in parts) <= (0.6 * numpy.sqrt(3) / 2) ** 2
    expected = numpy.fft.ifftn(numpy.fft.fftn(block.astype(float)) * kept).real
    check("gibbs, numpy fftn", found, expected, 1e-5 * numpy.abs(block).max())
    found, drawn = tool.run("bias_field", block)
    z, y, x = numpy.meshgrid(*[(2 * numpy.arange(n) + 1) / n - 1 for n in block.shape], indexing="ij")
    powers = [(i, j, k) for i in range(4) for j in range(4 - i) for k in range(4 - i - j) if i + j + k]
    field = sum(c * x ** i * y ** j * z ** k for c, (i, j, k) in zip(drawn[0]["coefficients"], powers))
    check("bias_field, numpy", found, block * numpy.exp(field), 1e-5 * numpy.abs(block * numpy.exp(field)).max())


def codecs(tool):
    image = picture()
    for quality in (30, 80):
        found = tool.run(f"{{jpeg: {{quality: {quality}}}}}", image)[0]
        coded = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        check(f"jpeg {quality}, OpenCV", found, cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1], 8)
        found = tool.run(f"{{webp: {{quality: {quality}}}}}", image)[0]
        coded = cv2.imencode(".webp", image[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, quality])[1]
        check(f"webp {quality}, OpenCV", found, cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1], 8)


def torchstain_stains(tool):
    if not is_installed("torchstain"):
        return
    import torchstain
    # Smooth amounts of two stains, without noise: what remains is how percentiles of angles are taken.
    amounts = numpy.stack([ndimage.gaussian_filter(random.normal(size=(120, 160)), 5) for _ in range(2)], -1)
    amounts = numpy.clip(amounts / numpy.abs(amounts).max() + 0.5, 0, None)
    stains = numpy.array([[0.65, 0.70, 0.29], [0.27, 0.92, 0.28]])
    image = (255 * numpy.exp(-amounts @ stains)).round().astype(numpy.uint8)
    found = tool.run("{stain_normalize: {method: macenko}}", image)[0]
    expected = torchstain.normalizers.MacenkoNormalizer(backend="numpy").normalize(image, Io=255)[0]
    apart = numpy.abs(found.astype(float) - expected).mean()
    check("stain_normalize by Macenko, torchstain: mean within 3 of 255", numpy.array([apart]), [0], 3)


def torchio_volumes(tool):
    if not is_installed("torchio"):
        return
    import torch
    import torchio
    block = volume((28, 32, 36))
    largest = numpy.abs(block).max()

    def asked(transform):
        """TorchIO's tensors are (channel, x, y, z); with this affine the axes of the array are those of LPS."""
        tensor = torch.from_numpy(block.transpose(2, 1, 0).copy())[None]
        image = torchio.ScalarImage(tensor=tensor, affine=numpy.diag([-1, -1, 1, 1]))
        return transform(image).numpy()[0].transpose(2, 1, 0)

    # Its shifts, and the axes that it turns about, are those of RAS: x and y point the other way.
    none = {"scales": (1, 1, 1), "degrees": (0, 0, 0), "translation": (0, 0, 0), "center": "image", "default_pad_value": 0}
    for name, step, values in [
        ("rotation about x", "rotate: [12, 0, 0]", {"degrees": (-12, 0, 0)}),
        ("rotation about y", "rotate: [0, -17, 0]", {"degrees": (0, 17, 0)}),
        ("rotation about z", "rotate: [0, 0, 23]", {"degrees": (0, 0, 23)}),
        ("scale", "scale: [1.1, 0.9, 1.05]", {"scales": (1.1, 0.9, 1.05)}),
        ("shift", "translate_pixels: [2.25, -1.5, 3]", {"translation": (-2.25, 1.5, 3)}),
    ]:
        found = tool.run(f"{{affine: {{{step}, border: constant}}}}", block)[0]
        # Beyond the centers of the outermost voxels ITK has nothing, Tessera mixes with the fill: a border apart.
        check(f"affine, TorchIO's {name}", found, asked(torchio.Affine(**(none | values))), 2e-4 * largest, inside=5)
    for axis, name in enumerate("xyz"):
        found = tool.run(f"{{flip: {{x: {int(axis == 0)}, y: {int(axis == 1)}, z: {int(axis == 2)}}}}}", block)[0]
        check(f"flip {name}, TorchIO", found, asked(torchio.Flip(axes=(axis,))), 0)
    found = tool.run("{gaussian_blur: {sigma: 1.4}}", block)[0]
    check("gaussian_blur, TorchIO", found, asked(torchio.Blur(std=(1.4, 1.4, 1.4))), 1e-5 * largest, inside=6)
    check("z_score, TorchIO", tool.run("z_score", block)[0], asked(torchio.ZNormalization()), 1e-4)
    found, drawn = tool.run("bias_field", block)
    # Tessera's places go to -1 and 1 at the edges of the volume, TorchIO's at the centers of the outermost voxels; it takes
    # a coefficient for the constant, too, and its own order of them.
    size = block.shape[::-1]
    powers = [(i, j, k) for i in range(4) for j in range(4 - i) for k in range(4 - i - j) if i + j + k]
    named = dict(zip(powers, drawn[0]["coefficients"]))
    coefficients = [
        named.get((i, j, k), 0) * numpy.prod([((n - 1) / n) ** p for n, p in zip(size, (i, j, k))])
        for i in range(4) for j in range(4 - i) for k in range(4 - i - j)]
    expected = asked(torchio.BiasField(coefficients=coefficients, order=3))
    check("bias_field, TorchIO", found, expected, 1e-4 * numpy.abs(expected).max())


def main():
    arguments = [word for word in sys.argv[1:] if word != "--require"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(arguments[0], pathlib.Path(folder))
        for part in (lattice, affine, warps, blurs, intensities, stains, physics, codecs, torchstain_stains, torchio_volumes):
            part(tool)
    agreed = len(done) - len(misses)
    if "--require" in sys.argv:
        misses.extend(f"{library}: not installed, and it is required" for library in not_asked)
    for miss in misses:
        print(miss)
    print(f"{agreed} of {len(done)}")
    for library in not_asked:
        print(f"NOT ASKED: {library} is not installed; its comparisons were left out")
    sys.exit(1 if misses else 0)


main()
