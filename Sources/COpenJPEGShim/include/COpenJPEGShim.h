#pragma once

/* OpenJPEG behind one function that decodes a codestream into the caller's memory, prints nothing, and takes no memory
   before the size in the codestream is found to be the expected one. */

#include <stddef.h>
#include <stdint.h>

/* What came of a call. */
enum {
    COPENJPEG_OK = 0,
    COPENJPEG_CORRUPT = 1,
    COPENJPEG_MISMATCH = 2,
    COPENJPEG_MEMORY = 3,
};

typedef struct {
    uint32_t width;            /* expected columns */
    uint32_t height;           /* expected rows */
    uint32_t components;       /* expected components */
    uint32_t bytes_per_sample; /* 1, 2 or 4 of the samples to write */
    int sign_extends;          /* samples are two's complement of the codestream's precision, else unsigned */
    int strict;                /* a codestream that ends early is an error */
} copenjpeg_request;

typedef struct {
    uint32_t precision; /* bits of the first component */
    int is_signed;      /* what the codestream says of it */
    char message[200];  /* what went wrong */
} copenjpeg_report;

/* The library's version, for example "2.5.0". */
const char *copenjpeg_version(void);

/* Decodes a raw codestream (not a JP2 file) into width * height * components interleaved samples in the machine's byte order. Subsampled
   components are repeated. */
int copenjpeg_decode(
    const uint8_t *data, size_t count, const copenjpeg_request *request, void *samples, copenjpeg_report *report);
