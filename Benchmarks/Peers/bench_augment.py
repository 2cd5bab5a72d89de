"""Augmentation of patches and volumes in memory: CPU-seconds (user + system) for one sample, on one thread.

Every library is a process of its own; the processes take turns, the figure is the median over the rounds. Chance plays in every library
by itself, so results are not compared here: `scripts/crosscheck/augmentation.py` does that with fixed numbers.
"""

import json
import statistics
import subprocess
import sys

import numpy

import augment_worker
import common

PIPELINES = {file.stem: file for folder in ("Examples/pipelines", "Benchmarks/Pipelines")
             for file in (common.PROJECT / folder).glob("*.yaml")}
#: case: pipeline, sizes, samples of one process of Tessera and of a peer, target for each peer (None: shown only)
CASES = {
    "pathology recipe, 256 x 256 RGB": ("recipe", "256x256", 400, 40, {
        "albumentations": 6.0, "torchvision": None, "kornia": None}),
    "the same without blur and hue": ("recipe_plain", "256x256", 400, 40, {"albumentations": 8.0}),
    "HED stain jitter, 256 x 256": ("hed", "256x256", 400, 20, {"albumentations": 20.0}),
    "128^3 float and labels, affine": ("affine", "128x128x128", 20, 3, {
        "torchio": 15.0, "batchgenerators": 15.0, "monai": None}),
    "128^3 float and labels, affine and elastic": ("affine_elastic", "128x128x128", 20, 2, {
        "torchio": 40.0, "batchgenerators": 20.0, "monai": None}),
    "nnU-Net recipe, 128^3": ("nnunet", "128x128x128", 60, 60, {"batchgenerators": 8.0}),
}
#: Operations alone on 512 x 512 RGB (CLAHE: its green channel), and by how much OpenCV's pixels may differ from ours: its
#: coordinates of a rotation are 1/32 pixels.
OPERATIONS = {"resize": 1, "rotate": 8, "flip": 0, "blur": 1, "clahe": 0}
#: What ECVL took for its chain, and OpenCV's warpAffine beside it on the machine of the notes: 26.7 ms and 0.25 ms.
ECVL_PER_WARP = 26.7 / 0.25
ECVL_TARGET = 25.0


def tissue(size):
    """A smooth picture of the colors of tissue, the same every time."""
    generator = numpy.random.default_rng(1)
    coarse = generator.uniform(0, 1, (size // 8 + 1, size // 8 + 1))
    fine = numpy.kron(coarse, numpy.ones((8, 8)))[:size, :size, None]
    picture = 235 - fine * numpy.array([70, 150, 60]) + generator.normal(0, 6, (size, size, 3))
    return numpy.clip(picture, 0, 255).astype(numpy.uint8)


def volume(size):
    generator = numpy.random.default_rng(2)
    coarse = generator.normal(0, 1, (size // 8,) * 3)
    image = numpy.kron(coarse, numpy.ones((8, 8, 8))).astype(numpy.float32)
    return image + generator.normal(0, 0.1, image.shape).astype(numpy.float32), (image > 0.8).astype(numpy.uint8)


def inputs():
    folder = common.CACHE / "augment"
    folder.mkdir(parents=True, exist_ok=True)
    for size in (224, 256, 512):
        tissue(size).tofile(folder / f"{size}x{size}")
    image, labels = volume(128)
    image.tofile(folder / "128x128x128")
    labels.tofile(folder / "128x128x128.labels")
    return folder


def tessera(pipeline, path, sizes, count, workers=1, output=()):
    kind = "rgb" if sizes.count("x") == 1 else "volume"
    return subprocess.Popen(
        [common.BENCHMARKS / "AugmentBenchmark", PIPELINES.get(pipeline, pipeline), path, kind, sizes, str(count),
         str(workers), *output], stdout=subprocess.PIPE, text=True)


def finished(process):
    text, _ = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"bench: {' '.join(map(str, process.args))}: exit code {process.returncode}")
    return json.loads(text)


def peer(case, name, path, sizes, count, output=()):
    return subprocess.Popen([sys.executable, "-W", "ignore", augment_worker.__file__, case, name, path, sizes, str(count), *output],
                            stdout=subprocess.PIPE, text=True)


def median(results, key="cpu"):
    return statistics.median(result[key] for result in results)


def compared(title, starts, rounds):
    """Runs every library once a round, in turns."""
    results = {name: [] for name in starts}
    names = list(starts)
    for number in range(rounds):
        print(f"bench: {title}, round {number + 1} of {rounds}", flush=True)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            results[name].append(finished(starts[name]()))
    return results


def row(title, other, mine, theirs, target):
    return {"case": title, "peer": other, "tessera": mine * 1e3, "other": theirs * 1e3, "ratio": theirs / mine,
            "target": target or 0.0}


def recipes(folder, rounds, quick):
    for title, (pipeline, sizes, mine, theirs, targets) in CASES.items():
        path = folder / sizes
        mine, theirs = (max(2, mine // 10), max(1, theirs // 10)) if quick else (mine, theirs)
        own = "nnunet_3d" if pipeline == "nnunet" else pipeline
        starts = {"tessera": lambda: tessera(own, path, sizes, mine)}
        for name in targets:
            starts[name] = lambda name=name: peer(pipeline, name, path, sizes, theirs)
        results = compared(title, starts, rounds)
        for name, target in targets.items():
            yield row(title, results[name][0]["version"], median(results["tessera"]), median(results[name]), target)


def skin_lesion(folder, rounds, quick):
    title, path = "ECVL's skin-lesion chain, 224 x 224", folder / "224x224"
    count = 20 if quick else 200
    results = compared(title, {"tessera": lambda: tessera("ecvl_skin_lesion", path, "224x224", count),
                               "opencv": lambda: peer("rotate", "opencv", path, "224x224", count)}, rounds)
    ecvl = median(results["opencv"]) * ECVL_PER_WARP
    name = f"ECVL 1.0.3, from {results['opencv'][0]['version']}'s warpAffine"
    yield row(title, name, median(results["tessera"]), ecvl, ECVL_TARGET)


def operations(folder, rounds, quick):
    path, sizes, count = folder / "512x512", "512x512", 20 if quick else 400
    for name, tolerance in OPERATIONS.items():
        title, own, theirs = f"{name} alone, 512 x 512", folder / "own.out", folder / "theirs.out"
        results = compared(title, {
            "tessera": lambda: tessera(f"operation:{name}", path, sizes, count, output=[own]),
            "opencv": lambda: peer(name, "opencv", path, sizes, count, output=[theirs])}, rounds)
        worst = numpy.abs(numpy.fromfile(own, numpy.float32) - numpy.fromfile(theirs, numpy.float32)).max()
        if worst > tolerance:
            raise SystemExit(f"bench: {title}: pixels differ by {worst:g}, {tolerance} is allowed")
        yield row(title, results["opencv"][0]["version"], median(results["tessera"]), median(results["opencv"]), 1.0)


def two_cores(folder, rounds, quick):
    """Batches of 32 on two threads, beside two processes that make batches of 32 on one thread each."""
    title, path = "pathology recipe in batches, two threads", folder / "256x256"
    count = 40 if quick else 800
    both, apart = [], []
    for number in range(rounds):
        print(f"bench: {title}, round {number + 1} of {rounds}", flush=True)
        both.append(finished(tessera("recipe", path, "256x256", f"{count}/32", 2))["wall"])
        processes = [tessera("recipe", path, "256x256", f"{count // 2}/32") for _ in range(2)]
        apart.append(max(finished(process)["wall"] for process in processes) / 2)
    yield row(title, "two processes side by side, wall time", statistics.median(both), statistics.median(apart), 0.95)


def main():
    options = common.arguments(__doc__)
    rounds = 1 if options.quick else 5
    folder = inputs()
    rows = [*recipes(folder, rounds, options.quick), *skin_lesion(folder, rounds, options.quick),
            *operations(folder, rounds, options.quick), *two_cores(folder, rounds, options.quick)]
    return common.report(rows, options, "ms", judges=not options.quick)


if __name__ == "__main__":
    sys.exit(main())
