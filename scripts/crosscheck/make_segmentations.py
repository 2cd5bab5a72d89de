#!/usr/bin/env python3
"""Makes the segmentations of Fixtures/regions, and truth.json with what is in them.

usage: scripts/crosscheck/make_segmentations.py FOLDER
Needs highdicom 0.28, pydicom 3 with pylibjpeg and pyjpegls, imagecodecs and numpy. Masks come from formulas; every file is read back with
pydicom, and its frames are compared with the masks, before it counts.
"""
import hashlib
import json
import pathlib
import struct
import sys
import zlib

import highdicom
import imagecodecs
import numpy
import pydicom
from highdicom.seg import SegmentAlgorithmTypeValues, SegmentDescription, Segmentation, SegmentationTypeValues
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sr.codedict import codes
from pydicom.uid import (
    CTImageStorage, DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, JPEG2000Lossless, JPEGLSLossless, RLELossless,
)

SLICES, ROWS, COLUMNS = 6, 19, 23
DEFLATED_FRAME, STAND_IN = "1.2.840.10008.1.2.8.1", "1.2.840.10008.1.2.4.50"
ROW_DIRECTION, COLUMN_DIRECTION = [0.8, 0.6, 0.0], [-0.6, 0.8, 0.0]


def uid(number):
    return f"2.25.{77000000 + number}"


def source():
    """Slices of a CT series, without pixels worth keeping."""
    images = []
    for index in range(SLICES):
        image = Dataset()
        image.file_meta = FileMetaDataset()
        image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        image.SOPClassUID, image.SOPInstanceUID = CTImageStorage, uid(100 + index)
        image.StudyInstanceUID, image.SeriesInstanceUID = uid(1), uid(2)
        image.FrameOfReferenceUID, image.Modality = uid(3), "CT"
        image.PatientID, image.PatientName, image.PatientBirthDate, image.PatientSex = "R1", "Test^Regions", "", ""
        image.StudyID, image.StudyDate, image.StudyTime, image.AccessionNumber = "1", "20260101", "120000", ""
        image.ReferringPhysicianName, image.SeriesNumber, image.InstanceNumber = "", 1, index + 1
        image.ImagePositionPatient = [-10.0, 5.0, 40.0 + 2.5 * index]
        image.ImageOrientationPatient = ROW_DIRECTION + COLUMN_DIRECTION
        image.PixelSpacing, image.SliceThickness = [0.75, 0.5], 2.5
        image.Rows, image.Columns = ROWS, COLUMNS
        image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
        image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 16, 15, 0
        image.PixelData = bytes(ROWS * COLUMNS * 2)
        images.append(image)
    return images


def masks():
    """Three regions: a ball, a box that overlaps it, and a comb of single pixels that leaves slices out."""
    z, y, x = numpy.mgrid[:SLICES, :ROWS, :COLUMNS]
    ball = (z - 2.5) ** 2 * 4 + (y - 9) ** 2 + (x - 10) ** 2 <= 36
    box = (z >= 3) & (y >= 4) & (y < 9) & (x >= 8) & (x < 20)
    comb = (z % 3 == 1) & (y > 14) & (x % 2 == 0)
    return [ball, box, comb]


def description(number):
    return SegmentDescription(
        segment_number=number, segment_label=["ball", "box", "comb"][number - 1],
        segmented_property_category=codes.SCT.Tissue, segmented_property_type=codes.SCT.Bone,
        algorithm_type=SegmentAlgorithmTypeValues.MANUAL)


def segmentation(pixels, kind, number, syntax=ExplicitVRLittleEndian, segments=3, **options):
    result = Segmentation(
        source(), pixels, kind, [description(i + 1) for i in range(segments)], uid(10), 1, uid(1000 + number), 1,
        "Test", "Test", "1", "1", transfer_syntax_uid=syntax, omit_empty_frames=True, **options)
    result.ContentDate, result.ContentTime = "20260101", "120000"
    result.InstanceCreationDate = result.SeriesDate = "20260101"
    result.InstanceCreationTime = result.SeriesTime = "120000"
    result.file_meta.ImplementationVersionName = "TEST"
    return result


def packed_frames(dataset):
    """The frames of a binary segmentation, each beginning at a byte, as compression has them."""
    frames = dataset.pixel_array.reshape(-1, dataset.Rows * dataset.Columns)
    packed = [numpy.packbits(frame, bitorder="little").tobytes() for frame in frames]
    return [frame + bytes(len(frame) % 2) for frame in packed]


def run_lengths(frame):
    """One RLE segment of PS3.5, annex G: runs of equal bytes, and bytes as they are between them."""
    coded, place = bytearray(), 0
    while place < len(frame):
        end = place
        while end < len(frame) and end - place < 128 and frame[end] == frame[place]:
            end += 1
        if end - place > 1:
            coded += bytes([257 - (end - place), frame[place]])
        else:
            coded += bytes([0, frame[place]])
        place = end
    return struct.pack("<16L", 1, 64, *[0] * 14) + bytes(coded) + bytes(len(coded) % 2)


def deflated(frame):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(frame) + packer.flush()
    return packed + bytes(len(packed) % 2)


def recompressed(dataset, syntax):
    """A binary segmentation whose frames are compressed: neither of the packages writes this."""
    pack = deflated if syntax == DEFLATED_FRAME else run_lengths
    dataset.PixelData = encapsulate([pack(frame) for frame in packed_frames(dataset)])
    dataset["PixelData"].VR, dataset["PixelData"].is_undefined_length = "OB", True
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.UID(syntax)
    return dataset


def compressed(dataset, syntax):
    plugin = {RLELossless: "pydicom", JPEGLSLossless: "pyjpegls"}
    if syntax == JPEG2000Lossless:  # the plugins cannot encode images that are smaller than their pyramids
        dataset.PixelData = encapsulate([
            imagecodecs.jpeg2k_encode(frame, reversible=True, resolutions=1, codecformat="j2k", level=0)
            for frame in dataset.pixel_array])
        dataset["PixelData"].VR, dataset["PixelData"].is_undefined_length = "OB", True
        dataset.file_meta.TransferSyntaxUID = syntax
    elif syntax != ExplicitVRLittleEndian:
        dataset.compress(syntax, encoding_plugin=plugin[syntax], generate_instance_uid=False)
    return dataset


def tiled(number, is_full, syntax):
    """Tiles of a plane of 34 x 45 pixels, 2 segments, hand-made."""
    rows, columns, high, wide = 34, 45, 12, 16
    y, x = numpy.mgrid[:rows, :columns]
    planes = [(y - 15) ** 2 + (x - 20) ** 2 < 144, (x // 3 + y) % 7 == 0]
    template = segmentation(numpy.stack(masks(), -1).astype(numpy.uint8), SegmentationTypeValues.BINARY, number)
    dataset = template.copy()
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = uid(1000 + number)
    dataset.SegmentSequence = dataset.SegmentSequence[:2]
    dataset.Rows, dataset.Columns = high, wide
    dataset.TotalPixelMatrixRows, dataset.TotalPixelMatrixColumns = rows, columns
    dataset.DimensionOrganizationType = "TILED_FULL" if is_full else "TILED_SPARSE"
    shared = dataset.SharedFunctionalGroupsSequence[0]
    frames, groups = [], []
    for segment, plane in enumerate(planes):
        padded = numpy.zeros((36, 48), numpy.uint8)
        padded[:rows, :columns] = plane
        for top in range(0, rows, high):
            for left in range(0, columns, wide):
                tile = padded[top:top + high, left:left + wide]
                if not is_full and not tile.any():
                    continue
                frames.append(tile)
                group = Dataset()
                group.SegmentIdentificationSequence = [Dataset()]
                group.SegmentIdentificationSequence[0].ReferencedSegmentNumber = segment + 1
                place = Dataset()
                place.RowPositionInTotalImagePixelMatrix = top + 1
                place.ColumnPositionInTotalImagePixelMatrix = left + 1
                place.XOffsetInSlideCoordinateSystem = place.YOffsetInSlideCoordinateSystem = 0.0
                place.ZOffsetInSlideCoordinateSystem = 0.0
                group.PlanePositionSlideSequence = [place]
                groups.append(group)
    if is_full:
        del dataset.PerFrameFunctionalGroupsSequence
    else:
        dataset.PerFrameFunctionalGroupsSequence = groups
    for name in ["PlanePositionSequence", "PlaneOrientationSequence"]:
        if name in shared:
            delattr(shared, name)
    dataset.NumberOfFrames = len(frames)
    bits = numpy.packbits(numpy.stack(frames).ravel(), bitorder="little").tobytes()
    dataset.PixelData = bits + bytes(len(bits) % 2)
    if syntax != ExplicitVRLittleEndian:
        recompressed(dataset, syntax)
    return dataset, [plane[None] for plane in planes]


def expanded(frame):
    """The bytes of one RLE segment."""
    coded, place, out = frame[64:], 0, bytearray()
    while place < len(coded):
        count = coded[place]
        if count < 128:
            out += coded[place + 1:place + 2 + count]
            place += count + 2
        else:
            out += coded[place + 1:place + 2] * (257 - count)
            place += 2
    return bytes(out)


def check(path, truth, kind):
    """Reads a file back with pydicom alone; positions of frames are those that the file gives."""
    dataset = pydicom.dcmread(path)
    syntax = dataset.file_meta.TransferSyntaxUID
    if dataset.BitsAllocated == 1 and syntax in (DEFLATED_FRAME, RLELossless):
        unpack = expanded if syntax == RLELossless else lambda frame: zlib.decompressobj(-15).decompress(frame)
        coded = pydicom.encaps.generate_frames(dataset.PixelData, number_of_frames=dataset.NumberOfFrames)
        bits = [numpy.unpackbits(numpy.frombuffer(unpack(f), numpy.uint8), bitorder="little") for f in coded]
        size = dataset.Rows * dataset.Columns
        frames = numpy.stack([b[:size] for b in bits]).reshape(-1, dataset.Rows, dataset.Columns)
    else:
        frames = dataset.pixel_array.reshape(-1, dataset.Rows, dataset.Columns)
    if "TotalPixelMatrixRows" in dataset:
        return  # the tiles are compared with the planes by the test
    found = [numpy.zeros((SLICES, ROWS, COLUMNS), bool) for _ in truth]
    for frame, group in zip(frames, dataset.PerFrameFunctionalGroupsSequence):
        z = round((group.PlanePositionSequence[0].ImagePositionPatient[2] - 40) / 2.5)
        if kind == "LABELMAP":
            for number, mask in enumerate(found):
                mask[z] |= frame == number + 1
        else:
            number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
            limit = 0.5 * dataset.get("MaximumFractionalValue", 1)
            found[number - 1][z] |= frame >= limit
    for number, (mask, expected) in enumerate(zip(found, truth)):
        assert (mask == expected).all(), f"{path}: segment {number + 1}"


def save(dataset, path):
    """Writes a file, also in the syntax that pydicom does not know: under a name of the same length, replaced afterwards."""
    is_unknown = dataset.file_meta.TransferSyntaxUID == DEFLATED_FRAME
    if is_unknown:
        dataset.file_meta.TransferSyntaxUID = pydicom.uid.UID(STAND_IN)
    dataset.save_as(path, enforce_file_format=True)
    if is_unknown:
        content = path.read_bytes()
        path.write_bytes(content[:400].replace(STAND_IN.encode(), DEFLATED_FRAME.encode() + b"\0") + content[400:])


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    three = masks()
    stack = numpy.stack(three, -1)
    binary, fractional = SegmentationTypeValues.BINARY, SegmentationTypeValues.FRACTIONAL
    labelmap = SegmentationTypeValues.LABELMAP
    apart = [three[0] & ~three[1], three[1], three[2]]
    labels = (apart[0] * 1 + apart[1] * 2 + apart[2] * 3).astype(numpy.uint16)
    fractions = stack * numpy.linspace(0.5, 1, COLUMNS)[None, None, :, None]
    files = {}
    binary_pixels = stack.astype(numpy.uint8)
    files["binary"] = (segmentation(binary_pixels, binary, 1), three)
    files["binary_rle"] = (recompressed(segmentation(binary_pixels, binary, 2), RLELossless), three)
    files["binary_deflated"] = (segmentation(binary_pixels, binary, 3), three)
    files["binary_deflated"][0].file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    files["binary_deflated_frames"] = (recompressed(segmentation(binary_pixels, binary, 4), DEFLATED_FRAME), three)
    for number, (name, syntax) in enumerate(
            [("native", ExplicitVRLittleEndian), ("rle", RLELossless), ("jpegls", JPEGLSLossless), ("j2k", JPEG2000Lossless)]):
        files[f"fractional_{name}"] = (compressed(segmentation(
            fractions, fractional, 10 + number, max_fractional_value=200), syntax), three)
        files[f"labelmap_{name}"] = (compressed(segmentation(labels, labelmap, 20 + number), syntax), apart)
    files["tiled_full_rle"] = tiled(30, True, RLELossless)
    files["tiled_sparse"] = tiled(31, False, ExplicitVRLittleEndian)
    truth = {}
    for name, (dataset, expected) in files.items():
        path = folder / f"{name}.dcm"
        save(dataset, path)
        check(path, expected, dataset.SegmentationType)
        truth[f"{name}.dcm"] = {
            str(number + 1): {
                "voxels": int(mask.sum()), "sha256": hashlib.sha256(mask.astype(numpy.uint8).tobytes()).hexdigest()}
            for number, mask in enumerate(expected)}
    (folder / "truth.json").write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(truth)} files")


if __name__ == "__main__":
    main()
