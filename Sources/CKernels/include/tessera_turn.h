#pragma once
#include <stdint.h>

#include "tessera_level.h"

/// Exchanges rows and columns: element (x, y) of the source becomes (y, x) of the result.
///
/// Strides between rows are in bytes and may be negative. `size` is that of an element in bytes.
void tessera_transpose(enum tessera_level level, const uint8_t *source, int64_t source_stride, int64_t width,
                       int64_t height, int64_t size, uint8_t *result, int64_t result_stride);

/// Puts the elements of each row in reverse order; strides and size as above.
void tessera_mirror(enum tessera_level level, const uint8_t *source, int64_t source_stride, int64_t width,
                    int64_t height, int64_t size, uint8_t *result, int64_t result_stride);
