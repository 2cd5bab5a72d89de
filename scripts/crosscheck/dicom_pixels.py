#!/usr/bin/env python3
"""Compares the stored values that Tessera decodes from DICOM files with those of pydicom and its plug-ins.

usage: dicom_pixels.py [--tool DumpPixels] DIRECTORY...

Needs pydicom 3.0.2 with pylibjpeg (libjpeg, openjpeg, rle), python-gdcm, pyjpegls, Pillow and NumPy, and for files that pydicom
cannot decode DCMTK's dcmdjpeg. DumpPixels is built by `swift build -c release --package-path Benchmarks --product DumpPixels`.
JPEG 2000 (.j2k) and JPEG-LS (.jls) streams are wrapped in DICOM files first.

Each file ends as one of:
  equal      every sample of every frame equals one plug-in's
  tolerated  no sample differs by more than TOLERANCE from the nearest plug-in's, where the standard does not fix decoding to the bit:
             2 for lossy JPEG, 1 for the irreversible wavelet of JPEG 2000
  explained  a file of the table EXPLAINED, with the reason
  MISS       anything else; the script then ends with 1
"""
import argparse, pathlib, subprocess, sys, tempfile, warnings

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels import get_decoder

warnings.filterwarnings("ignore")
LOSSY_JPEG = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"}
EXPLAINED = {
    "JPEG2000-embedded-sequence-delimiter.dcm": "the codestream has another size than the data set; pydicom fails too",
    "MR_truncated.dcm": "short pixel data: pydicom refuses, Tessera fills with 0 and says so",
    "badVR.dcm": "both refuse the number of frames '1A'",
    "meta_missing_tsyntax.dcm": "nothing describes the pixels; pydicom fails too",
    "nested_priv_SQ.dcm": "nothing describes the pixels; pydicom fails too",
    "liver_nonbyte_aligned_rle.dcm": "no plug-in decodes RLE of single bits; equal to liver_nonbyte_aligned.dcm in Tessera's tests",
    "p0_06_j2k.dcm": "four components: pydicom takes 1 or 3",
    "p0_13_j2k.dcm": "257 components: refused by both",
    "oj36_j2k.dcm": "subsampled color differences called RGB: the plug-ins convert them, Tessera does not; within 1 once converted",
}


def tolerance(path, syntax):
    """How far lossy samples may be from another decoder's."""
    if syntax in LOSSY_JPEG:
        return 2
    data = pathlib.Path(path).read_bytes()
    place = data.find(b"\xff\x4f\xff\x51")
    while place >= 0:
        marker = place + 2
        while data[marker:marker + 2] not in (b"\xff\x90", b"") and data[marker] == 0xFF:
            if data[marker + 1] == 0x52:
                return 0 if data[marker + 13] == 1 else 1
            marker += 2 + int.from_bytes(data[marker + 2:marker + 4], "big")
        place = data.find(b"\xff\x4f\xff\x51", place + 4)
    return 0


def pixel_files(folders):
    for folder in folders:
        for path in sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file()):
            if path.suffix in (".gz", ".json", ".nrrd", ".nii"):
                continue
            try:
                dataset = pydicom.dcmread(path, force=True)
            except Exception:
                continue
            if any(k in dataset for k in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
                yield path


def wrapped_streams(folders, target):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix not in (".j2k", ".jls"):
                continue
            out = pathlib.Path(target) / (path.stem + path.suffix.replace(".", "_") + ".dcm")
            if wrap(path.read_bytes(), path.suffix, out):
                yield out


def wrap(data, suffix, out):
    if suffix == ".j2k":
        siz = data[4:]
        word = lambda i: int.from_bytes(siz[i:i + 2], "big")
        long = lambda i: int.from_bytes(siz[i:i + 4], "big")
        width, height = long(4) - long(12), long(8) - long(16)
        count, depth = word(36), siz[38]
        bits, signed, uid = (depth & 127) + 1, depth >> 7, "1.2.840.10008.1.2.4.90"
        if b"\xff\x50" in data[:200]:
            uid = "1.2.840.10008.1.2.4.203"
    else:
        place = data.index(b"\xff\xf7") + 4
        bits, signed, uid = data[place], 0, "1.2.840.10008.1.2.4.81"
        height, width = int.from_bytes(data[place + 1:place + 3], "big"), int.from_bytes(data[place + 3:place + 5], "big")
        count = data[place + 5]
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = uid
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "2.25.1"
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = height, width, count
    dataset.PhotometricInterpretation = "RGB" if count == 3 else "MONOCHROME2"
    if count > 1:
        dataset.PlanarConfiguration = 0
    dataset.BitsAllocated = 8 if bits <= 8 else 16
    dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = bits, bits - 1, signed
    dataset.PixelData = encapsulate([data])
    dataset["PixelData"].is_undefined_length = True
    dataset.save_as(out, enforce_file_format=True)
    return True


def references(path):
    """The arrays of every plug-in that decodes the file, as (name, array), frames first."""
    dataset = pydicom.dcmread(path, force=True)
    syntax = dataset.file_meta.get("TransferSyntaxUID") if hasattr(dataset, "file_meta") else None
    if syntax is None:
        syntax = pydicom.uid.ImplicitVRLittleEndian
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = syntax
    found, failures = [], []
    try:
        decoder = get_decoder(syntax)
    except NotImplementedError:
        decoder = None
    plugins = decoder.available_plugins if decoder and decoder.is_encapsulated else ("",)
    for plugin in plugins if decoder else ():
        try:
            array, info = decoder.as_array(dataset, raw=True, decoding_plugin=plugin)
            frames = info.get("number_of_frames", 1)
            found.append((plugin or "pydicom", array.reshape((frames, -1)), syntax))
        except Exception as failure:
            failures.append(f"{plugin}: {failure}")
    if not found or syntax in LOSSY_JPEG:
        found += dcmtk(path, syntax)
    return found, failures, syntax


def dcmtk(path, syntax):
    with tempfile.NamedTemporaryFile(suffix=".dcm") as out:
        done = subprocess.run(["dcmdjpeg", "+cn", str(path), out.name], capture_output=True)
        if done.returncode:
            return []
        try:
            dataset = pydicom.dcmread(out.name)
            array = dataset.pixel_array if dataset.SamplesPerPixel == 1 else get_decoder(
                dataset.file_meta.TransferSyntaxUID).as_array(dataset, raw=True)[0]
        except Exception:
            return []
        return [("dcmtk", array.reshape((int(dataset.get("NumberOfFrames", 1)), -1)), syntax)]


def compare(ours, path, syntax, found, failures):
    """None when equal, else what differs; and the note on how it was compared."""
    if not found:
        return "no reference: " + "; ".join(failures)[:200], ""
    best = None
    for name, array, _ in found:
        if array.size != ours.size:
            best = best or (float("inf"), f"{ours.size} samples, {name} has {array.size}")
            continue
        if array.dtype.itemsize == ours.dtype.itemsize and array.dtype.kind != ours.dtype.kind:
            return f"{ours.dtype}, {name} has {array.dtype}", ""
        a, b = ours.reshape(-1), array.reshape(-1)
        if a.dtype.kind == "f":
            equal = np.array_equal(a, b, equal_nan=True)
            difference = 0 if equal else float(np.nanmax(np.abs(a - b)))
        else:
            difference = int(np.max(np.abs(a.astype(np.int64) - b.astype(np.int64)))) if a.size else 0
        if best is None or difference < best[0]:
            count = int(np.count_nonzero(a != b))
            best = (difference, f"differs from {name} by up to {difference} in {count} of {a.size}")
    if best[0] == 0:
        return None, ""
    if best[0] <= tolerance(path, syntax):
        return None, best[1]
    return best[1], ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default="Benchmarks/.build/release/DumpPixels")
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        paths = list(pixel_files(options.folders)) + list(wrapped_streams(options.folders, scratch))
        lines = []
        for start in range(0, len(paths), 50):
            part = paths[start:start + 50]
            target = pathlib.Path(scratch) / f"out{start}"
            target.mkdir()
            done = subprocess.run(
                [options.tool, "--stored-color", str(target)] + [str(p) for p in part], capture_output=True, text=True)
            if done.stderr:
                print("standard error:", done.stderr)
            lines += [(line.split("\t"), target / f"{i}.raw") for i, line in enumerate(done.stdout.splitlines())]
            if done.returncode:
                sys.exit(f"the tool ended with {done.returncode} after {lines[-1:]}")
        counts = dict.fromkeys(("equal", "tolerated", "explained", "MISS"), 0)
        for path, (fields, raw) in zip(paths, lines):
            verdict, text = judge(path, fields, raw)
            counts[verdict] += 1
            if text:
                print(f"{verdict:9}  {path}: {text}")
        print(f"{len(paths)} files: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
        sys.exit(1 if counts["MISS"] or len(lines) < len(paths) else 0)


def judge(path, fields, raw):
    """One of the four words, and what is to be said."""
    reason = EXPLAINED.get(path.name)
    found, failures, syntax = references(path)
    if fields[1] != "ok":
        text = f"{fields[3]} | {'; '.join(failures)[:160]}"
        return ("explained", reason) if reason and not found else ("MISS", text)
    miss, note = compare(np.fromfile(raw, dtype=fields[2].split()[0]), path, syntax, found, failures)
    if miss:
        return ("explained", reason) if reason else ("MISS", miss)
    return ("tolerated", note) if note else ("equal", fields[3])


main()
