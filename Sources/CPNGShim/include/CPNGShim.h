#pragma once

/* libpng behind functions that return a status instead of jumping, and print nothing. */

#include <stddef.h>
#include <stdint.h>

/* What went wrong: the text of libpng, and the row that was being worked on. */
typedef struct {
    char message[200];
    uint32_t row;
} cpng_failure;

/* Reads exactly `count` bytes at an offset of the file; anything but 0 stops the decoder. */
typedef int (*cpng_read_at)(void *context, uint64_t offset, void *bytes, size_t count);

/* Where a file's bytes come from. */
typedef struct {
    void *context;
    cpng_read_at read;
    uint64_t count;
} cpng_source;

/* What the caller read in the file's header, and what it made room for. */
typedef struct {
    uint32_t width;
    uint32_t height;
    int bit_depth;            /* as IHDR says */
    int color_type;           /* as IHDR says */
    int channels;             /* decoded samples per pixel */
    const uint8_t *palette;   /* RGBA of each index, or NULL to keep indices */
    int palette_count;
} cpng_layout;

/* Decodes an image: samples of fewer than 8 bits become 8 bits (gray is scaled, indices are not), 16 bits take the
   machine's byte order, a transparent color becomes an alpha channel, a palette becomes 3 or 4 channels.
   Returns 0, or -1 with the failure filled in. `row_bytes` must be width * channels * bytes per sample. */
int cpng_read(
    const cpng_source *source, const cpng_layout *layout, uint8_t *pixels, size_t row_bytes, cpng_failure *failure);

/* Takes bytes of the encoded file; anything but 0 stops the encoder. */
typedef int (*cpng_put)(void *context, const void *bytes, size_t count);

/* Which of the five filters of the PNG standard an encoder may choose from: the sum of these. */
enum {
    CPNG_FILTER_NONE = 1,
    CPNG_FILTER_SUB = 2,
    CPNG_FILTER_UP = 4,
    CPNG_FILTER_AVERAGE = 8,
    CPNG_FILTER_PAETH = 16,
};

/* What is to be written. */
typedef struct {
    uint32_t width;
    uint32_t height;
    int bit_depth;
    int color_type;
    const uint8_t *palette;   /* RGB of each index, or NULL */
    int palette_count;
    uint32_t pixels_per_metre_x;  /* 0: not known */
    uint32_t pixels_per_metre_y;
    int level;
    int filters;
} cpng_target;

typedef struct cpng_writer cpng_writer;

/* Begins a file; NULL with the failure filled in. The context must live until the writer is destroyed. */
cpng_writer *cpng_writer_create(
    const cpng_target *target, void *context, cpng_put put, cpng_failure *failure);

/* Writes rows as PNG stores them (16 bits big-endian, low bit depths packed). */
int cpng_writer_write(
    cpng_writer *writer, const uint8_t *rows, size_t row_bytes, size_t row_count, cpng_failure *failure);

/* Ends the file; all rows must have been written. */
int cpng_writer_finish(cpng_writer *writer, cpng_failure *failure);

void cpng_writer_destroy(cpng_writer *writer);
