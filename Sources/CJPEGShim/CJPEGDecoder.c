#include "CJPEGFailure.h"
#include "CJPEGShim.h"

#include <stdlib.h>

/* Progressive files use about 10 scans and never need more than 100; a small file may hold thousands to burn time. */
enum { CJPEG_MAXIMUM_SCANS = 100 };

struct cjpeg_decoder {
    struct jpeg_decompress_struct codec;
    cjpeg_failure failure;
    struct jpeg_progress_mgr progress;
};

static J_COLOR_SPACE library_color(int color) {
    switch (color) {
    case CJPEG_GRAY: return JCS_GRAYSCALE;
    case CJPEG_RGB: return JCS_RGB;
    case CJPEG_YCBCR: return JCS_YCbCr;
    case CJPEG_CMYK: return JCS_CMYK;
    case CJPEG_YCCK: return JCS_YCCK;
    default: return JCS_UNKNOWN;
    }
}

static int shim_color(J_COLOR_SPACE color) {
    switch (color) {
    case JCS_GRAYSCALE: return CJPEG_GRAY;
    case JCS_RGB: return CJPEG_RGB;
    case JCS_YCbCr: return CJPEG_YCBCR;
    case JCS_CMYK: return CJPEG_CMYK;
    case JCS_YCCK: return CJPEG_YCCK;
    default: return CJPEG_OTHER;
    }
}

static void count_scans(j_common_ptr codec) {
    if (((j_decompress_ptr)codec)->input_scan_number > CJPEG_MAXIMUM_SCANS)
        cjpeg_fail((cjpeg_failure *)codec->err, CJPEG_TOO_LARGE, "more than 100 progressive scans");
}

cjpeg_decoder *cjpeg_decoder_create(void) {
    cjpeg_decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) return NULL;
    decoder->progress.progress_monitor = count_scans;
    cjpeg_failure_install(&decoder->failure, (j_common_ptr)&decoder->codec);
    if (setjmp(decoder->failure.escape)) {
        cjpeg_decoder_destroy(decoder);
        return NULL;
    }
    jpeg_create_decompress(&decoder->codec);
    decoder->codec.progress = &decoder->progress;
    return decoder;
}

int cjpeg_decoder_reset(cjpeg_decoder *decoder) {
    if (setjmp(decoder->failure.escape)) return decoder->failure.status;
    jpeg_destroy_decompress(&decoder->codec);
    jpeg_create_decompress(&decoder->codec);
    decoder->codec.progress = &decoder->progress;
    return CJPEG_OK;
}

void cjpeg_decoder_destroy(cjpeg_decoder *decoder) {
    if (!decoder) return;
    jpeg_destroy_decompress(&decoder->codec);
    free(decoder);
}

const char *cjpeg_decoder_message(const cjpeg_decoder *decoder) { return decoder->failure.text; }
int cjpeg_decoder_warnings(const cjpeg_decoder *decoder) { return decoder->failure.warnings; }

void cjpeg_decoder_abandon(cjpeg_decoder *decoder) { jpeg_abort_decompress(&decoder->codec); }

/* Undoes what a failed call left; the tables stay. */
static int abandon_failed(cjpeg_decoder *decoder) {
    jpeg_abort_decompress(&decoder->codec);
    return decoder->failure.status;
}

static void begin(cjpeg_decoder *decoder, const uint8_t *data, size_t count, int strict) {
    jpeg_abort_decompress(&decoder->codec);
    cjpeg_failure_reset(&decoder->failure);
    decoder->failure.strict = strict;
    jpeg_mem_src(&decoder->codec, data, count);
}

int cjpeg_decoder_load_tables(cjpeg_decoder *decoder, const uint8_t *data, size_t count) {
    if (setjmp(decoder->failure.escape)) return abandon_failed(decoder);
    begin(decoder, data, count, 0);
    if (jpeg_read_header(&decoder->codec, FALSE) != JPEG_HEADER_TABLES_ONLY)
        cjpeg_fail(&decoder->failure, CJPEG_CORRUPT, "the JPEG tables hold an image");
    return CJPEG_OK;
}

int cjpeg_decoder_read_header(
    cjpeg_decoder *decoder, const uint8_t *data, size_t count, int strict, cjpeg_header *header) {
    struct jpeg_decompress_struct *codec = &decoder->codec;
    if (setjmp(decoder->failure.escape)) return abandon_failed(decoder);
    begin(decoder, data, count, strict);
    jpeg_read_header(codec, TRUE);
    header->width = codec->image_width;
    header->height = codec->image_height;
    header->components = codec->num_components;
    header->color = shim_color(codec->jpeg_color_space);
    header->adobe = codec->saw_Adobe_marker;
    header->progressive = codec->progressive_mode;
    return CJPEG_OK;
}

int cjpeg_decoder_scale(cjpeg_decoder *decoder, int denominator, int64_t *width, int64_t *height) {
    struct jpeg_decompress_struct *codec = &decoder->codec;
    if (setjmp(decoder->failure.escape)) return abandon_failed(decoder);
    codec->scale_num = 1;
    codec->scale_denom = (unsigned)denominator;
    jpeg_calc_output_dimensions(codec);
    *width = codec->output_width;
    *height = codec->output_height;
    return CJPEG_OK;
}

/* The number of components that a color space has; 0 for any. */
static int component_count(int color) {
    switch (color) {
    case CJPEG_GRAY: return 1;
    case CJPEG_RGB:
    case CJPEG_YCBCR: return 3;
    case CJPEG_CMYK:
    case CJPEG_YCCK: return 4;
    default: return 0;
    }
}

static void read_rows(cjpeg_decoder *decoder, uint8_t *samples, ptrdiff_t row_stride) {
    struct jpeg_decompress_struct *codec = &decoder->codec;
    JSAMPROW rows[16];
    while (codec->output_scanline < codec->output_height) {
        JDIMENSION first = codec->output_scanline, count = codec->output_height - first;
        if (count > 16) count = 16;
        for (JDIMENSION i = 0; i < count; i++) rows[i] = samples + (ptrdiff_t)(first + i) * row_stride;
        jpeg_read_scanlines(codec, rows, count);
    }
}

int cjpeg_decoder_decode(
    cjpeg_decoder *decoder, int stored, int output, uint8_t *samples, ptrdiff_t row_stride, int64_t width,
    int64_t height) {
    struct jpeg_decompress_struct *codec = &decoder->codec;
    if (setjmp(decoder->failure.escape)) return abandon_failed(decoder);
    if (stored != CJPEG_AUTOMATIC) {
        int components = component_count(stored);
        if (components && components != codec->num_components)
            cjpeg_fail(&decoder->failure, CJPEG_CORRUPT, "the number of color components is not the announced one");
        codec->jpeg_color_space = library_color(stored);
    }
    codec->out_color_space = library_color(output);
    codec->dct_method = JDCT_ISLOW;
    codec->do_fancy_upsampling = TRUE;
    jpeg_start_decompress(codec);
    if (codec->output_width > width || codec->output_height > height)
        cjpeg_fail(&decoder->failure, CJPEG_CORRUPT, "the image is larger than announced");
    if (decoder->failure.ended && jpeg_has_multiple_scans(codec))
        cjpeg_fail(&decoder->failure, CJPEG_TRUNCATED, "scans are missing at the end");
    read_rows(decoder, samples, row_stride);
    if (decoder->failure.strict) jpeg_finish_decompress(codec);
    else jpeg_abort_decompress(codec);
    return CJPEG_OK;
}
