#pragma once

/* DCMTK's builds of the IJG library for 8, 12 and 16 bits: lossy and lossless JPEG of any precision, one frame at a time, without
   a data set. Nothing is thrown or printed. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What came of a call. */
enum {
    CDCMTK_JPEG_OK = 0,
    CDCMTK_JPEG_CORRUPT = 1,
    CDCMTK_JPEG_TRUNCATED = 2,
    CDCMTK_JPEG_MEMORY = 3,
    /* There are samples, and the library warned: of wrong codes, of data that ends before the image or goes on behind it. */
    CDCMTK_JPEG_DAMAGED = 4,
};

/* Decodes a JPEG stream into interleaved samples of 1 byte (precision up to 8) or 2 bytes, without any conversion of color.
   The caller has compared the size in the stream's frame header with the size of the memory. `precision` is the one in the
   frame header. `workaround` accepts the wrong prediction of some encoders with 16 bits (predictor 6). */
int cdcmtk_jpeg_decode(
    const uint8_t *data, size_t count, int precision, int workaround, void *samples, size_t byte_count,
    char *message, size_t message_count);

#ifdef __cplusplus
}
#endif
