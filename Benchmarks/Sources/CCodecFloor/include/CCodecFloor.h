#pragma once

/* The codec libraries alone: one frame in memory to samples in memory, with nothing around. */

#include <stddef.h>
#include <stdint.h>

/* The libraries. */
enum {
    CFLOOR_JPEG_LOSSLESS = 0,
    CFLOOR_JPEG_LS = 1,
    CFLOOR_JPEG_2000 = 2,
    CFLOOR_HTJ2K = 3,
    CFLOOR_RLE = 4,
};

#ifdef __cplusplus
extern "C" {
#endif

/* Decodes a grayscale frame of 16 bits per sample; returns 0 when all of the samples were written. */
int cfloor_decode(int codec, const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count);

#ifdef __cplusplus
}
#endif
