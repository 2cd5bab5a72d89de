#pragma once

/* OpenJPH behind one function that decodes a high-throughput JPEG 2000 codestream into the caller's memory, throws and prints
   nothing. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What came of a call. */
enum {
    COPENJPH_OK = 0,
    COPENJPH_FAILED = 1,
    COPENJPH_MISMATCH = 2,
};

typedef struct {
    uint32_t width;            /* expected columns */
    uint32_t height;           /* expected rows */
    uint32_t components;       /* expected components */
    uint32_t bytes_per_sample; /* 1, 2 or 4 of the samples to write */
    int sign_extends;          /* samples are two's complement of the codestream's precision, else unsigned */
    int strict;                /* a damaged codestream is an error */
} copenjph_request;

typedef struct {
    uint32_t precision; /* bits of the first component */
    int is_signed;      /* what the codestream says of it */
    char message[200];  /* what went wrong */
} copenjph_report;

/* The library's version, for example "0.9.0". */
const char *copenjph_version(void);

/* Decodes a raw codestream into width * height * components interleaved samples in the machine's byte order. Subsampled
   components fail. */
int copenjph_decode(
    const uint8_t *data, size_t count, const copenjph_request *request, void *samples, copenjph_report *report);

#ifdef __cplusplus
}
#endif
