#include "CCharLSShim.h"

#include <charls/charls.h>

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

int ccharls_open(const uint8_t *data, size_t count, ccharls_stream **stream, ccharls_header *header) {
    *stream = NULL;
    header->message = "";
    charls_jpegls_decoder *decoder = charls_jpegls_decoder_create();
    if (!decoder) {
        header->message = "no memory for a JPEG-LS decoder";
        return CCHARLS_MEMORY;
    }
    charls_jpegls_errc code = charls_jpegls_decoder_set_source_buffer(decoder, data, count);
    if (code == CHARLS_JPEGLS_ERRC_SUCCESS) code = read_header(decoder, header);
    if (code != CHARLS_JPEGLS_ERRC_SUCCESS) {
        charls_jpegls_decoder_destroy(decoder);
        return status_of(code, &header->message);
    }
    *stream = (ccharls_stream *)decoder;
    return CCHARLS_OK;
}

int ccharls_decode(ccharls_stream *stream, void *samples, size_t byte_count, const char **message) {
    charls_jpegls_decoder *decoder = (charls_jpegls_decoder *)stream;
    return status_of(charls_jpegls_decoder_decode_to_buffer(decoder, samples, byte_count, 0), message);
}

void ccharls_close(ccharls_stream *stream) { charls_jpegls_decoder_destroy((charls_jpegls_decoder *)stream); }
