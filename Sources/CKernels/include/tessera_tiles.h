#pragma once
#include <stdint.h>

#include "tessera_level.h"

/// A plane of interleaved samples in tiles, each of which is equalized with a histogram of its own.
struct tessera_tiles {
    int64_t width, height;
    /// Interleaved samples of a pixel.
    int64_t channels;
    /// Number of tiles along x and y, and pixels of a tile; the area of a tile fits 31 bits.
    int64_t columns, rows, tile_width, tile_height;
    /// Bytes of a sample: 1 or 2.
    int64_t bytes;
    /// Number of values that samples can have: 256, or 65,536 for samples of 2 bytes.
    int64_t levels;
    /// What a bin of a histogram may hold; 0 does not limit.
    int64_t limit;
    /// For columns·tile_width and rows·tile_height places the pixel that stands for each.
    const int32_t *places_x, *places_y;
    /// For each pixel along x and y the last tile whose center is not beyond it (−1 before the first one), and the share of the next one.
    const int32_t *tiles_x, *tiles_y;
    const float *shares_x, *shares_y;
};

/// Bytes of the memory that `tessera_equalize_tiles` works in.
int64_t tessera_tiles_scratch(const struct tessera_tiles *tiles);

/// Equalizes one channel of a plane: the first sample of its first pixel is at `source`. Every level gives the same.
void tessera_equalize_tiles(enum tessera_level level, const struct tessera_tiles *tiles, const void *source, void *scratch,
                            void *result);
