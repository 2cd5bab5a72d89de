// libtiff for Swift: variadic calls wrapped, input through callbacks, errors as text, nothing printed.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct ctiff_file ctiff_file;

/// Where the bytes of a file come from.
typedef struct {
    void *context;
    int64_t size;
    /// Fills the buffer from an offset inside the file; other than 0 is a failure.
    int (*read)(void *context, int64_t offset, void *buffer, int64_t count);
} ctiff_source;

/// What the tags of a directory say about its image.
typedef struct {
    uint64_t offset;
    uint32_t width, height;
    uint32_t piece_width, piece_height;
    uint32_t piece_count;
    int is_tiled, is_big_endian;
    uint32_t subfile_type;
    uint16_t bits_per_sample, samples_per_pixel, sample_format;
    uint16_t planar_configuration, photometric, compression, orientation, ink_set, predictor;
    uint16_t extra_count, extra_kind;
    float x_resolution, y_resolution;
    uint16_t resolution_unit;
    /// Whether the codec gives RGB although the photometric is YCbCr.
    int jpeg_gives_rgb;
} ctiff_page;

/// Opens a file and reads its first directory. On failure NULL, why in `message`, and whether bytes beyond the end were
/// wanted in `passed_end`.
/// The source's context must live until `ctiff_close`. Nothing larger than `maximum_allocation` bytes is allocated at once.
ctiff_file *ctiff_open(const ctiff_source *source, int64_t maximum_allocation, char *message, size_t message_size,
                       int *passed_end);
void ctiff_close(ctiff_file *file);

/// What libtiff said about the last call that failed; empty when it said nothing.
const char *ctiff_message(const ctiff_file *file);
/// Whether the last call that can fail wanted bytes beyond the end of the file.
int ctiff_passed_end(const ctiff_file *file);

/// 1: the next directory of the chain was read; 0: there is none; -1: it cannot be read.
int ctiff_next_directory(ctiff_file *file);
/// Goes to the directory at an offset; 0 when it cannot be read.
int ctiff_select_directory(ctiff_file *file, uint64_t offset);
/// Describes the current directory; with compression JPEG and YCbCr, asks the codec for RGB.
void ctiff_describe(ctiff_file *file, ctiff_page *page);
/// Whether this build of libtiff can decode a compression.
int ctiff_has_codec(uint16_t compression);
/// The name of a compression, or NULL.
const char *ctiff_codec_name(uint16_t compression);

/// The text of an ASCII tag, or NULL.
const char *ctiff_text(ctiff_file *file, uint32_t tag);
/// The ICC profile, or NULL.
const void *ctiff_icc(ctiff_file *file, uint32_t *count);
/// The color map: three tables of 2^bits entries; 0 without one.
int ctiff_color_map(ctiff_file *file, const uint16_t **red, const uint16_t **green, const uint16_t **blue);
/// Up to `limit` offsets of sub-directories; their number.
int ctiff_sub_directories(ctiff_file *file, uint64_t *offsets, int limit);

/// Bytes that a whole decoded tile or strip takes; 0 when the number makes no sense.
int64_t ctiff_piece_bytes(ctiff_file *file);
/// 1: the piece is stored; 0: its offset and size are 0, so the file leaves it out; -1: it has a place without bytes.
int ctiff_piece_state(ctiff_file *file, uint32_t piece);
/// Decodes one tile or strip; bytes written, or -1. A JPEG stream that ends early counts as a failure.
int64_t ctiff_read_piece(ctiff_file *file, uint32_t piece, void *buffer, int64_t size);

/// Whether libtiff's own conversion to RGBA accepts the current directory; if not, why is in `ctiff_message`.
int ctiff_rgba_ok(ctiff_file *file);
/// Converts one tile or strip to RGBA, four bytes a pixel, top row first; x and y are the piece's corner in pixels.
/// `pixels` holds piece_width x piece_height for tiles and width x `rows` for strips. 0 on failure.
int ctiff_read_rgba(ctiff_file *file, const ctiff_page *page, uint32_t x, uint32_t y, uint32_t rows, uint8_t *pixels);
