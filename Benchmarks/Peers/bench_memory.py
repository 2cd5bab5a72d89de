"""Peak resident memory of `tessera patches` and `tessera masks` on a slide of 100,000 x 100,000 pixels."""

import math
import os
import shutil
import subprocess
import sys

import common

LIMIT_MEGABYTES = 512
VERTICES = 5000
# Group, center and radius of the polygons as shares of the slide's side: together they reach from edge to edge.
POLYGONS = [
    ("Tumor", 0.30, 0.30, 0.30), ("Tumor", 0.70, 0.65, 0.30), ("Tumor", 0.50, 0.50, 0.49), ("Tumor", 0.15, 0.85, 0.14),
    ("Exclusion", 0.35, 0.35, 0.12), ("Exclusion", 0.65, 0.60, 0.15),
]


def ragged_polygon(x, y, radius, side, number):
    """The corners of a ring whose radius swings many times between 60 % and 100 %, in level-0 pixels."""
    for i in range(VERTICES):
        angle = 2 * math.pi * i / VERTICES
        swing = 0.8 + 0.1 * math.sin((7 + number) * angle) + 0.1 * math.sin((311 + 10 * number) * angle)
        yield side * (x + radius * swing * math.cos(angle)), side * (y + radius * swing * math.sin(angle))


def large_annotations(slide, side):
    """ASAP XML for a slide, with polygons that span it."""
    folder = common.CACHE / f"annotations_{side}"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{slide.stem}.xml", "w", encoding="utf-8") as file:
        file.write("<ASAP_Annotations><Annotations>\n")
        for number, (group, *shape) in enumerate(POLYGONS):
            file.write(f'<Annotation Name="{number}" Type="Polygon" PartOfGroup="{group}" Color="#F4FA58"><Coordinates>\n')
            for i, (x, y) in enumerate(ragged_polygon(*shape, side, number)):
                file.write(f'<Coordinate Order="{i}" X="{x:.4f}" Y="{y:.4f}"/>\n')
            file.write("</Coordinates></Annotation>\n")
        groups = "".join(f'<Group Name="{name}" PartOfGroup="None"/>' for name in ("Tumor", "Exclusion"))
        file.write(f"</Annotations><AnnotationGroups>{groups}</AnnotationGroups></ASAP_Annotations>\n")
    return folder


def cases(slide, annotations):
    labeled = ["patches", slide, "--annotations", annotations]
    masks = ["masks", slide, "--annotations", annotations, "--level", "0"]
    return {
        "patches, coordinates of all": [*labeled, "--format", "coordinates"],
        "patches, 3,000 of level 0 as WebDataset": [*labeled, "--format", "webdataset", "--per-slide", "3000"],
        "patches, all at 4 um/px as JPEG": [*labeled, "--format", "jpeg", "--mpp", "4"],
        "patches, 3,000 at 0.8 um/px as JPEG": [*labeled, "--format", "jpeg", "--mpp", "0.8", "--per-slide", "3000"],
        "masks, level 0": masks,
        "masks, level 0, with normal tissue": [*masks, "--normal-tissue"],
    }


def peak_megabytes(command):
    """Runs a command to its end and returns the most memory that it held at any time."""
    print("bench:", *(str(word) for word in command), flush=True)
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench: exit code {process.returncode}")
    return usage.ru_maxrss * 1024 / 1e6


def main():
    options = common.arguments(__doc__)
    side = 10000 if options.quick else 100000
    slide = common.generated_slide(side, side)
    output = common.CACHE / "memory-output"
    rows = []
    for case, words in cases(slide, large_annotations(slide, side)).items():
        shutil.rmtree(output, ignore_errors=True)
        peak = peak_megabytes([common.TESSERA, *words, "--output", output])
        rows.append({"case": f"{case}, {side:,}\u00b2", "peer": "limit", "tessera": peak, "other": LIMIT_MEGABYTES,
                     "ratio": LIMIT_MEGABYTES / peak, "target": 1.0})
    shutil.rmtree(output, ignore_errors=True)
    return common.report(rows, options, "MB")


if __name__ == "__main__":
    sys.exit(main())
