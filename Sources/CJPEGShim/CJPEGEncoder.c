#include "CJPEGFailure.h"
#include "CJPEGShim.h"

#include <stdlib.h>

/* The destination keeps its memory from image to image. */
struct cjpeg_encoder {
    struct jpeg_compress_struct codec;
    cjpeg_failure failure;
    struct jpeg_destination_mgr destination;
    uint8_t *buffer;
    size_t capacity;
    size_t count;
    int fitted;      /* the Huffman tables of the last image were fitted to it */
};

static cjpeg_encoder *owner(j_compress_ptr codec) { return (cjpeg_encoder *)codec->client_data; }

static void init_destination(j_compress_ptr codec) {
    cjpeg_encoder *encoder = owner(codec);
    encoder->destination.next_output_byte = encoder->buffer;
    encoder->destination.free_in_buffer = encoder->capacity;
}

static boolean empty_output_buffer(j_compress_ptr codec) {
    cjpeg_encoder *encoder = owner(codec);
    uint8_t *larger = realloc(encoder->buffer, encoder->capacity * 2);
    if (!larger) cjpeg_fail(&encoder->failure, CJPEG_TOO_LARGE, "no memory for the encoded image");
    encoder->destination.next_output_byte = larger + encoder->capacity;
    encoder->destination.free_in_buffer = encoder->capacity;
    encoder->buffer = larger;
    encoder->capacity *= 2;
    return TRUE;
}

static void term_destination(j_compress_ptr codec) {
    cjpeg_encoder *encoder = owner(codec);
    encoder->count = encoder->capacity - encoder->destination.free_in_buffer;
}

cjpeg_encoder *cjpeg_encoder_create(void) {
    cjpeg_encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder) return NULL;
    cjpeg_failure_install(&encoder->failure, (j_common_ptr)&encoder->codec);
    encoder->capacity = 1 << 16;
    encoder->buffer = malloc(encoder->capacity);
    if (!encoder->buffer || setjmp(encoder->failure.escape)) {
        cjpeg_encoder_destroy(encoder);
        return NULL;
    }
    jpeg_create_compress(&encoder->codec);
    encoder->destination.init_destination = init_destination;
    encoder->destination.empty_output_buffer = empty_output_buffer;
    encoder->destination.term_destination = term_destination;
    encoder->codec.dest = &encoder->destination;
    encoder->codec.client_data = encoder;
    return encoder;
}

void cjpeg_encoder_destroy(cjpeg_encoder *encoder) {
    if (!encoder) return;
    jpeg_destroy_compress(&encoder->codec);
    free(encoder->buffer);
    free(encoder);
}

const char *cjpeg_encoder_message(const cjpeg_encoder *encoder) { return encoder->failure.text; }

static J_COLOR_SPACE library_color(int color) {
    switch (color) {
    case CJPEG_GRAY: return JCS_GRAYSCALE;
    case CJPEG_RGB: return JCS_RGB;
    case CJPEG_YCBCR: return JCS_YCbCr;
    default: return JCS_CMYK;
    }
}

/* jpeg_set_defaults keeps Huffman tables that are there, so tables fitted to one image must not reach the next. */
static void forget_fitted_tables(cjpeg_encoder *encoder) {
    struct jpeg_compress_struct *codec = &encoder->codec;
    jpeg_destroy_compress(codec);
    jpeg_create_compress(codec);
    codec->dest = &encoder->destination;
    encoder->fitted = 0;
}

static void configure(struct jpeg_compress_struct *codec, const cjpeg_settings *settings) {
    codec->image_width = (JDIMENSION)settings->width;
    codec->image_height = (JDIMENSION)settings->height;
    codec->input_components = settings->input == CJPEG_GRAY ? 1 : settings->input == CJPEG_RGB ? 3 : 4;
    codec->in_color_space = library_color(settings->input);
    jpeg_set_defaults(codec);
    jpeg_set_colorspace(codec, library_color(settings->stored));
    jpeg_set_quality(codec, settings->quality, TRUE);
    codec->dct_method = JDCT_ISLOW;
    codec->optimize_coding = settings->optimize != 0;
    codec->comp_info[0].h_samp_factor = settings->horizontal;
    codec->comp_info[0].v_samp_factor = settings->vertical;
    if (settings->progressive) jpeg_simple_progression(codec);
    if (!settings->markers) codec->write_JFIF_header = codec->write_Adobe_marker = FALSE;
    codec->density_unit = (UINT8)settings->density_unit;
    codec->X_density = (UINT16)settings->density_x;
    codec->Y_density = (UINT16)settings->density_y;
}

static void write_rows(struct jpeg_compress_struct *codec, const uint8_t *samples, ptrdiff_t row_stride) {
    JSAMPROW rows[16];
    while (codec->next_scanline < codec->image_height) {
        JDIMENSION first = codec->next_scanline, count = codec->image_height - first;
        if (count > 16) count = 16;
        for (JDIMENSION i = 0; i < count; i++) rows[i] = (JSAMPROW)(samples + (ptrdiff_t)(first + i) * row_stride);
        jpeg_write_scanlines(codec, rows, count);
    }
}

int cjpeg_encoder_encode(
    cjpeg_encoder *encoder, const cjpeg_settings *settings, const uint8_t *samples, ptrdiff_t row_stride,
    const uint8_t *exif, size_t exif_count, const uint8_t *icc, size_t icc_count, const uint8_t **result,
    size_t *result_count) {
    struct jpeg_compress_struct *codec = &encoder->codec;
    cjpeg_failure_reset(&encoder->failure);
    if (setjmp(encoder->failure.escape)) {
        jpeg_abort_compress(codec);
        return encoder->failure.status;
    }
    if (encoder->fitted) forget_fitted_tables(encoder);
    encoder->fitted = settings->optimize || settings->progressive;
    configure(codec, settings);
    jpeg_start_compress(codec, TRUE);
    if (exif_count) jpeg_write_marker(codec, JPEG_APP0 + 1, exif, (unsigned)exif_count);
    if (icc_count) jpeg_write_icc_profile(codec, icc, (unsigned)icc_count);
    write_rows(codec, samples, row_stride);
    jpeg_finish_compress(codec);
    *result = encoder->buffer;
    *result_count = encoder->count;
    return CJPEG_OK;
}
