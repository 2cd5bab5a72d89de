#pragma once

/* CharLS behind one function that decodes a JPEG-LS stream into the caller's memory. Only the interface of CharLS 2 is used:
   the older one has the same names as DCMTK's copy of the library. */

#include <stddef.h>
#include <stdint.h>

/* What came of a call. */
enum {
    CCHARLS_OK = 0,
    CCHARLS_CORRUPT = 1,
    CCHARLS_TRUNCATED = 2,
    CCHARLS_MEMORY = 3,
};

typedef struct {
    uint32_t width;
    uint32_t height;
    int components;
    int precision;        /* bits of a sample, 2 to 16 */
    int is_planar;        /* decoded samples lie component by component, not pixel by pixel */
    const char *message;  /* what went wrong; belongs to the library */
} ccharls_header;

/* A stream whose header was read; to be destroyed. */
typedef struct ccharls_stream ccharls_stream;

/* The library's version, for example "2.4.1". */
const char *ccharls_version(void);

/* Reads the header. The data must stay until the stream is destroyed. `*stream` is NULL after a failure. */
int ccharls_open(const uint8_t *data, size_t count, ccharls_stream **stream, ccharls_header *header);

/* Decodes into width * height * components samples of 1 byte (precision up to 8) or 2 bytes. */
int ccharls_decode(ccharls_stream *stream, void *samples, size_t byte_count, const char **message);

void ccharls_close(ccharls_stream *stream);
