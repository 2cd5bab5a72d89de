#!/usr/bin/env python3
"""Names every transform of Albumentations, TorchIO and MONAI that docs/migrating.md does not name.

    scripts/crosscheck/migration.py     in a Python that has one or more of the three

That every name on our side of its tables exists is a test of Swift (MigrationPageTests).
"""

import importlib
import inspect
import pathlib
import re
import sys


def albumentations_names():
    from albumentations.core.composition import BaseCompose
    from albumentations.core.transforms_interface import BasicTransform
    return classes(importlib.import_module("albumentations"), (BasicTransform, BaseCompose))


def torchio_names():
    library = importlib.import_module("torchio")
    return classes(library, library.Transform)


def monai_names():
    library = importlib.import_module("monai.transforms")
    return {name for name in classes(library, library.MapTransform) if name.endswith("d")}


def classes(library, base):
    found = inspect.getmembers(library, inspect.isclass)
    return {name for name, value in found if issubclass(value, base)}


def main():
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs/migrating.md").read_text()
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n## ")[1:]}
    missing = asked = 0
    for title, names in (("Albumentations", albumentations_names), ("TorchIO", torchio_names), ("MONAI", monai_names)):
        try:
            wanted = names()
        except ImportError as error:
            print(f"{title}: not asked ({error})")
            continue
        asked += 1
        absent = sorted(name for name in wanted if not re.search(rf"`{name}[`(]", sections[title]))
        missing += len(absent)
        print(f"{title}: {len(wanted) - len(absent)} of {len(wanted)} named", *absent)
    return 1 if missing or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
