#!/usr/bin/env python3
"""Compares operations on images with OpenCV, SciPy and scikit-image, on random images.

usage: scripts/crosscheck/image_operations.py IMAGE-OPERATIONS
IMAGE-OPERATIONS is the executable of that name (swift build). Needs numpy, opencv-python, scipy and scikit-image.
Moved samples, order statistics, labels and counts have to be equal. Weighed integers may be off by 1 (OpenCV works in
fixed point), floats by 1e-5 of the largest value, double-precision sums by 1e-9. Prints one line per kind of comparison and each
miss; exit code 1 when there is one.
"""
import collections
import pathlib
import subprocess
import sys
import tempfile

import cv2
import numpy
import scipy.ndimage as ndimage
import skimage.exposure
import skimage.feature
import skimage.filters
import skimage.measure
import skimage.segmentation

counts = collections.OrderedDict()
misses = []
random = numpy.random.default_rng(7)
BORDERS = {"constant": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE, "reflect": cv2.BORDER_REFLECT,
           "reflect101": cv2.BORDER_REFLECT_101}
SCIPY = {"constant": "constant", "replicate": "nearest", "reflect": "reflect", "reflect101": "mirror", "wrap": "wrap"}
NUMPY = {"constant": "constant", "replicate": "edge", "reflect": "symmetric", "reflect101": "reflect", "wrap": "wrap"}


def check(kind, name, found, expected, tolerance=0.0, ends=False):
    problem = None
    expected = numpy.asarray(expected)
    if found.shape != expected.shape:
        problem = f"shape {found.shape}, expected {expected.shape}"
    else:
        worst = numpy.abs(found.astype(numpy.float64) - expected.astype(numpy.float64)).max(initial=0)
        if not worst <= tolerance:
            problem = f"differs by {worst:g}, {tolerance:g} is allowed"
    agreed, total = counts.get(kind, (0, 0))
    counts[kind] = (agreed + (problem is None), total + 1)
    if problem:
        misses.append(f"{kind}: {name}: {problem}")


class Tool:
    def __init__(self, executable, folder):
        self.executable, self.folder = executable, folder

    def run(self, name, array, axes=None, **options):
        axes = axes or {2: "yx", 3: "yxc"}[array.ndim]
        source, target = self.folder / "in.raw", self.folder / "out.npy"
        numpy.ascontiguousarray(array).tofile(source)
        words = [f"{key}={','.join(map(str, value)) if isinstance(value, (list, tuple)) else value}"
                 for key, value in options.items()]
        sizes = ",".join(map(str, array.shape))
        subprocess.run([self.executable, name, source, str(array.dtype), axes, sizes, target, *words], check=True)
        return numpy.load(target)


    def second(self, name, array):
        """The option that names a second array, of floats."""
        path = self.folder / f"{name}.raw"
        numpy.ascontiguousarray(array, numpy.float32).tofile(path)
        return [path, *array.shape]


def picture(dtype, shape=(37, 53)):
    """Smooth enough to have structure, rough enough to have every value."""
    noise = random.normal(size=shape)
    values = ndimage.gaussian_filter(noise, [1.5, 1.5] + [0] * (len(shape) - 2)) * 4 + noise * 0.3
    values = (values - values.min()) / (values.max() - values.min())
    if numpy.dtype(dtype).kind == "f":
        return values.astype(dtype)
    info = numpy.iinfo(dtype)
    return (info.min + values * (float(info.max) - info.min)).astype(dtype)


def close(dtype, integers=1.0):
    """The tolerance for weighed values of a type."""
    return {"u": integers, "i": integers}.get(numpy.dtype(dtype).kind, 1e-5)


def resizing(tool):
    cubic = {"nearest": cv2.INTER_NEAREST_EXACT, "linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC,
             "lanczos4": cv2.INTER_LANCZOS4}
    for dtype in [numpy.uint8, numpy.uint16, numpy.int16, numpy.float32, numpy.float64]:
        for shape in [(37, 53), (41, 31, 3)]:
            image = picture(dtype, shape)
            # No center of a new pixel falls on an edge, where OpenCV's fixed point takes either side.
            for width, height in [(81, 63), (15, 19), (53, 11), (106, 75)]:
                for name, flag in cubic.items():
                    found = tool.run("resize", image, width=width, height=height, interpolation=name)
                    expected = cv2.resize(image, (width, height), interpolation=flag)
                    # OpenCV's weights have 11 bits for bytes; its Lanczos weights are of single precision.
                    slack = close(dtype, 2.0 if dtype == numpy.uint8 else 4.0)
                    check(f"resize {name}, OpenCV", f"{image.dtype} {shape} {width} {height}", found, expected,
                          0 if name == "nearest" else slack)
                if width <= shape[1] and height <= shape[0]:
                    found = tool.run("resize", image, width=width, height=height, interpolation="area")
                    expected = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
                    check("resize area, OpenCV", f"{image.dtype} {shape} {width} {height}", found, expected, close(dtype))
    volume = picture(numpy.float32, (9, 14, 11))
    found = tool.run("resize", volume, "zyx", width=17, height=10, depth=12, interpolation="linear")
    check("resize a volume, SciPy", "linear", found,
          ndimage.zoom(volume, numpy.divide((12, 10, 17), volume.shape), order=1, mode="nearest", grid_mode=True), 1e-5)
    mask = random.random((20, 30)) < 0.5
    found = tool.run("resize", mask, width=44, height=32)
    check("masks stay masks, OpenCV", "nearest", found,
          cv2.resize(mask.astype(numpy.uint8), (44, 32), interpolation=cv2.INTER_NEAREST_EXACT))


def moving(tool):
    for dtype in [numpy.uint8, numpy.int16, numpy.float64]:
        for shape in [(5, 8), (6, 7, 3)]:
            image = picture(dtype, shape)
            for border, mode in NUMPY.items():
                widths = ((3, 12), (9, 2)) + ((0, 0),) * (image.ndim - 2)
                constant = {"constant_values": 7} if border == "constant" else {}
                found = tool.run("pad", image, top=3, bottom=12, left=9, right=2, border=border, value=7)
                check("pad, NumPy", f"{image.dtype} {border}", found, numpy.pad(image, widths, mode, **constant))
            check("transpose, NumPy", str(shape), tool.run("transpose", image), numpy.swapaxes(image, 0, 1))
            for turns in [-1, 0, 1, 2, 3, 6]:
                check("quarter turns, NumPy", str(turns), tool.run("turn", image, turns=turns),
                      numpy.rot90(image, -turns))
            for axis, number in [("x", 1), ("y", 0)]:
                check("mirror, NumPy", axis, tool.run("mirror", image, axis=axis), numpy.flip(image, number))
    large = picture(numpy.uint8, (131, 77, 3))
    check("transpose, NumPy", "large", tool.run("transpose", large), numpy.swapaxes(large, 0, 1))
    for turns in [1, 2, 3]:
        check("quarter turns, NumPy", "large", tool.run("turn", large, turns=turns), numpy.rot90(large, -turns))


def restoring(tool):
    y, x = numpy.mgrid[0:33, 0:47].astype(numpy.float32)
    for dtype in [numpy.uint8, numpy.uint16, numpy.float32]:
        for shape in [(37, 53), (41, 31, 3)]:
            image = picture(dtype, shape)
            xs = x * 1.1 + 3 * numpy.sin(y / 5) - 4
            ys = y * 0.9 + 2 * numpy.cos(x / 6) + 1
            maps = {"x": tool.second("x", xs + 0.5), "y": tool.second("y", ys + 0.5)}
            for border in BORDERS:
                found = tool.run("remap", image, border=border, **maps)
                planes = image.reshape(image.shape[:2] + (-1,)).astype(numpy.float64)
                mode = {"constant": "grid-constant"}.get(border, SCIPY[border])
                expected = numpy.stack([ndimage.map_coordinates(planes[..., c], [ys, xs], order=1, mode=mode)
                                        for c in range(planes.shape[-1])], -1).reshape(found.shape)
                check("remap, SciPy", f"{image.dtype} {shape} {border}", found, expected, close(dtype, 0.51 if dtype == numpy.uint8 else 2))
                # OpenCV rounds places to 1/32 of a pixel: here that is up to 1/20 of the range.
                expected = cv2.remap(image, xs, ys, cv2.INTER_LINEAR, borderMode=BORDERS[border])
                check("remap, OpenCV", f"{image.dtype} {shape} {border}", found, expected,
                      0.05 * (1.0 if dtype == numpy.float32 else numpy.iinfo(dtype).max))
            found = tool.run("remap", image, interpolation="nearest", border="replicate", x=tool.second("x", numpy.round(xs) + 0.5),
                             y=tool.second("y", numpy.round(ys) + 0.5))
            expected = cv2.remap(image, numpy.round(xs), numpy.round(ys), cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
            check("remap of whole places, OpenCV", f"{image.dtype} {shape}", found, expected)
            other = picture(numpy.float32, (29, 38) + shape[2:]) * 0.7
            if numpy.dtype(dtype).kind == "u":
                other = (other * numpy.iinfo(dtype).max).astype(dtype)
            found = tool.run("match", image, reference=tool.second("reference", other))
            expected = skimage.exposure.match_histograms(image, other, channel_axis=2 if len(shape) == 3 else None)
            check("histogram matching, scikit-image", f"{image.dtype} {shape}", found, expected, close(dtype))
    # Telea's two readings differ where structures end in the hole: the mean counts, on smooth pictures with hairs.
    for seed in range(6):
        smooth = ndimage.gaussian_filter(random.normal(size=(90, 120, 3)), [6, 6, 0])
        image = (128 + 90 * smooth / numpy.abs(smooth).max()).astype(numpy.uint8)
        mask = numpy.zeros(image.shape[:2], numpy.uint8)
        for _ in range(5):
            ends = [tuple(int(v) for v in random.integers(0, [120, 90])) for _ in range(2)]
            cv2.line(mask, *ends, 255, 3)
        damaged = numpy.where(mask[..., None] > 0, 10, image).astype(numpy.uint8)
        found = tool.run("inpaint", damaged, mask=tool.second("mask", mask), radius=4)
        other = cv2.inpaint(damaged, mask, 4, cv2.INPAINT_TELEA)
        hole = mask > 0
        check("inpainting leaves the rest, NumPy", str(seed), found[~hole], image[~hole])
        def distance(a, b):
            return numpy.abs(a[hole].astype(float) - b[hole]).mean()
        check("inpainting, OpenCV's Telea: mean within 4 of 255", str(seed), numpy.array([distance(found, other)]), [0], 4)
        check("inpainting, no farther from the truth than OpenCV", str(seed),
              numpy.array([max(0, distance(found, image) - distance(other, image))]), [0])


def filters(tool):
    kernels = {"sobel": ([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], None), "off": (random.normal(size=(4, 5)).round(2), (1, 3)),
               "sharp": ([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], None)}
    for dtype in [numpy.uint8, numpy.uint16, numpy.int16, numpy.float32, numpy.float64]:
        for shape in [(37, 53), (20, 24, 3)]:
            image = picture(dtype, shape)
            scale = 1 if numpy.dtype(dtype).itemsize == 1 or numpy.dtype(dtype).kind == "f" else 2
            for name, (weights, anchor) in kernels.items():
                weights = numpy.asarray(weights, numpy.float64)
                for border in ["replicate", "reflect101", "constant"]:
                    options = {"anchor": anchor} if anchor else {}
                    found = tool.run("correlate", image, weights=weights.ravel().tolist(), width=weights.shape[1],
                                     border=border, **options)
                    expected = cv2.filter2D(image, -1, weights, anchor=anchor or (-1, -1), borderType=BORDERS[border])
                    check("correlate, OpenCV", f"{image.dtype} {name} {border}", found, expected, close(dtype, scale))
            for size, sigma in [((5, 5), 1.1), ((7, 3), 1.3), ((21, 21), 3.5), ((3, 3), 0.8)]:
                for border in BORDERS:
                    found = tool.run("gauss", image, width=size[0], height=size[1], sigma=sigma, border=border)
                    expected = cv2.GaussianBlur(image, size, sigma, borderType=BORDERS[border])
                    check("Gaussian blur, OpenCV", f"{image.dtype} {size} {sigma} {border}", found, expected, close(dtype))
            for size in [(3, 3), (4, 6), (9, 1)]:
                found = tool.run("box", image, width=size[0], height=size[1], border="reflect101")
                check("box blur, OpenCV", f"{image.dtype} {size}", found,
                      cv2.blur(image, size, borderType=cv2.BORDER_REFLECT_101), close(dtype))
            for size in [3, 5, 9]:
                found = tool.run("median", image, size=size, border="replicate")
                footprint = numpy.ones((size, size) + (1,) * (image.ndim - 2), bool)
                check("median, SciPy", f"{image.dtype} {size}", found,
                      ndimage.median_filter(image, footprint=footprint, mode="nearest"))
            for value in [10, 255]:
                constant = numpy.full(shape, value, dtype)
                found = tool.run("gauss", constant, width=5, height=5, sigma=1.7)
                check("a constant stays constant", f"{image.dtype} {value}", found, constant, close(dtype, 0) * value)
    volume = picture(numpy.float64, (12, 15, 13))
    for border, mode in SCIPY.items():
        found = tool.run("gauss3", volume, "zyx", sigma=1.2, reach=4, border=border, value=0)
        check("Gaussian blur of a volume, SciPy", border, found,
              ndimage.gaussian_filter(volume, 1.2, mode=mode, truncate=4), 1e-9)
    image = picture(numpy.float64)
    found = tool.run("sharpen", image, sigma=2, amount=0.7, border="reflect101")
    blurred = ndimage.gaussian_filter(image, 2, mode="mirror", truncate=3)
    check("unsharp mask, SciPy", "", found, image + 0.7 * (image - blurred), 1e-9)


def histograms(tool):
    for dtype in [numpy.uint8, numpy.uint16]:
        for shape in [(64, 64), (37, 53), (100, 80)]:
            image = picture(dtype, shape) // 2
            for clip in [0, 1, 2, 40]:
                for tiles in [(8, 8), (3, 5), (1, 1)]:
                    found = tool.run("clahe", image, clip=clip, width=tiles[0], height=tiles[1])
                    check("CLAHE, OpenCV", f"{image.dtype} {shape} {clip} {tiles}", found,
                          cv2.createCLAHE(clip, tiles).apply(image), 0 if dtype == numpy.uint8 else 1)
        if dtype == numpy.uint8:
            check("equalization, OpenCV", "", tool.run("equalize", image), cv2.equalizeHist(image))
            for count in [1, 2, 3]:
                found = tool.run("otsu", image, count=count)
                # Thresholds within a gap of the histogram are the same; ours belongs to the lower class.
                expected = skimage.filters.threshold_multiotsu(image, count + 1, nbins=256)
                check("Otsu, scikit-image", str(count), numpy.digitize(image, found, right=True),
                      numpy.digitize(image, expected, right=True))
    for dtype in [numpy.uint8, numpy.int16, numpy.float64]:
        image = picture(dtype)
        low, high = numpy.quantile(image, [0.1, 0.8])
        check("histogram, NumPy", str(image.dtype), tool.run("histogram", image, bins=17, range=[low, high]),
              numpy.histogram(image, 17, (low, high))[0])


def morphology(tool):
    elements = {"square": (numpy.ones((3, 3)), None), "odd": (random.random((4, 5)) < 0.6, (3, 1)),
                "disc": (skimage.morphology.disk(3), None)}
    names = {"erode": cv2.MORPH_ERODE, "dilate": cv2.MORPH_DILATE, "open": cv2.MORPH_OPEN, "close": cv2.MORPH_CLOSE,
             "gradient": cv2.MORPH_GRADIENT, "topHat": cv2.MORPH_TOPHAT, "blackHat": cv2.MORPH_BLACKHAT}
    for dtype in [numpy.uint8, numpy.uint16, numpy.int16, numpy.float32]:
        for shape in [(37, 53), (20, 24, 3)]:
            image = picture(dtype, shape)
            for element, (places, anchor) in elements.items():
                places = numpy.asarray(places, numpy.uint8)
                for name, flag in names.items():
                    for iterations in [1, 2]:
                        if element == "odd" and name != "erode":
                            continue  # OpenCV does not turn elements.
                        options = {"anchor": anchor} if anchor else {}
                        found = tool.run("morphology", image, operation=name, weights=places.ravel().tolist(),
                                         width=places.shape[1], iterations=iterations, **options)
                        expected = cv2.morphologyEx(image, flag, places, anchor=anchor or (-1, -1), iterations=iterations)
                        check("gray morphology, OpenCV", f"{image.dtype} {element} {name}", found, expected)
    image = picture(numpy.int16)
    places = numpy.asarray(elements["odd"][0], numpy.uint8)
    for name, function in [("dilate", ndimage.grey_dilation), ("open", ndimage.grey_opening), ("close", ndimage.grey_closing)]:
        found = tool.run("morphology", image, operation=name, weights=places.ravel().tolist(), width=5, border="reflect")
        inner = (slice(8, -8), slice(8, -8))
        check("morphology with an uneven element, SciPy", name, found[inner], function(image, footprint=places)[inner])
    mask = random.random((40, 50)) < 0.5
    kernel = numpy.array([[0, 1, 0], [-1, 1, 1], [-1, -1, 0]])
    found = tool.run("hitmiss", mask, weights=kernel.ravel().tolist(), width=3)
    check("hit or miss, OpenCV", "", found[1:-1, 1:-1],
          cv2.morphologyEx(mask.astype(numpy.uint8), cv2.MORPH_HITMISS, kernel)[1:-1, 1:-1])
    image = picture(numpy.int32)
    peaks = ndimage.maximum_filter(image, 3, mode="nearest") == image
    check("non-maximum suppression, SciPy", "", tool.run("suppress", image), numpy.where(peaks, image, 0))


def read_contours(values):
    contours, at = [], 0
    while at < len(values):
        hole, parent, count = values[at:at + 3]
        pixels = values[at + 3:at + 3 + 2 * count].reshape(-1, 2)
        contours.append((hole, parent, [tuple(pixel) for pixel in pixels]))
        at += 3 + 2 * count
    return contours


def turned(pixels):
    """A ring of pixels that starts at its first pixel in reading order, in the smaller of its forms."""
    return min(tuple(pixels[i:] + pixels[:i]) for i in range(len(pixels)))


def objects(tool):
    for density in [0.1, 0.4, 0.6]:
        mask = ndimage.gaussian_filter(random.normal(size=(60, 70)), 1.2)
        mask = mask > numpy.quantile(mask, 1 - density)
        mask[random.random(mask.shape) < 0.05] ^= True
        for spacing in [(1, 1, 1), (0.4, 2.5, 1)]:
            found = tool.run("distance", mask, spacing=spacing)
            check("distances, SciPy", f"{density} {spacing}", found,
                  ndimage.distance_transform_edt(mask, sampling=spacing[1::-1]), 1e-5)
        labels, _ = ndimage.label(mask, numpy.ones((3, 3)))
        expected = [place for part in skimage.measure.regionprops(labels) for place in numpy.add(part.centroid[::-1], 0.5)]
        check("centroids, scikit-image", str(density), tool.run("centroids", mask), expected, 1e-9)
        contours = read_contours(tool.run("contours", mask))
        expected, hierarchy = cv2.findContours(mask.astype(numpy.uint8), cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
        rings = [turned([tuple(pixel) for pixel in ring[:, 0]]) for ring in expected]
        parents = {ring: None if above[3] < 0 else rings[above[3]] for ring, above in zip(rings, hierarchy[0])}
        mine = [turned(ring) for _, _, ring in contours]
        agreed = {ring: None if parent < 0 else mine[parent] for ring, (_, parent, _) in zip(mine, contours)} == parents
        check("contours and their nesting, OpenCV", str(density), numpy.array(agreed), True)
        volume = ndimage.gaussian_filter(random.normal(size=(12, 20, 24)), 1.2)
        volume = volume > numpy.quantile(volume, 1 - density)
        found = tool.run("distance", volume, "zyx", spacing=(0.7, 0.7, 2.5))
        check("distances in space, SciPy", str(density), found,
              ndimage.distance_transform_edt(volume, sampling=(2.5, 0.7, 0.7)), 1e-5)
        labels, _ = ndimage.label(volume, numpy.ones((3, 3, 3)))
        expected = [place for part in skimage.measure.regionprops(labels) for place in numpy.add(part.centroid[::-1], 0.5)]
        check("centroids in space, scikit-image", str(density), tool.run("centroids", volume, "zyx"), expected, 1e-9)
    for axes, shape in [("yx", (50, 60)), ("zyx", (10, 20, 24))]:
        # All elevations differ, so that the basins are determined.
        relief = random.permutation(numpy.prod(shape)).reshape(shape).astype(numpy.float64)
        smooth = ndimage.gaussian_filter(relief, 2)
        smooth.ravel()[random.choice(smooth.size, 12, replace=False)] = -numpy.arange(1.0, 13)
        for connectivity in ["faces", "full"]:
            markers, _ = ndimage.label(smooth < 0, numpy.ones((3,) * len(shape)))
            expected = skimage.segmentation.watershed(
                smooth, markers, connectivity=1 if connectivity == "faces" else len(shape))
            check("watershed, scikit-image", f"{axes} {connectivity}",
                  tool.run("watershed", smooth, axes, connectivity=connectivity), expected)
    canvas = numpy.zeros((60, 80), numpy.uint8)
    y, x = numpy.mgrid[:60, :80] + 0.5
    for cx, cy, a, b, angle, thickness in [(40, 30, 25, 12, 30, -1), (10, 50.3, 30, 4, -70, -1), (40, 30, 20, 10, 20, 3),
                                           (41.5, 29, 9, 9, 0, 1), (20, 20, 5, 25, 130, 4)]:
        found = tool.run("ellipse", canvas, ellipse=(cx, cy, a, b, angle, thickness))
        turn = numpy.deg2rad(angle)
        if thickness < 0:
            u = (x - cx) * numpy.cos(turn) + (y - cy) * numpy.sin(turn)
            v = (y - cy) * numpy.cos(turn) - (x - cx) * numpy.sin(turn)
            expected = (u / a) ** 2 + (v / b) ** 2 <= 1
        else:
            t = numpy.linspace(0, 2 * numpy.pi, 20001)
            px = cx + a * numpy.cos(t) * numpy.cos(turn) - b * numpy.sin(t) * numpy.sin(turn)
            py = cy + a * numpy.cos(t) * numpy.sin(turn) + b * numpy.sin(t) * numpy.cos(turn)
            distances = numpy.array([[numpy.hypot(px - i, py - j).min() for i in x[0]] for j in y[:, 0]])
            expected = distances <= thickness / 2
            found = numpy.where(abs(distances - thickness / 2) < 1e-4, 255 * expected, found)
        check("ellipse, its definition", f"{a} {b} {angle} {thickness}", found, 255 * expected)


def statistics(tool):
    for dtype in [numpy.uint8, numpy.int16, numpy.float32]:
        for shape in [(37, 53), (20, 24, 3), (12, 14, 5)]:
            image = picture(dtype, shape)
            planes = image.reshape(-1, image.shape[2] if image.ndim == 3 else 1).astype(numpy.float64)
            expected = numpy.stack([planes.mean(0), planes.std(0)], 1).ravel()
            check("mean and deviation, NumPy", f"{image.dtype} {shape}", tool.run("statistics", image), expected,
                  1e-9 * numpy.abs(expected).max())
            mean, std = expected[::2], expected[1::2]
            found = tool.run("normalize", image, mean=mean.tolist(), std=std.tolist())
            wanted = ((planes - mean) / std).reshape(image.shape)
            check("normalized, NumPy", f"{image.dtype} {shape}", found, wanted, 1e-4)
        image = picture(dtype)
        check("integral image, OpenCV", str(image.dtype), tool.run("integral", image),
              cv2.integral(image.astype(numpy.float64), sdepth=cv2.CV_64F), 1e-6)
        found = tool.run("central", image)
        # scikit-image leaves out what is beyond the order in sum.
        found[numpy.add.outer(range(4), range(4)) > 3] = 0
        expected = skimage.measure.moments_central(image.astype(numpy.float64), order=3)
        check("central moments, scikit-image", str(image.dtype), found / numpy.abs(found).max(),
              expected / numpy.abs(found).max(), 1e-9)
    volume = picture(numpy.float64, (6, 7, 8))
    z, y, x = (numpy.arange(n) + 0.5 for n in volume.shape)
    expected = numpy.einsum("zyx,za,yb,xc->abc", volume, *(numpy.vander(place, 4, True) for place in (z, y, x)))
    check("moments in space, NumPy", "", tool.run("moments", volume, "zyx") / expected, numpy.ones_like(expected), 1e-9)


def main():
    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(folder))
        for group in [resizing, moving, restoring, filters, histograms, morphology, objects, statistics]:
            group(tool)
    for kind, (agreed, total) in counts.items():
        print(f"{kind}: {agreed} of {total}")
    for miss in misses:
        print(miss, file=sys.stderr)
    sys.exit(1 if misses else 0)


main()
