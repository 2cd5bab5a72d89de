#pragma once

/* libjpeg-turbo behind functions that return a status instead of jumping, print nothing, and count warnings. */

#include <stddef.h>
#include <stdint.h>

/* What came of a call. */
enum {
    CJPEG_OK = 0,
    CJPEG_CORRUPT = 1,
    CJPEG_TRUNCATED = 2,
    CJPEG_UNSUPPORTED = 3,
    CJPEG_TOO_LARGE = 4,
};

/* Color spaces; AUTOMATIC is what the file's markers say. */
enum {
    CJPEG_AUTOMATIC = 0,
    CJPEG_GRAY = 1,
    CJPEG_RGB = 2,
    CJPEG_YCBCR = 3,
    CJPEG_CMYK = 4,
    CJPEG_YCCK = 5,
    CJPEG_OTHER = 6,
};

typedef struct cjpeg_decoder cjpeg_decoder;
typedef struct cjpeg_encoder cjpeg_encoder;

typedef struct {
    int64_t width;
    int64_t height;
    int components;
    int color;       /* as the markers say */
    int adobe;       /* an Adobe marker is present: CMYK is stored inverted */
    int progressive;
} cjpeg_header;

/* The version of libjpeg-turbo that the shim was built with, for example "2.1.5". */
const char *cjpeg_version(void);

/* NULL when there is no memory. */
cjpeg_decoder *cjpeg_decoder_create(void);
void cjpeg_decoder_destroy(cjpeg_decoder *decoder);

/* Forgets all tables. */
int cjpeg_decoder_reset(cjpeg_decoder *decoder);

/* The text of the last failure, and the number of warnings of the last image. */
const char *cjpeg_decoder_message(const cjpeg_decoder *decoder);
int cjpeg_decoder_warnings(const cjpeg_decoder *decoder);

/* Loads an abbreviated stream that holds tables only; they serve every later image of the handle. */
int cjpeg_decoder_load_tables(cjpeg_decoder *decoder, const uint8_t *data, size_t count);

/* Reads the markers up to the first scan. The data must stay until the image is decoded or abandoned.
   With `strict`, data that ends before its end marker is an error even where every sample is there. */
int cjpeg_decoder_read_header(
    cjpeg_decoder *decoder, const uint8_t *data, size_t count, int strict, cjpeg_header *header);

/* Width and height of the image decoded at 1/denominator (1, 2, 4 or 8), after the header was read. */
int cjpeg_decoder_scale(cjpeg_decoder *decoder, int denominator, int64_t *width, int64_t *height);

/* Decodes the image whose header was read. `stored` overrides what the markers say about the color; `output` is GRAY, RGB,
   CMYK or OTHER (as stored). The decoded image must not be larger than width x height. */
int cjpeg_decoder_decode(
    cjpeg_decoder *decoder, int stored, int output, uint8_t *samples, ptrdiff_t row_stride, int64_t width,
    int64_t height);

/* Forgets the image whose header was read. */
void cjpeg_decoder_abandon(cjpeg_decoder *decoder);

typedef struct {
    int64_t width;
    int64_t height;
    int input;               /* GRAY, RGB or CMYK */
    int stored;              /* GRAY, RGB, YCBCR or CMYK */
    int quality;             /* 1 to 100 */
    int horizontal;          /* sampling factors of the first component */
    int vertical;
    int optimize;            /* Huffman tables fitted to the image */
    int progressive;
    int markers;             /* write the JFIF or Adobe marker that goes with the color */
    int density_unit;        /* 0 none, 1 per inch, 2 per centimetre */
    int density_x;
    int density_y;
} cjpeg_settings;

/* NULL when there is no memory. */
cjpeg_encoder *cjpeg_encoder_create(void);
void cjpeg_encoder_destroy(cjpeg_encoder *encoder);
const char *cjpeg_encoder_message(const cjpeg_encoder *encoder);

/* Encodes an image; the result belongs to the encoder and stays until its next call.
   `exif` is the content of an APP1 block with its "Exif\0\0"; both blocks may be absent. */
int cjpeg_encoder_encode(
    cjpeg_encoder *encoder, const cjpeg_settings *settings, const uint8_t *samples, ptrdiff_t row_stride,
    const uint8_t *exif, size_t exif_count, const uint8_t *icc, size_t icc_count, const uint8_t **result,
    size_t *result_count);
