"""One task of `scripts/bench dicom` with one peer: prints the CPU-seconds, the wall time, the version and checksums.

    dicom_worker.py TASK PEER PATH

TASK is `headers` (PATH holds one file name per line), `volume` (PATH is the folder of a series), `segmentation`,
`nifti_read` or `nifti_write` (PATH is a file).
"""

import json
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib

import numpy

TEXTS = ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "Modality", "SeriesDescription",
         "FrameOfReferenceUID", "PhotometricInterpretation"]
NUMBERS = ["Rows", "Columns", "BitsAllocated", "InstanceNumber", "SeriesNumber", "ImagePositionPatient",
           "ImageOrientationPatient", "PixelSpacing", "RescaleSlope", "RescaleIntercept", "SliceThickness"]


def headers_pydicom(path):
    import pydicom
    found = []
    for file in path.read_text().split():
        set = pydicom.dcmread(file, stop_before_pixels=True, specific_tags=TEXTS + NUMBERS)
        numbers = []
        for name in NUMBERS:
            value = set.get(name)
            values = value if isinstance(value, pydicom.multival.MultiValue) else [] if value is None else [value]
            numbers.append([float(number) for number in values])
        found.append(([str(set.get(name, "")) for name in TEXTS], numbers))
    return f"pydicom {pydicom.__version__}", found


def headers_dcmtk(path):
    """dcmdump of the same attributes: DCMTK's parser as a program, the files handed over in one call."""
    words = [word for name in TEXTS + NUMBERS for word in ("+P", name)]
    files = path.read_text().split()
    for start in range(0, len(files), 1000):
        subprocess.run(["dcmdump", "-M", "-q", *words, *files[start:start + 1000]], stdout=subprocess.DEVNULL, check=True)
    version = subprocess.run(["dcmdump", "--version"], stdout=subprocess.PIPE, text=True).stdout.split()[2]
    return f"DCMTK {version} (dcmdump)", None


def volume_simpleitk(path):
    import SimpleITK
    SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(path)))
    PREPARED["image"] = reader.Execute()  # the array is a view of it
    return f"SimpleITK {SimpleITK.Version.VersionString()}", SimpleITK.GetArrayViewFromImage(PREPARED["image"])


def volume_pydicom(path):
    import pydicom
    sets = sorted((pydicom.dcmread(file) for file in path.glob("*.dcm")), key=lambda set: set.ImagePositionPatient[2])
    volume = numpy.empty((len(sets), sets[0].Rows, sets[0].Columns), numpy.int16)
    for index, set in enumerate(sets):
        volume[index] = set.pixel_array * float(set.RescaleSlope) + float(set.RescaleIntercept)
    return f"pydicom {pydicom.__version__} + NumPy {numpy.__version__}", volume


def volume_dcm2niix(path):
    """The program writes its volume uncompressed, as it always writes one."""
    import nibabel
    folder = tempfile.mkdtemp()
    program = pathlib.Path(sys.executable).parent / "dcm2niix"
    subprocess.run([program, "-z", "n", "-b", "n", "-f", "volume", "-o", folder, path], stdout=subprocess.PIPE, check=True)
    return "dcm2niix 1.0.20260724", (nibabel, folder)


def segmentation_pydicom(path):
    """Segment and position of every frame."""
    import pydicom
    set = pydicom.dcmread(path, stop_before_pixels=True)
    lines = [
        "{},{}".format(group.SegmentIdentificationSequence[0].ReferencedSegmentNumber,
                       float(group.PlanePositionSequence[0].ImagePositionPatient[2]))
        for group in set.PerFrameFunctionalGroupsSequence
    ]
    return f"pydicom {pydicom.__version__}", [zlib.crc32("|".join(lines).encode())]


def nifti_read_nibabel(path):
    import nibabel
    voxels = numpy.asanyarray(nibabel.load(path).dataobj)
    return f"nibabel {nibabel.__version__}", [voxels]


def nifti_write_nibabel(path):
    import nibabel
    nibabel.save(nibabel.Nifti1Image(PREPARED["voxels"], numpy.eye(4)), f"{PREPARED['folder']}/volume.nii.gz")
    return f"nibabel {nibabel.__version__}", None


PREPARED = {}


def prepare(task, path):
    """What is loaded before the clock starts."""
    if task == "nifti_write":
        import nibabel
        PREPARED["voxels"] = numpy.asanyarray(nibabel.load(path).dataobj)
        PREPARED["folder"] = tempfile.mkdtemp()


def checksums(task, result):
    if task == "volume":
        return [zlib.crc32(plane.tobytes()) for plane in samples(result)]
    if task == "headers" and result:
        lines = ["|".join(texts + [",".join(map(str, values)) for values in numbers]) for texts, numbers in result]
        return [zlib.crc32(line.encode()) for line in lines]
    if task == "nifti_write":
        import nibabel
        result = [numpy.asanyarray(nibabel.load(f"{PREPARED['folder']}/volume.nii.gz").dataobj)]
        shutil.rmtree(PREPARED["folder"])
    if task.startswith("nifti"):
        return [zlib.crc32(numpy.ascontiguousarray(result[0].T).tobytes())]
    return result


def samples(result):
    """The voxels, slices first, rows from the front, as int16."""
    if not isinstance(result, tuple):
        return numpy.ascontiguousarray(result, numpy.int16)
    nibabel, folder = result
    volume = numpy.asanyarray(nibabel.load(f"{folder}/volume.nii").dataobj)
    shutil.rmtree(folder)
    return numpy.ascontiguousarray(volume.transpose(2, 1, 0)[:, ::-1], numpy.int16)


def used():
    return sum(usage.ru_utime + usage.ru_stime
               for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def main():
    task, peer, path = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    work = globals()[f"{task}_{peer}"]
    for module in {"pydicom": ["pydicom", "pydicom.pixels"], "simpleitk": ["SimpleITK"], "nibabel": ["nibabel"]}.get(peer, []):
        __import__(module)
    prepare(task, path)
    cpu, wall = used(), time.perf_counter()
    version, result = work(path)
    cpu, wall = used() - cpu, time.perf_counter() - wall
    print(json.dumps({"version": version, "cpu": cpu, "wall": wall, "checksums": checksums(task, result)}))


if __name__ == "__main__":
    main()
