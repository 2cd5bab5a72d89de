"""Reads a list of patches with one peer and prints the CPU-seconds and the wall time that it took, and a CRC-32
per patch.

    worker.py PEER SLIDE LIST SIZE

LIST holds one `x y` per line, level-0 pixels. Every patch becomes a C-contiguous numpy array of SIZE x SIZE x 3 bytes.
The timed pass keeps none of them; a second pass, not timed, takes the checksums.
"""

import collections
import json
import os
import resource
import sys
import time
import zlib

import numpy


class OpenSlidePython:
    def __init__(self, path, size):
        import openslide
        self.version = f"openslide-python {openslide.__version__} (OpenSlide {openslide.__library_version__})"
        self.slide, self.size = openslide.OpenSlide(path), (size, size)

    def read(self, x, y):
        return numpy.asarray(self.slide.read_region((x, y), 0, self.size).convert("RGB"))


class PyVips:
    def __init__(self, path, size):
        os.environ["VIPS_CONCURRENCY"] = "1"
        import pyvips
        version = ".".join(str(pyvips.version(part)) for part in range(3))
        self.version = f"pyvips {pyvips.__version__} (libvips {version})"
        self.region, self.size = pyvips.Region.new(pyvips.Image.tiffload(path)), size

    def read(self, x, y):
        data = self.region.fetch(x, y, self.size, self.size)
        return numpy.frombuffer(data, numpy.uint8).reshape(self.size, self.size, 3)


class TiffFile:
    """Decodes each tile once as long as it stays among the last two rows of tiles, as the other readers' caches do."""

    def __init__(self, path, size):
        import imagecodecs
        import tifffile
        self.version = f"tifffile {tifffile.__version__} (imagecodecs {imagecodecs.__version__})"
        self.decode_jpeg, self.size = imagecodecs.jpeg8_decode, size
        file = tifffile.TiffFile(path)
        page, self.handle = file.pages[0], file.filehandle
        self.offsets, self.counts, self.tables = page.dataoffsets, page.databytecounts, page.jpegtables
        self.tile, self.columns = page.tilewidth, -(-page.imagewidth // page.tilewidth)
        self.tiles = collections.OrderedDict()

    def tile_at(self, column, row):
        index = row * self.columns + column
        if index in self.tiles:
            self.tiles.move_to_end(index)
            return self.tiles[index]
        self.handle.seek(self.offsets[index])
        data = self.handle.read(self.counts[index])
        pixels = self.decode_jpeg(data, tables=self.tables, colorspace="YCBCR", outcolorspace="RGB")
        self.tiles[index] = pixels
        if len(self.tiles) > 2 * self.columns:
            self.tiles.popitem(last=False)
        return pixels

    def read(self, x, y):
        size, tile = self.size, self.tile
        if x % tile == 0 and y % tile == 0 and size == tile:
            return self.tile_at(x // tile, y // tile)
        patch = numpy.empty((size, size, 3), numpy.uint8)
        for row in range(y // tile, (y + size - 1) // tile + 1):
            top, bottom = max(y, row * tile), min(y + size, (row + 1) * tile)
            for column in range(x // tile, (x + size - 1) // tile + 1):
                left, right = max(x, column * tile), min(x + size, (column + 1) * tile)
                patch[top - y:bottom - y, left - x:right - x] = self.tile_at(column, row)[
                    top - row * tile:bottom - row * tile, left - column * tile:right - column * tile]
        return patch


PEERS = {"openslide-python": OpenSlidePython, "pyvips": PyVips, "tifffile": TiffFile}


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    peer, slide, patch_list, size = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    with open(patch_list) as lines:
        patches = [tuple(map(int, line.split())) for line in lines]
    reader = PEERS[peer](slide, size)
    cpu, wall = cpu_seconds(), time.perf_counter()
    for x, y in patches:
        reader.read(x, y)
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    reader = PEERS[peer](slide, size)
    checksums = [zlib.crc32(numpy.ascontiguousarray(reader.read(x, y))) for x, y in patches]
    json.dump({"version": reader.version, "cpu": cpu, "wall": wall, "checksums": checksums}, sys.stdout)


if __name__ == "__main__":
    main()
