"""What the benchmarks share: where things are, the generated slides, and the table and JSON that come out."""

import argparse
import hashlib
import json
import os
import pathlib
import subprocess

PROJECT = pathlib.Path(os.environ["TESSERA_PROJECT"])
TESSERA = pathlib.Path(os.environ["TESSERA_BIN"]) / "tessera"
BENCHMARKS = pathlib.Path(os.environ["TESSERA_BENCHMARKS"])
CACHE = PROJECT / ".build" / "bench"
COLUMNS = ["case", "peer", "tessera", "other", "ratio", "target"]


def arguments(description):
    parser = argparse.ArgumentParser(prog="scripts/bench", description=description)
    parser.add_argument("--json", metavar="FILE", help="write the rows as JSON, too")
    parser.add_argument("--quick", action="store_true", help="a smaller slide, fewer repetitions")
    return parser.parse_args()


def generated_slide(width, height):
    """A slide of this size, made once per version of the generator."""
    generator = BENCHMARKS / "MakeSlide"
    version = hashlib.sha256(generator.read_bytes()).hexdigest()[:12]
    path = CACHE / f"tissue_{width}x{height}_{version}.tif"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        for older in CACHE.glob(f"tissue_{width}x{height}_*.tif"):
            older.unlink()
        tissue = subprocess.run(
            [PROJECT / "scripts" / "fetch-demo-slide"], stdout=subprocess.PIPE, text=True, check=True)
        print(f"bench: generating {path.name}", flush=True)
        subprocess.run(
            [generator, path, "--width", str(width), "--height", str(height), "--tissue", tissue.stdout.strip()],
            check=True)
    return path


def report(rows, options, unit, judges=True):
    """Prints the rows as a table and writes them as JSON; returns the exit code: 1 when a target that counts is missed."""
    print(f"\n{'case':<58}{'peer':<50}{'tessera ' + unit:>12}{'other ' + unit:>12}{'ratio':>8}{'target':>8}")
    for row in rows:
        verdict = "  missed" if judges and row["ratio"] < row["target"] else ""
        print(f"{row['case']:<58}{row['peer']:<50}{row['tessera']:>12.3f}{row['other']:>12.3f}"
              f"{row['ratio']:>8.2f}{row['target']:>8.2f}{verdict}")
    if options.json:
        text = json.dumps([{key: row[key] for key in COLUMNS} for row in rows], indent=2)
        pathlib.Path(options.json).write_text(text + "\n")
    return 1 if judges and any(row["ratio"] < row["target"] for row in rows) else 0
