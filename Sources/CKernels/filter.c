#include "dispatch.h"

#include "tessera_filter.h"

// Vectors of 16 floats are wider than the registers of some levels; every function that takes or gives one is inlined.
#pragma clang diagnostic ignored "-Wpsabi"
#define TESSERA_BODY "filter.body.h"
#include "every_level.h"

void tessera_resize_row(enum tessera_level level, enum tessera_filter_type type, const void *const *rows,
                        const float *row_weights, int64_t row_count, int64_t length, const struct tessera_taps *taps,
                        float *buffer, void *result) {
    TESSERA_CALL(level, resize_row, type, rows, row_weights, row_count, length, taps, buffer, result);
}

int64_t tessera_filter_scratch(const struct tessera_smoothing *smoothing, int64_t length) {
    // Pointers to rows, the row outside, the ring of rows, and the row with what is beyond its ends.
    int64_t stride = (length + 15) / 16 * 16;
    return 2 * smoothing->row_count + (smoothing->row_count + 1) * stride + length +
           smoothing->taps * smoothing->channels + 64;
}

void tessera_filter_plane(enum tessera_level level, enum tessera_filter_type type, const void *source, int64_t height,
                          int64_t length, const struct tessera_smoothing *smoothing, float *scratch, void *result) {
    TESSERA_CALL(level, filter_plane, type, source, height, length, smoothing, scratch, result);
}

void tessera_weigh_rows(enum tessera_level level, const float *const *rows, const float *weights, int64_t row_count,
                        int64_t length, float *result) {
    TESSERA_CALL(level, weigh_any_floats, rows, weights, row_count, length, result);
}
