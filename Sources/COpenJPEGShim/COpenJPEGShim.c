#include "COpenJPEGShim.h"
#include "HighThroughputSafety.h"

#include <openjpeg.h>
#include <stdio.h>
#include <string.h>

const char *copenjpeg_version(void) { return opj_version(); }

typedef struct {
    const uint8_t *data;
    size_t count;
    size_t position;
} byte_stream;

static OPJ_SIZE_T read_bytes(void *buffer, OPJ_SIZE_T wanted, void *user) {
    byte_stream *stream = user;
    size_t left = stream->count - stream->position;
    if (left == 0) return (OPJ_SIZE_T)-1;
    if (wanted > left) wanted = left;
    memcpy(buffer, stream->data + stream->position, wanted);
    stream->position += wanted;
    return wanted;
}

static OPJ_OFF_T skip_bytes(OPJ_OFF_T wanted, void *user) {
    byte_stream *stream = user;
    size_t left = stream->count - stream->position;
    if (wanted < 0) return -1;
    if ((size_t)wanted > left) wanted = (OPJ_OFF_T)left;
    stream->position += (size_t)wanted;
    return wanted;
}

static OPJ_BOOL seek_bytes(OPJ_OFF_T position, void *user) {
    byte_stream *stream = user;
    if (position < 0 || (size_t)position > stream->count) return OPJ_FALSE;
    stream->position = (size_t)position;
    return OPJ_TRUE;
}

static void keep_message(const char *text, void *user) {
    copenjpeg_report *report = user;
    snprintf(report->message, sizeof report->message, "%s", text);
    report->message[strcspn(report->message, "\r\n")] = 0;
}

static void ignore_message(const char *text, void *user) {
    (void)text;
    (void)user;
}

static int mismatch(copenjpeg_report *report, const char *what, unsigned expected, unsigned found) {
    snprintf(report->message, sizeof report->message, "%u %s in the codestream, %u in the header", found, what, expected);
    return COPENJPEG_MISMATCH;
}

/* Whether the image announced by the codestream is the expected one. */
static int check_image(const opj_image_t *image, const copenjpeg_request *request, copenjpeg_report *report) {
    uint32_t width = image->x1 - image->x0, height = image->y1 - image->y0;
    if (image->numcomps != request->components)
        return mismatch(report, "components", request->components, image->numcomps);
    if (width != request->width) return mismatch(report, "columns", request->width, width);
    if (height != request->height) return mismatch(report, "rows", request->height, height);
    return COPENJPEG_OK;
}

/* The bits of a sample as the header wants them: a sign where there is one, zeros above the precision otherwise. */
static inline int32_t reinterpret_sample(int32_t value, uint32_t unused, int sign_extends) {
    uint32_t bits = (uint32_t)value << unused;
    return sign_extends ? (int32_t)bits >> unused : (int32_t)(bits >> unused);
}

#define WRITE_ROWS(TYPE)                                                                                              \
    do {                                                                                                              \
        TYPE *out = samples;                                                                                          \
        for (uint32_t y = 0; y < request->height; y++) {                                                              \
            const int32_t *row = component->data + (size_t)(y / step_y) * component->w;                               \
            TYPE *target = out + (size_t)y * request->width * count + index;                                          \
            if (step_x == 1 && count == 1)                                                                            \
                for (uint32_t x = 0; x < request->width; x++)                                                         \
                    target[x] = (TYPE)reinterpret_sample(row[x], unused, request->sign_extends);                      \
            else                                                                                                      \
                for (uint32_t x = 0; x < request->width; x++)                                                         \
                    target[(size_t)x * count] =                                                                       \
                        (TYPE)reinterpret_sample(row[x / step_x], unused, request->sign_extends);                     \
        }                                                                                                             \
    } while (0)

static int write_component(
    const opj_image_t *image, uint32_t index, const copenjpeg_request *request, void *samples,
    copenjpeg_report *report) {
    const opj_image_comp_t *component = &image->comps[index];
    uint32_t step_x = component->dx ? component->dx : 1, step_y = component->dy ? component->dy : 1;
    size_t count = request->components;
    if (!component->data || component->w < (request->width - 1) / step_x + 1 ||
        component->h < (request->height - 1) / step_y + 1 || component->prec == 0 || component->prec > 32) {
        snprintf(report->message, sizeof report->message, "component %u lacks samples", index);
        return COPENJPEG_CORRUPT;
    }
    uint32_t unused = 32 - component->prec;
    switch (request->bytes_per_sample) {
    case 1: WRITE_ROWS(uint8_t); break;
    case 2: WRITE_ROWS(uint16_t); break;
    default: WRITE_ROWS(uint32_t); break;
    }
    return COPENJPEG_OK;
}

static int decode_image(
    opj_codec_t *codec, opj_stream_t *stream, opj_image_t **image, const copenjpeg_request *request,
    copenjpeg_report *report) {
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (!opj_setup_decoder(codec, &parameters) || !opj_decoder_set_strict_mode(codec, request->strict))
        return COPENJPEG_CORRUPT;
    if (!opj_read_header(stream, codec, image)) return COPENJPEG_CORRUPT;
    int status = check_image(*image, request, report);
    if (status != COPENJPEG_OK) return status;
    report->precision = (*image)->comps[0].prec;
    report->is_signed = (int)(*image)->comps[0].sgnd;
    if (!opj_decode(codec, stream, *image)) return COPENJPEG_CORRUPT;
    /* What follows the last tile does not matter: every sample is there. */
    return COPENJPEG_OK;
}

int copenjpeg_decode(
    const uint8_t *data, size_t count, const copenjpeg_request *request, void *samples, copenjpeg_report *report) {
    memset(report, 0, sizeof *report);
    if (!copenjpeg_is_high_throughput_safe(data, count)) {
        keep_message("a marker inside of blocks coded for high throughput", report);
        return COPENJPEG_CORRUPT;
    }
    byte_stream bytes = {data, count, 0};
    opj_codec_t *codec = opj_create_decompress(OPJ_CODEC_J2K);
    opj_stream_t *stream = opj_stream_create(count < 1 << 20 ? count + 1 : 1 << 20, OPJ_TRUE);
    opj_image_t *image = NULL;
    int status = COPENJPEG_MEMORY;
    if (codec && stream) {
        opj_set_error_handler(codec, keep_message, report);
        opj_set_warning_handler(codec, ignore_message, NULL);
        opj_set_info_handler(codec, ignore_message, NULL);
        opj_stream_set_user_data(stream, &bytes, NULL);
        opj_stream_set_user_data_length(stream, count);
        opj_stream_set_read_function(stream, read_bytes);
        opj_stream_set_skip_function(stream, skip_bytes);
        opj_stream_set_seek_function(stream, seek_bytes);
        status = decode_image(codec, stream, &image, request, report);
    }
    for (uint32_t i = 0; status == COPENJPEG_OK && i < request->components; i++)
        status = write_component(image, i, request, samples, report);
    if (image) opj_image_destroy(image);
    if (stream) opj_stream_destroy(stream);
    if (codec) opj_destroy_codec(codec);
    return status;
}
