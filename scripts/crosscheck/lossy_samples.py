#!/usr/bin/env python3
"""Prints samples of lossy DICOM files as another decoder gives them: Fixtures/lossy/samples.json.

usage: scripts/crosscheck/lossy_samples.py DATA > Fixtures/lossy/samples.json
DATA is a folder that has dicom/. Needs pydicom 3.0.2 with pylibjpeg (libjpeg 2.5.0, openjpeg 2.6.0) and NumPy.

JPEG is decoded by Thomas Richter's libjpeg, HTJ2K by OpenJPEG; Tessera decodes the one by libjpeg-turbo and DCMTK, the other by
OpenJPH. For each file: the mean of each channel of the first frame, YCbCr converted to RGB, and the samples of PLACES pixels;
pixel k is the one at 7919 k modulo the number of pixels. Files beyond 1,400,000 samples are left out.
"""
import json
import pathlib
import sys
import warnings

import pydicom
from pydicom.pixels import get_decoder

PLACES = 64
SYNTAXES = ["1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.203"]


def first_frame(path):
    """The first frame as rows, columns, channels; None for files of other kinds and those that are not decoded."""
    try:
        dataset = pydicom.dcmread(path)
        if dataset.file_meta.TransferSyntaxUID not in SYNTAXES:
            return None
        decoder = get_decoder(dataset.file_meta.TransferSyntaxUID)
        index = 0 if int(dataset.get("NumberOfFrames", 1)) > 1 else None
        array, _ = decoder.as_array(dataset, index=index, decoding_plugin="pylibjpeg")
    except Exception:
        return None
    return array.reshape(*array.shape[:2], -1)


def main():
    warnings.filterwarnings("ignore")
    data = pathlib.Path(sys.argv[1])
    found = {}
    for path in sorted((data / "dicom").rglob("*.dcm")):
        array = first_frame(path)
        if array is None or array.size > 1_400_000:
            continue
        pixels = array.reshape(-1, array.shape[2])
        found[str(path.relative_to(data))] = {
            "means": [round(float(mean), 3) for mean in pixels.mean(axis=0)],
            "samples": [int(value) for k in range(PLACES) for value in pixels[7919 * k % len(pixels)]],
        }
    lines = [f"{json.dumps(name)}: {json.dumps(file)}" for name, file in found.items()]
    print("{\n" + ",\n".join(lines) + "\n}")


main()
