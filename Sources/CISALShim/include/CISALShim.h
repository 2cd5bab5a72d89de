#pragma once

/* The deflate of ISA-L behind handles: its own structures hold arrays that are too long for Swift to import. */

#include <stddef.h>

/* An open stream of gzip members or zlib data; one thread at a time. */
typedef struct cisal_inflater cisal_inflater;

/* How a step ended; below 0: the data is damaged. */
enum {
    CISAL_OPEN = 0, /* more input or more room is needed */
    CISAL_END = 1,  /* the member or stream is whole, its checksum and length right */
};

typedef struct {
    size_t consumed;
    size_t produced;
    int status;
} cisal_step;

/* A stream at its beginning, of gzip (1) or zlib (0); NULL without memory. */
cisal_inflater *cisal_inflater_new(int is_gzip);
void cisal_inflater_free(cisal_inflater *inflater);

/* Prepares for the next member. */
void cisal_inflater_restart(cisal_inflater *inflater);

/* Expands as much as input and room allow. What was taken from the input may come out of a later step, also of one
   without input. A member of gzip takes no byte behind it, a stream of zlib up to three. */
cisal_step cisal_inflate(cisal_inflater *inflater, const void *input, size_t count, void *output, size_t room);

/* What a status below 0 means. */
const char *cisal_reason(int status);

/* A compressor; one thread at a time. */
typedef struct cisal_deflater cisal_deflater;

/* NULL without memory. */
cisal_deflater *cisal_deflater_new(void);
void cisal_deflater_free(cisal_deflater *deflater);

/* The room that `cisal_deflate` wants for some bytes. */
size_t cisal_deflate_bound(size_t count);

/* Compresses less than 4 GiB into a whole deflate stream without a wrapping; `output` has room for the bound. The same
   input gives the same bytes on every x86 processor with SSE 4.2. Returns their number, 0 on failure. */
size_t cisal_deflate(cisal_deflater *deflater, const void *input, size_t count, void *output);

const char *cisal_version(void);
