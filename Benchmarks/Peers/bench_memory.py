"""Peak resident memory of `tessera patches` and `tessera masks` on a slide of 100,000 x 100,000 pixels."""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import common

LIMIT_MEGABYTES = 512


def enlarged_annotations(slide, side):
    """The demo slide's annotation, enlarged to this slide: polygons with tens of thousands of pixels across."""
    folder = common.CACHE / f"annotations_{side}"
    folder.mkdir(parents=True, exist_ok=True)
    document = ElementTree.parse(common.PROJECT / "Fixtures" / "annotations" / "cmu_small_region.xml")
    scale = side / 2967
    for vertex in document.iter("Coordinate"):
        vertex.set("X", f"{float(vertex.get('X')) * scale:.4f}")
        vertex.set("Y", f"{float(vertex.get('Y')) * scale:.4f}")
    document.write(folder / f"{slide.stem}.xml", encoding="utf-8", xml_declaration=True)
    return folder


def peak_megabytes(command):
    """Runs a command to its end and returns the most memory that it held at any time."""
    print("bench:", *(str(word) for word in command), flush=True)
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench: exit code {process.returncode}")
    return usage.ru_maxrss / 1024


def main():
    options = common.arguments(__doc__)
    side = 10000 if options.quick else 100000
    slide = common.generated_slide(side, side)
    annotations = enlarged_annotations(slide, side)
    output = common.CACHE / "memory-output"
    cases = {
        "patches, coordinates of the whole slide": [
            "patches", slide, "--output", output / "coordinates", "--format", "coordinates", "--annotations",
            annotations],
        "patches, JPEG, 5,000 of the slide": [
            "patches", slide, "--output", output / "jpeg", "--format", "jpeg", "--per-slide", "5000", "--seed", "1"],
        "masks, level 0, with normal tissue": [
            "masks", slide, "--annotations", annotations, "--output", output / "masks", "--level", "0",
            "--normal-tissue"],
    }
    rows = []
    for case, words in cases.items():
        shutil.rmtree(output, ignore_errors=True)
        peak = peak_megabytes([common.TESSERA, *words])
        rows.append({"case": f"{case}, {side:,}²", "peer": "limit", "tessera": peak, "other": LIMIT_MEGABYTES,
                     "ratio": LIMIT_MEGABYTES / peak, "target": 1.0})
    shutil.rmtree(output, ignore_errors=True)
    return common.report(rows, options.json, "MB")


if __name__ == "__main__":
    sys.exit(main())
