#include "CCharLSShim.h"

#include <charls/charls.h>
#include <stdlib.h>
#include <string.h>

const char *ccharls_version(void) { return charls_get_version_string(); }

static int status_of(charls_jpegls_errc code, const char **message) {
    if (code == CHARLS_JPEGLS_ERRC_SUCCESS) return CCHARLS_OK;
    *message = charls_get_error_message(code);
    switch (code) {
    case CHARLS_JPEGLS_ERRC_SOURCE_BUFFER_TOO_SMALL: return CCHARLS_TRUNCATED;
    case CHARLS_JPEGLS_ERRC_NOT_ENOUGH_MEMORY: return CCHARLS_MEMORY;
    default: return CCHARLS_CORRUPT;
    }
}

static charls_jpegls_errc read_header(charls_jpegls_decoder *decoder, ccharls_header *header) {
    charls_frame_info frame;
    charls_interleave_mode mode;
    charls_jpegls_errc code = charls_jpegls_decoder_read_header(decoder);
    if (code == CHARLS_JPEGLS_ERRC_SUCCESS) code = charls_jpegls_decoder_get_frame_info(decoder, &frame);
    if (code == CHARLS_JPEGLS_ERRC_SUCCESS) code = charls_jpegls_decoder_get_interleave_mode(decoder, &mode);
    if (code != CHARLS_JPEGLS_ERRC_SUCCESS) return code;
    header->width = frame.width;
    header->height = frame.height;
    header->components = frame.component_count;
    header->precision = frame.bits_per_sample;
    header->is_planar = mode == CHARLS_INTERLEAVE_MODE_NONE;
    return code;
}

struct ccharls_stream {
    charls_jpegls_decoder *decoder;
    uint8_t *copy; /* the data with an end marker behind it, or NULL */
};

/* The library looks for the end of a code that is longer than what is left: without an end marker to stop at, it goes on for
   four billion bits. Padding may follow a marker. */
static int has_end_marker(const uint8_t *data, size_t count) {
    while (count > 2 && data[count - 1] == 0) count--;
    return count >= 2 && data[count - 2] == 0xFF && data[count - 1] == 0xD9;
}

static charls_jpegls_errc set_source(ccharls_stream *stream, const uint8_t *data, size_t count) {
    if (!has_end_marker(data, count)) {
        stream->copy = malloc(count + 2);
        if (!stream->copy) return CHARLS_JPEGLS_ERRC_NOT_ENOUGH_MEMORY;
        memcpy(stream->copy, data, count);
        stream->copy[count++] = 0xFF;
        stream->copy[count++] = 0xD9;
        data = stream->copy;
    }
    return charls_jpegls_decoder_set_source_buffer(stream->decoder, data, count);
}

int ccharls_open(const uint8_t *data, size_t count, ccharls_stream **stream, ccharls_header *header) {
    *stream = NULL;
    header->message = "";
    ccharls_stream *opened = calloc(1, sizeof *opened);
    if (opened) opened->decoder = charls_jpegls_decoder_create();
    if (!opened || !opened->decoder) {
        free(opened);
        header->message = "no memory for a JPEG-LS decoder";
        return CCHARLS_MEMORY;
    }
    charls_jpegls_errc code = set_source(opened, data, count);
    if (code == CHARLS_JPEGLS_ERRC_SUCCESS) code = read_header(opened->decoder, header);
    if (code != CHARLS_JPEGLS_ERRC_SUCCESS) {
        ccharls_close(opened);
        return status_of(code, &header->message);
    }
    *stream = opened;
    return CCHARLS_OK;
}

int ccharls_decode(ccharls_stream *stream, void *samples, size_t byte_count, const char **message) {
    return status_of(charls_jpegls_decoder_decode_to_buffer(stream->decoder, samples, byte_count, 0), message);
}

void ccharls_close(ccharls_stream *stream) {
    charls_jpegls_decoder_destroy(stream->decoder);
    free(stream->copy);
    free(stream);
}
