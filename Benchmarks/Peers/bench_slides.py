"""RGB patches of a generated slide in memory: CPU-seconds (user + system) of Tessera and of its peers.

Every reader is a process of its own that reads the same list of tissue patches; the processes take turns, the figure is
the median over the rounds, and the pixels of all readers must agree.
"""

import json
import statistics
import subprocess
import sys

import numpy
import openslide

import common
import worker

SIZE = 256
TARGETS = {"openslide-python": 4.0, "pyvips": 1.0, "tifffile": 1.0}
CASES = {"aligned to the tiles": (0, 0), "unaligned (+100, +77)": (100, 77)}


def tissue_patches(path, offset):
    """The corners of the grid's patches that are at least half tissue (colored pixels of a low level), in row order."""
    slide = openslide.OpenSlide(str(path))
    level = slide.get_best_level_for_downsample(SIZE / 8)
    step = SIZE // round(slide.level_downsamples[level])
    picture = numpy.asarray(slide.read_region((0, 0), level, slide.level_dimensions[level]).convert("RGB")).astype(int)
    colored = picture.max(axis=2) - picture.min(axis=2) > 18
    width, height = slide.dimensions
    patches = []
    for y in range(offset[1], height - SIZE + 1, SIZE):
        for x in range(offset[0], width - SIZE + 1, SIZE):
            column, row = x * step // SIZE, y * step // SIZE
            if colored[row:row + step, column:column + step].mean() >= 0.5:
                patches.append((x, y))
    return patches


def run(reader, slide, patch_list):
    if reader == "tessera":
        command = [common.BENCHMARKS / "SlideBenchmark", slide, patch_list, str(SIZE)]
    else:
        command = [sys.executable, worker.__file__, reader, slide, patch_list, str(SIZE)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def differing_patches(results, patches):
    """The patches whose checksum is not the same for all readers, described for a human."""
    reference = results["tessera"]["checksums"]
    for reader, result in results.items():
        wrong = [patch for patch, mine, other in zip(patches, reference, result["checksums"]) if mine != other]
        if wrong or len(result["checksums"]) != len(patches):
            yield f"{reader}: {len(wrong)} of {len(patches)} patches differ from tessera's, the first at {wrong[:1]}"


def measure(case, slide, offset, rounds):
    patches = tissue_patches(slide, offset)
    if not patches:
        raise SystemExit(f"bench: {slide.name} has no tissue")
    patch_list = common.CACHE / f"{slide.stem}_{offset[0]}_{offset[1]}.txt"
    patch_list.write_text("".join(f"{x} {y}\n" for x, y in patches))
    readers = ["tessera", *TARGETS]
    spent = {reader: [] for reader in readers}
    for number in range(rounds):
        print(f"bench: {case}, {len(patches)} patches, round {number + 1} of {rounds}", flush=True)
        results = {reader: run(reader, slide, patch_list) for reader in readers[number % 4:] + readers[:number % 4]}
        differences = list(differing_patches(results, patches))
        if differences:
            raise SystemExit("\n".join(["bench: the pixels do not agree", *differences]))
        for reader, result in results.items():
            spent[reader].append(result["cpu"])
    mine = statistics.median(spent["tessera"])
    for peer, target in TARGETS.items():
        other = statistics.median(spent[peer])
        yield {"case": f"{SIZE}-px patches {case}", "peer": results[peer]["version"], "tessera": mine, "other": other,
               "ratio": other / mine, "target": target}


def main():
    options = common.arguments(__doc__)
    side, rounds = (4096, 1) if options.quick else (20000, 5)
    slide = common.generated_slide(side, side)
    rows = [row for case, offset in CASES.items() for row in measure(case, slide, offset, rounds)]
    print("\nAll pixels agree.")
    missed = common.report(rows, options.json, "CPU s")
    return 0 if options.quick else missed


if __name__ == "__main__":
    sys.exit(main())
