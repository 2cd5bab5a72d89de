"""RGB patches of a generated slide in memory: CPU-seconds (user + system) of Tessera and of its peers.

Every reader is a process of its own that reads the same list of tissue patches on one thread; the processes take turns,
the figure is the median over the rounds, and the pixels of all readers must agree. A last row per case sets the wall time
of Tessera on two threads beside that on one.
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
TWO_THREADS = "tessera, 2 threads"
TWO_THREADS_TARGET = 1.5
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
    if reader in ("tessera", TWO_THREADS):
        threads = "1" if reader == "tessera" else "2"
        command = [common.BENCHMARKS / "SlideBenchmark", slide, patch_list, str(SIZE), threads]
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
    readers = ["tessera", TWO_THREADS, *TARGETS]
    cpu, wall = ({reader: [] for reader in readers} for _ in range(2))
    for number in range(rounds):
        print(f"bench: {case}, {len(patches)} patches, round {number + 1} of {rounds}", flush=True)
        turn = number % len(readers)
        results = {reader: run(reader, slide, patch_list) for reader in readers[turn:] + readers[:turn]}
        differences = list(differing_patches(results, patches))
        if differences:
            raise SystemExit("\n".join(["bench: the pixels do not agree", *differences]))
        for reader, result in results.items():
            cpu[reader].append(result["cpu"])
            wall[reader].append(result["wall"])
    name = f"{SIZE}-px patches {case}"
    for peer, target in TARGETS.items():
        yield row(name + ", CPU s", results[peer]["version"], cpu["tessera"], cpu[peer], target)
    yield row(name + ", wall s of 2 threads", "tessera on 1 thread", wall[TWO_THREADS], wall["tessera"],
              TWO_THREADS_TARGET)


def row(case, peer, mine, other, target):
    mine, other = statistics.median(mine), statistics.median(other)
    return {"case": case, "peer": peer, "tessera": mine, "other": other, "ratio": other / mine, "target": target}


def main():
    options = common.arguments(__doc__)
    side, rounds = (4096, 1) if options.quick else (20000, 5)
    slide = common.generated_slide(side, side)
    rows = [line for case, offset in CASES.items() for line in measure(case, slide, offset, rounds)]
    print("\nAll pixels agree.")
    # So few patches are read before the caches are warm: the pixels count here, the figures do not.
    return common.report(rows, options, "s", judges=not options.quick)


if __name__ == "__main__":
    sys.exit(main())
