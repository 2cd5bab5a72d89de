"""Series of 200 slices of 512 x 512 x 16 bit, headers, segmentations and NIfTI files: CPU-seconds of Tessera and its peers.

Every reader is a process of its own on one thread, libraries loaded before the clock starts; the processes take turns, the
figure is the median over the rounds, and the voxels of all readers must agree. "The codec alone" is the library that both
use (for RLE: DCMTK's), called on frames in memory, two processes of it for "side by side"; "the bytes alone" is reading the pixel data of the
files into memory that is there.
"""

import json
import statistics
import subprocess
import sys

import common
import dicom_objects
import dicom_series
import dicom_worker

FOLDER = common.CACHE / "dicom"
BENCHMARKS_DICOM = common.BENCHMARKS / "DICOMBenchmark"
VOLUME_TARGETS = {"simpleitk": 6.0, "pydicom": 5.0, "dcm2niix": 3.0}
HEADER_TARGETS = {"pydicom": 60.0, "dcmtk": 15.0}
HEADERS_PER_SECOND = 60000
FLOORS = {"JPEG lossless": "jpeg-lossless", "JPEG-LS": "jpeg-ls", "JPEG 2000": "jpeg-2000", "HTJ2K": "htj2k",
          "RLE": "rle"}


def started(task, path, *words):
    return subprocess.Popen([BENCHMARKS_DICOM, task, path, *words], stdout=subprocess.PIPE, text=True)


def finished(process):
    text, _ = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"bench: {' '.join(map(str, process.args))}: exit code {process.returncode}")
    return {"version": "tessera", **json.loads(text)}


def tessera(task, path, *words):
    return finished(started(task, path, *words))


def side_by_side(folder, codec):
    """Two processes that each decode half of the frames with the codec alone."""
    processes = [started("floor", folder, codec, part, "2") for part in ("0", "1")]
    results = [finished(process) for process in processes]
    return {"version": "tessera", "wall": max(result["wall"] for result in results), "cpu": 0}


def peer(task, name, path):
    command = [sys.executable, dicom_worker.__file__, task, name, path]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def rounds_of(runs, rounds, case):
    """Runs every reader once a round, in turns; the checksums of all that give some must agree."""
    results = {name: [] for name in runs}
    names = list(runs)
    for number in range(rounds):
        print(f"bench: {case}, round {number + 1} of {rounds}", flush=True)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            results[name].append(runs[name]())
    reference = results["tessera"][0].get("checksums")
    for name, all in results.items():
        if reference and all[0].get("checksums") and all[0]["checksums"] != reference:
            raise SystemExit(f"bench: {case}: {name} and tessera do not agree")
    return results


def median(results, name, field="cpu"):
    return statistics.median(result[field] for result in results[name])


def row(case, peer, mine, other, target):
    return {"case": case, "peer": peer, "tessera": mine, "other": other, "ratio": other / mine, "target": target}


def rows_of(case, results, targets):
    for name, target in targets.items():
        yield row(f"{case}, CPU s", results[name][0]["version"], median(results, "tessera"), median(results, name), target)


def headers(files, rounds):
    """Every reader lists the same attributes of the same files; pydicom, far slower, takes a part of them."""
    whole, part = FOLDER / "headers.txt", FOLDER / "headers-part.txt"
    whole.write_text("".join(f"{file}\n" for file in files * (4000 // len(files) or 1)))
    part.write_text("".join(f"{file}\n" for file in files))
    runs = {"tessera": lambda: tessera("headers", part), "pydicom": lambda: peer("headers", "pydicom", part),
            "dcmtk": lambda: peer("headers", "dcmtk", part)}
    results = rounds_of(runs, rounds, "headers")
    count = len(whole.read_text().split())
    mine = statistics.median(tessera("headers", whole)["cpu"] for _ in range(max(3, rounds)))
    for name, target in HEADER_TARGETS.items():
        other = median(results, name) * count / len(files)
        yield row(f"{count} headers, CPU s", results[name][0]["version"], mine, other, target)
    yield row(f"{count} headers, CPU s", f"{HEADERS_PER_SECOND:,} headers a second", mine, count / HEADERS_PER_SECOND, 1.0)


def uncompressed(folder, rounds):
    runs = {"tessera": lambda: tessera("volume", folder, "1")}
    runs |= {name: (lambda name=name: peer("volume", name, folder)) for name in VOLUME_TARGETS}
    results = rounds_of(runs, rounds, "uncompressed series")
    yield from rows_of("uncompressed series to HU", results, VOLUME_TARGETS)
    checksums = results["tessera"][0]["checksums"]
    runs = {"tessera": lambda: tessera("reuse", folder, "1"), "bytes": lambda: tessera("bytes", folder)}
    results = rounds_of(runs, rounds, "reused buffer")
    if results["tessera"][0]["checksums"] != checksums:
        raise SystemExit("bench: a reused buffer holds other voxels")
    yield row("uncompressed series into a reused buffer, CPU s", "the bytes alone", median(results, "tessera"),
              median(results, "bytes"), 1 / 1.7)


def compressed(name, folder, rounds):
    runs = {"tessera": lambda: tessera("volume", folder, "1"), "pydicom": lambda: peer("volume", "pydicom", folder),
            "reused": lambda: tessera("reuse", folder, "1"), "two": lambda: tessera("reuse", folder, "2")}
    if name in FLOORS:
        runs |= {"floor": lambda: tessera("floor", folder, FLOORS[name]),
                 "floors": lambda: side_by_side(folder, FLOORS[name])}
    results = rounds_of(runs, rounds, name)
    yield from rows_of(f"{name} series", results, {"pydicom": 1.0})
    if name in FLOORS:
        yield row(f"{name} series into a reused buffer, CPU s", "the codec alone", median(results, "reused"),
                  median(results, "floor"), 1 / 1.1)
        yield row(f"{name} series into a reused buffer, wall s of 2 threads", "two codecs side by side",
                  median(results, "two", "wall"), median(results, "floors", "wall"), 0.95)


def memory(folder, count):
    limit = 1.2 * count * dicom_series.SIDE ** 2 * 2 + 2 * dicom_series.SIDE ** 2 * 2
    start = tessera("nothing", folder)["peak"]
    peak = tessera("volume", folder, "2")["peak"] - start
    yield row("peak memory of a series above that of the program, MB", "1.2 volumes and a slice per thread", peak / 1e6,
              limit / 1e6, 1.0)


def others(rounds, quick):
    segmentation = dicom_objects.segmentation(FOLDER, 600 if quick else 12000)
    results = rounds_of({"tessera": lambda: tessera("segmentation", segmentation),
                         "pydicom": lambda: peer("segmentation", "pydicom", segmentation)}, rounds, "segmentation")
    yield from rows_of("segmentation of many frames, parsed", results, {"pydicom": 20.0})
    volume = dicom_objects.nifti(FOLDER, 20 if quick else 200)
    results = rounds_of({"tessera": lambda: tessera("nifti-read", volume),
                         "nibabel": lambda: peer("nifti_read", "nibabel", volume)}, rounds, "nifti-read")
    yield from rows_of("nifti read, .nii.gz", results, {"nibabel": 2.0})
    results = rounds_of({"tessera": lambda: tessera("nifti-write", volume, "1"), "two": lambda: tessera("nifti-write", volume, "2"),
                         "nibabel": lambda: peer("nifti_write", "nibabel", volume)}, rounds, "nifti-write")
    yield from rows_of("nifti write, .nii.gz", results, {"nibabel": 4.0})
    yield row("nifti write, .nii.gz, wall s of 2 threads", results["nibabel"][0]["version"], median(results, "two", "wall"),
              median(results, "nibabel", "wall"), 4.0)


def main():
    options = common.arguments(__doc__)
    count, rounds = (10, 1) if options.quick else (200, 5)
    folders = {name: FOLDER / f"{name.replace(' ', '-').lower()}-{count}" for name in dicom_series.SYNTAXES}
    files = {name: dicom_series.write(folder, name, count) for name, folder in folders.items()}
    rows = list(headers(files["uncompressed"], rounds))
    rows += uncompressed(folders["uncompressed"], rounds)
    for name in list(dicom_series.SYNTAXES)[1:]:
        rows += compressed(name, folders[name], rounds)
    rows += memory(folders["uncompressed"], count)
    rows += others(rounds, options.quick)
    print("\nAll voxels agree.")
    return common.report(rows, options, "", judges=not options.quick)


if __name__ == "__main__":
    sys.exit(main())
