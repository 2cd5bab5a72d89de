#!/usr/bin/env python3
"""Compares the label volumes of `tessera regions` with reference masks, highdicom, pydicom and a fill written in NumPy.

usage: scripts/crosscheck/regions.py TESSERA DATA
DATA holds `dicom/` and `series/`. Needs highdicom, nibabel, numpy, pydicom and pynrrd. One comparison is one region: the sets of voxels
must be equal. Structure sets are the real ones and random ones made here (holes, overlaps, planes at an angle), segmentations
the real ones and some that highdicom makes of real series. Prints the comparisons that differ and the number that agree; exit code 1 when one differs.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings
import zlib

import highdicom
import nibabel
import nrrd
import numpy
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, RTStructureSetStorage

SEGMENTATIONS = {"1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7"}
STUDY = "series/ibsi_STS_002"


class Tally:
    def __init__(self):
        self.agree = self.total = 0

    def compare(self, name, ours, theirs):
        self.total += 1
        if ours is None or ours.shape != theirs.shape:
            print(f"{name}: shape {None if ours is None else ours.shape}, expected {theirs.shape}")
        elif (ours != theirs).any():
            print(f"{name}: {(ours != theirs).sum()} of {theirs.sum()} voxels differ")
        else:
            self.agree += 1


def regions(tessera, output, *arguments):
    """Runs the command; gives the masks (z, y, x) of every region, by object and label."""
    run = subprocess.run([tessera, "regions", *map(str, arguments), "--output", str(output)], capture_output=True, text=True)
    found = {}
    for path in output.glob("*.json"):
        record = json.loads(path.read_text())
        masks = found[record["object"]] = {}
        for layer in record["layers"]:
            image = nibabel.load(output / layer["file"])
            labels = numpy.asanyarray(image.dataobj)
            for region in layer["regions"]:
                masks[region["label"]] = (labels == region["label"]).transpose(2, 1, 0)
            shape = labels.shape
        for region in record["emptyRegions"]:
            masks[region["label"]] = numpy.zeros(shape[::-1], bool)
    return found, run.stderr


def inside(x, y, rings):
    """Even-odd: whether an odd number of sides lies to the left of a point, or on it."""
    result = numpy.zeros(numpy.broadcast(x, y).shape, bool)
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, numpy.roll(ring, -1, axis=0)):
            if y0 == y1:
                continue
            (xt, yt), (xb, yb) = ((x0, y0), (x1, y1)) if y0 < y1 else ((x1, y1), (x0, y0))
            rows = (y >= yt) & (y < yb)
            result ^= rows & ((x - xt) * (yb - yt) - (y - yt) * (xb - xt) >= 0)
    return result


def series(folder):
    """Slices of a series in rising order along the normal."""
    slices = [pydicom.dcmread(path, stop_before_pixels=True) for path in sorted(folder.iterdir())]
    normal = numpy.cross(slices[0].ImageOrientationPatient[:3], slices[0].ImageOrientationPatient[3:])
    return sorted(slices, key=lambda s: numpy.dot(s.ImagePositionPatient, normal))


def fill(region, slices):
    """The voxels of one item of the ROI Contour Sequence whose planes are the slices."""
    first = slices[0]
    axes = numpy.array(first.ImageOrientationPatient, float).reshape(2, 3)
    spacing = numpy.array(first.PixelSpacing, float)[::-1]
    origins = numpy.array([s.ImagePositionPatient for s in slices], float)
    normal = numpy.cross(*axes)
    uids = {s.SOPInstanceUID: i for i, s in enumerate(slices)}
    rings = {}
    for contour in region.get("ContourSequence", []):
        points = numpy.array(contour.ContourData, float).reshape(-1, 3)
        named = [uids[i.ReferencedSOPInstanceUID] for i in contour.get("ContourImageSequence", [])
                 if i.ReferencedSOPInstanceUID in uids]
        index = named[0] if named else int(numpy.abs((points.mean(0) - origins) @ normal).argmin())
        rings.setdefault(index, []).append(((points - origins[index]) @ axes.T) / spacing)
    y, x = numpy.mgrid[:first.Rows, :first.Columns].astype(float)
    mask = numpy.zeros((len(slices), first.Rows, first.Columns), bool)
    for index, found in rings.items():
        mask[index] = inside(x, y, found)
    return mask


def check_reference(tally, tessera, data, folder):
    for modality in ["CT", "MR_T1", "PET"]:
        source = data / STUDY / "dicom/STS_002" / modality
        found, log = regions(tessera, folder / modality, source)
        mask = next(iter(found.values()), {}).get(1)
        reference = nibabel.load(data / STUDY / "nifti/STS_002" / f"{modality}_mask.nii.gz")
        ours = nibabel.load(next((folder / modality).glob("*.nii.gz")))
        one, other = nibabel.as_closest_canonical(ours), nibabel.as_closest_canonical(reference)
        tally.compare(f"{modality} reference mask", numpy.asanyarray(one.dataobj) > 0, numpy.asanyarray(other.dataobj) > 0)
        tally.total += 1
        tally.agree += numpy.abs(one.affine - other.affine).max() < 1e-3
        structure = pydicom.dcmread(source / "mask/RS.dcm")
        tally.compare(f"{modality} NumPy fill", mask, fill(structure.ROIContourSequence[0], series(source / "image")))


def run_lengths(frame):
    coded, place, out = frame[64:], 0, bytearray()
    while place < len(coded):
        count = coded[place]
        out += coded[place + 1:place + 2 + count] if count < 128 else coded[place + 1:place + 2] * (257 - count)
        place += count + 2 if count < 128 else 2
    return bytes(out)


def frames(dataset):
    """Decoded by pydicom, but for compressed bits, which it cannot."""
    if dataset.BitsAllocated == 1 and dataset.file_meta.TransferSyntaxUID in ("1.2.840.10008.1.2.5", "1.2.840.10008.1.2.8.1"):
        is_rle = dataset.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.5"
        coded = pydicom.encaps.generate_frames(dataset.PixelData, number_of_frames=dataset.NumberOfFrames)
        expand = run_lengths if is_rle else lambda frame: zlib.decompressobj(-15).decompress(frame)
        bits = [numpy.unpackbits(numpy.frombuffer(expand(f), numpy.uint8), bitorder="little") for f in coded]
        return numpy.stack([b[:dataset.Rows * dataset.Columns] for b in bits]).reshape(-1, dataset.Rows, dataset.Columns)
    return dataset.pixel_array.reshape(-1, dataset.Rows, dataset.Columns)


def segments(dataset):
    """The mask of every segment on the segmentation's own grid, from pydicom's frames."""
    is_map = dataset.SegmentationType == "LABELMAP"
    numbers = [s.SegmentNumber for s in dataset.SegmentSequence if s.SegmentNumber > 0]
    limit = 0.5 * dataset.get("MaximumFractionalValue", 1)
    pixels, groups = frames(dataset), dataset.get("PerFrameFunctionalGroupsSequence")
    is_tiled = "TotalPixelMatrixRows" in dataset
    if is_tiled:
        shape = (1, dataset.TotalPixelMatrixRows, dataset.TotalPixelMatrixColumns)
        across, down = -(-shape[2] // dataset.Columns), -(-shape[1] // dataset.Rows)
    else:
        places = [position(dataset, g) for g in groups[:len(pixels)]]  # a file may describe more frames than it has
        levels = sorted({round(p, 3) for p in places})
        step = min(numpy.diff(levels), default=1)
        shape = (round((levels[-1] - levels[0]) / step) + 1, dataset.Rows, dataset.Columns)
    masks = {n: numpy.zeros(shape, bool) for n in numbers}
    for index, frame in enumerate(pixels):
        group = groups[index] if groups else None
        z = row = column = 0
        if is_tiled and group is not None:
            place = group.PlanePositionSlideSequence[0]
            row, column = place.RowPositionInTotalImagePixelMatrix - 1, place.ColumnPositionInTotalImagePixelMatrix - 1
        elif is_tiled:
            row, column = index % (across * down) // across * dataset.Rows, index % across * dataset.Columns
        else:
            z = round((places[index] - levels[0]) / step)
        if is_map:
            values = {n: frame == n for n in numbers}
        else:
            number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber if group is not None \
                and "SegmentIdentificationSequence" in group else numbers[index // (across * down)]
            values = {number: frame >= limit}
        for number, value in values.items():
            part = masks[number][z, row:row + dataset.Rows, column:column + dataset.Columns]
            part |= value[:part.shape[0], :part.shape[1]]
    return masks


def position(dataset, group):
    shared = dataset.SharedFunctionalGroupsSequence[0]
    holder = group if "PlaneOrientationSequence" in group else shared
    if "PlaneOrientationSequence" not in holder:
        return 0.0
    axes = numpy.array(holder.PlaneOrientationSequence[0].ImageOrientationPatient, float).reshape(2, 3)
    holder = group if "PlanePositionSequence" in group else shared
    return float(numpy.dot(holder.PlanePositionSequence[0].ImagePositionPatient, numpy.cross(*axes)))


def highdicom_masks(path):
    """The same from highdicom where it makes a volume of the file."""
    try:
        found = highdicom.seg.segread(path)
        if found.SegmentationType == "FRACTIONAL" or found.is_tiled:
            return {}
        volume = found.get_volume(combine_segments=False)
    except Exception:  # compressed bits, no geometry, big endian
        return {}
    array = volume.array
    normal = numpy.cross(volume.direction[:, 2], volume.direction[:, 1])
    if numpy.dot(normal, volume.direction[:, 0]) < 0:
        array = array[::-1]
    return {n: array[..., i] > 0 for i, n in enumerate(n for n in found.segment_numbers if n > 0)}


def check_segmentations(tally, tessera, data, folder):
    paths = []
    for path in sorted((data / "dicom").rglob("*")) + sorted(pathlib.Path("Fixtures/regions").glob("*.dcm")):
        try:
            header = pydicom.dcmread(path, specific_tags=["SOPClassUID"])
        except Exception:
            continue
        if header.get("SOPClassUID") in SEGMENTATIONS:
            paths.append(path)
    found, log = regions(tessera, folder / "segmentations", *paths, "--own-grid")
    print(log.strip().splitlines()[-1])
    for path in paths:
        dataset = pydicom.dcmread(path)
        for peer, masks in [("pydicom", segments(dataset)), ("highdicom", highdicom_masks(path))]:
            for number, mask in masks.items():
                tally.compare(f"{path.name} segment {number} {peer}", found.get(str(path), {}).get(number), mask)


def coordinates(item, groups):
    for child in item.get("ContentSequence", []):
        code = child.get("ConceptNameCodeSequence", [Dataset()])[0].get("CodeValue")
        if code == "125007":
            groups.append([])
        if child.ValueType in ("SCOORD", "SCOORD3D"):
            groups[-1].append(child)
        coordinates(child, groups)


def check_reports(tally, tessera, data, folder):
    image = data / "dicom/highdicom/ct_image.dcm"
    rows, columns = pydicom.dcmread(image).Rows, pydicom.dcmread(image).Columns
    y, x = numpy.mgrid[:rows, :columns] + 0.5
    for name in ["sr_document", "sr_document_with_multiple_groups"]:
        path = image.parent / f"{name}.dcm"
        found, _ = regions(tessera, folder / name, path, "--series", image)
        groups = []
        coordinates(pydicom.dcmread(path), groups)
        for label, group in enumerate([g for g in groups if g], 1):
            mask = numpy.zeros((1, rows, columns), bool)
            for item in group:
                points = numpy.array(item.GraphicData, float)
                if item.GraphicType == "CIRCLE":
                    (cx, cy), (px, py) = points.reshape(2, 2)
                    mask[0] |= (x - cx) ** 2 + (y - cy) ** 2 < (px - cx) ** 2 + (py - cy) ** 2
                elif item.GraphicType == "POLYLINE" and (points[:2] == points[-2:]).all():
                    mask[0] |= inside(x, y, [points.reshape(-1, 2)[:-1]])
            tally.compare(f"{name} region {label}", found.get(str(path), {}).get(label), mask)


def check_source_grid(tally, tessera, data, folder):
    """Segmentations that highdicom makes of real series, painted on the grid of those series."""
    label, _ = nrrd.read(str(data / "dicom/dcmqi-23x38x3/nrrd/label.nrrd"))
    places = [(data / "dicom/dcmqi-23x38x3/image", {n: label.transpose(2, 1, 0) == n for n in numpy.unique(label) if n})]
    for modality in ["CT", "MR_T1", "PET"]:
        place = data / STUDY / "dicom/STS_002" / modality / "image"
        z, y, x = numpy.mgrid[:len(list(place.iterdir())), :pydicom.dcmread(next(place.iterdir())).Rows,
                              :pydicom.dcmread(next(place.iterdir())).Columns]
        places.append((place, {
            1: (z - 20) ** 2 + (y - 15) ** 2 + (x - 12) ** 2 < 90, 2: (z > 18) & (z < 30) & (abs(y - x) < 5),
            3: (z % 7 == 3) & (y + x == 30)}))
    for number, (place, masks) in enumerate(places):
        slices = [pydicom.dcmread(s.filename) for s in series(place)]
        described = [highdicom.seg.SegmentDescription(
            i + 1, f"segment {n}", codes.SCT.Tissue, codes.SCT.Bone, "MANUAL") for i, n in enumerate(masks)]
        order = numpy.random.default_rng(number).permutation(len(slices))
        pixels = numpy.stack(list(masks.values()), -1)[order].astype(numpy.uint8)
        made = highdicom.seg.Segmentation(
            [slices[i] for i in order], pixels, "BINARY", described, "2.25.70", 1, f"2.25.8{number}", 1, "T", "T", "1", "1")
        path = folder / f"made{number}.dcm"
        made.save_as(path)
        found, log = regions(tessera, folder / f"made{number}", path, "--series", place)
        for i, mask in enumerate(masks.values()):
            tally.compare(f"{place} made segment {i + 1}", found.get(str(path), {}).get(i + 1), mask)
        path = folder / f"turned{number}.dcm"
        masks = turned(slices, masks, described, f"2.25.9{number}", path)
        found, log = regions(tessera, folder / f"turned{number}", path, "--series", place)
        for i, mask in enumerate(masks):
            tally.compare(f"{place} turned segment {i + 1}", found.get(str(path), {}).get(i + 1), mask)


def turned(slices, masks, described, uid, path):
    """Writes a part of the masks, its columns as rows and its rows backwards; gives the masks of that part."""
    first = slices[0]
    right, down = numpy.array(first.ImageOrientationPatient, float).reshape(2, 3)
    between_rows, between_columns = map(float, first.PixelSpacing)
    part = (slice(1, -1), slice(2, first.Rows - 3), slice(1, first.Columns - 1))
    pixels = numpy.stack(list(masks.values()), -1)[part][:, :, ::-1].transpose(0, 2, 1, 3).astype(numpy.uint8)
    corner = right * between_columns * (part[2].stop - 1) + down * between_rows * part[1].start
    positions = [highdicom.PlanePositionSequence("PATIENT", numpy.array(s.ImagePositionPatient, float) + corner)
                 for s in slices[part[0]]]
    highdicom.seg.Segmentation(
        slices[part[0]], pixels, "BINARY", described, "2.25.71", 1, uid, 1, "T", "T", "1", "1",
        pixel_measures=highdicom.PixelMeasuresSequence([between_columns, between_rows], first.SliceThickness),
        plane_orientation=highdicom.PlaneOrientationSequence("PATIENT", [*down, *-right]),
        plane_positions=positions).save_as(path)
    kept = []
    for mask in masks.values():
        kept.append(numpy.zeros(mask.shape, bool))
        kept[-1][part] = mask[part]
    return kept


class RandomStudy:
    """A tilted series and a structure set of random stars, holes, overlaps and planes at an angle."""

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        q, _ = numpy.linalg.qr(self.random.normal(size=(3, 3)))
        self.axes = numpy.round(numpy.stack([q[0], q[1], numpy.cross(q[0], q[1])]), 12)
        self.spacing = numpy.array([0.7, 1.1, 2.3]) if seed % 2 else numpy.array([1.3, 0.9, 1.0])
        self.shape, self.origin = (20, 60, 50), numpy.array([-40.0, 25.5, 310.25])
        self.slices = [self.slice(i) for i in range(self.shape[0])]
        self.structure, self.masks = self.regions()

    def point(self, index):
        """The place of (x, y, z) in voxels."""
        return self.origin + (numpy.asarray(index, float) * self.spacing) @ self.axes

    def slice(self, index):
        image = Dataset()
        image.file_meta = FileMetaDataset()
        image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        image.SOPClassUID, image.SOPInstanceUID, image.Modality = CTImageStorage, f"2.25.90{index}", "CT"
        image.StudyInstanceUID, image.SeriesInstanceUID, image.FrameOfReferenceUID = "2.25.1", "2.25.2", "2.25.3"
        image.ImagePositionPatient = [f"{v:.9f}" for v in self.point([0, 0, index])]
        image.ImageOrientationPatient = [f"{v:.12f}" for v in self.axes[:2].ravel()]
        image.PixelSpacing, image.Rows, image.Columns = [self.spacing[1], self.spacing[0]], self.shape[1], self.shape[2]
        image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
        image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 8, 8, 7, 0
        image.PixelData = bytes(self.shape[1] * self.shape[2])
        image["PixelData"].VR = "OB"
        return image

    def star(self, center, radius, count):
        angles = numpy.sort(self.random.uniform(0, 2 * numpy.pi, count))
        radii = radius * self.random.uniform(0.4, 1, count)
        return center + numpy.stack([numpy.cos(angles), numpy.sin(angles)], -1) * radii[:, None]

    def contour(self, points, named=None):
        item = Dataset()
        item.ContourGeometricType, item.NumberOfContourPoints = "CLOSED_PLANAR", len(points)
        item.ContourData = [f"{v:.10g}" for v in points.ravel()]
        if named is not None:
            source = Dataset()
            source.ReferencedSOPClassUID, source.ReferencedSOPInstanceUID = CTImageStorage, self.slices[named].SOPInstanceUID
            item.ContourImageSequence = [source]
        return item

    def flat(self, number):
        """Stars on the slices, with stars in them and across them."""
        contours = []
        for z in range(2, 15):
            center = self.random.uniform([15, 15], [35, 45])
            for ring in range(self.random.integers(1, 4)):
                points = self.star(center + self.random.normal(size=2) * 3, 14 / (ring + 1), 40)
                index = numpy.column_stack([points, numpy.full(len(points), z + self.random.uniform(-0.3, 0.3) * 0)])
                contours.append(self.contour(self.point(index), z if number % 2 else None))
        region = Dataset()
        region.ContourSequence = contours
        return region, fill(region, self.slices)

    def oblique(self):
        """Stars in planes 1 mm apart, at any angle; a voxel belongs to the nearest plane."""
        q, _ = numpy.linalg.qr(self.random.normal(size=(3, 3)))
        middle = self.point([25, 30, 10])
        planes = [[self.star(numpy.zeros(2), 15, 30), self.star(numpy.zeros(2), 5, 12)] for _ in range(9)]
        contours, written = [], []
        for k, rings in enumerate(planes):
            places = [middle + ring @ q[:2] + q[2] * (k - 4) for ring in rings]
            contours += [self.contour(place) for place in places]
            written.append([(numpy.array(c.ContourData, float).reshape(-1, 3) - middle) @ q.T for c in contours[-2:]])
        region = Dataset()
        region.ContourSequence = contours
        z, y, x = numpy.mgrid[:self.shape[0], :self.shape[1], :self.shape[2]]
        local = (self.point(numpy.stack([x, y, z], -1)) - middle) @ q.T
        nearest = numpy.floor(local[..., 2] + 4.5).astype(int)
        mask = numpy.zeros(self.shape, bool)
        for k, rings in enumerate(written):
            mask |= (nearest == k) & inside(local[..., 0], local[..., 1], [r[:, :2] for r in rings])
        return region, mask

    def regions(self):
        structure = Dataset()
        structure.file_meta = FileMetaDataset()
        structure.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        structure.SOPClassUID, structure.SOPInstanceUID, structure.Modality = RTStructureSetStorage, "2.25.8", "RTSTRUCT"
        structure.StudyInstanceUID, structure.SeriesInstanceUID, structure.FrameOfReferenceUID = "2.25.1", "2.25.9", "2.25.3"
        structure.StructureSetROISequence, structure.ROIContourSequence, masks = [], [], {}
        for number in range(1, 9):
            region, mask = self.flat(number) if number < 6 else self.oblique()
            region.ReferencedROINumber = number
            listed = Dataset()
            listed.ROINumber, listed.ROIName, listed.ReferencedFrameOfReferenceUID = number, f"r{number}", "2.25.3"
            structure.StructureSetROISequence.append(listed)
            structure.ROIContourSequence.append(region)
            masks[number] = mask
        return structure, masks


def check_random(tally, tessera, folder):
    for seed in range(6):
        study, place = RandomStudy(seed), folder / f"random{seed}"
        (place / "ct").mkdir(parents=True)
        for index, image in enumerate(study.slices):
            image.save_as(place / "ct" / f"{index:03}.dcm", enforce_file_format=True)
        study.structure.save_as(place / "rt.dcm", enforce_file_format=True)
        found, log = regions(tessera, place / "out", place / "rt.dcm", "--series", place / "ct")
        for number, mask in study.masks.items():
            tally.compare(f"random {seed} region {number}", next(iter(found.values()), {}).get(number), mask)


def main():
    tessera, data = sys.argv[1], pathlib.Path(sys.argv[2])
    warnings.simplefilter("ignore")
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        check_reference(tally, tessera, data, folder)
        check_segmentations(tally, tessera, data, folder)
        check_source_grid(tally, tessera, data, folder)
        check_reports(tally, tessera, data, folder)
        check_random(tally, tessera, folder)
    print(f"{tally.agree} of {tally.total} agree")
    return 0 if tally.agree == tally.total else 1


if __name__ == "__main__":
    sys.exit(main())
