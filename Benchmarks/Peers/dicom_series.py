"""A CT-like series of 200 slices of 512 x 512 x 16 bit in several transfer syntaxes, made once."""

import numpy
import pydicom
import pydicom.encaps
import pydicom.uid
from imagecodecs import htj2k_encode, jpeg2k_encode, jpegls_encode, ljpeg_encode

SIDE = 512
SYNTAXES = {
    "uncompressed": pydicom.uid.ExplicitVRLittleEndian,
    "JPEG lossless": pydicom.uid.JPEGLosslessSV1,
    "JPEG-LS": pydicom.uid.JPEGLSLossless,
    "JPEG 2000": pydicom.uid.JPEG2000Lossless,
    "HTJ2K": pydicom.uid.HTJ2KLossless,
    "RLE": pydicom.uid.RLELossless,
}
ENCODERS = {
    "JPEG lossless": lambda pixels: ljpeg_encode(pixels, bitspersample=16),
    "JPEG-LS": jpegls_encode,
    "JPEG 2000": lambda pixels: jpeg2k_encode(pixels, reversible=True, codecformat="j2k", mct=False),
    "HTJ2K": lambda pixels: htj2k_encode(pixels, reversible=True),
}


def pixels(index):
    """A body with two lungs and noise of 12 HU, stored with an intercept of -1024 in 12 bits."""
    y, x = numpy.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    body = (x / 0.42) ** 2 + (y / 0.33) ** 2 < 1
    lungs = sum(((x - side) / 0.14) ** 2 + (y / 0.22) ** 2 < 1 - (index - 100) ** 2 / 12000 for side in (-0.19, 0.19))
    waves = 25 * numpy.sin(40 * x + index / 9) * numpy.cos(33 * y - index / 7)
    tissue = numpy.where(lungs > 0, -820 + waves, 40 + waves)
    noise = numpy.random.default_rng(index).normal(0, 12, (SIDE, SIDE))
    units = numpy.where(body, tissue + noise, -1000 + noise / 3)
    return numpy.clip(units + 1024, 0, 4095).round().astype(numpy.uint16)


def header(index, count):
    """About as many attributes as a scanner writes."""
    set = pydicom.Dataset()
    set.SOPClassUID, set.SOPInstanceUID = pydicom.uid.CTImageStorage, f"2.25.77{index:06d}"
    set.StudyInstanceUID, set.SeriesInstanceUID, set.FrameOfReferenceUID = "2.25.771", "2.25.772", "2.25.773"
    set.ImageType, set.Modality, set.Manufacturer = ["ORIGINAL", "PRIMARY", "AXIAL"], "CT", "Tessera"
    set.PatientName, set.PatientID, set.SeriesDescription = "Bench^Mark", "bench", "Thorax 1.0 B70f"
    set.StudyDate, set.StudyTime, set.SeriesNumber, set.InstanceNumber = "20260101", "101500", 4, count - index
    set.SliceThickness, set.KVP, set.ConvolutionKernel = "1.25", "120", "B70f"
    set.ImagePositionPatient = [-180.5, -172.25, -300 + 1.25 * index]
    set.ImageOrientationPatient, set.PixelSpacing = [1, 0, 0, 0, 1, 0], [0.703125, 0.703125]
    set.Rows = set.Columns = SIDE
    set.SamplesPerPixel, set.PhotometricInterpretation, set.PixelRepresentation = 1, "MONOCHROME2", 0
    set.BitsAllocated, set.BitsStored, set.HighBit = 16, 12, 11
    set.RescaleIntercept, set.RescaleSlope, set.RescaleType = "-1024", "1", "HU"
    set.WindowCenter, set.WindowWidth = ["40", "-600"], ["400", "1500"]
    private = set.private_block(0x0029, "TESSERA BENCH", create=True)
    for number in range(100):
        private.add_new(number, "LO", f"private value {number}")
    return set


def write(folder, encoding, count):
    """Writes the series in an encoding; gives its files in the order of their positions."""
    done = folder / "done"
    files = [folder / f"{index:04d}.dcm" for index in range(count)]
    if done.exists():
        return files
    folder.mkdir(parents=True, exist_ok=True)
    for index, file in enumerate(files):
        set = header(index, count)
        set.file_meta = pydicom.dataset.FileMetaDataset()
        set.file_meta.TransferSyntaxUID = SYNTAXES[encoding]
        image = pixels(index)
        if encoding == "uncompressed":
            set.PixelData = image.tobytes()
        elif encoding == "RLE":
            set.PixelData, set.file_meta.TransferSyntaxUID = image.tobytes(), pydicom.uid.ExplicitVRLittleEndian
            set.compress(pydicom.uid.RLELossless, generate_instance_uid=False)
        else:
            set.PixelData = pydicom.encaps.encapsulate([ENCODERS[encoding](image)])
            set["PixelData"].VR = "OB"
        set.save_as(file, enforce_file_format=True)
    done.touch()
    return files
