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

void tessera_row_to_floats(enum tessera_level level, enum tessera_filter_type type, const void *row, int64_t count,
                           float *result) {
    TESSERA_CALL(level, row_to_floats, type, row, count, result);
}

void tessera_filter_row(enum tessera_level level, enum tessera_filter_type type, const float *const *rows,
                        const float *row_weights, int64_t row_count, int64_t length, const float *weights, int64_t taps,
                        int64_t channels, const int32_t *left, int64_t left_count, const int32_t *right,
                        int64_t right_count, float outside, float *buffer, void *result) {
    TESSERA_CALL(level, filter_row, type, rows, row_weights, row_count, length, weights, taps, channels, left,
                 left_count, right, right_count, outside, buffer, result);
}

void tessera_weigh_rows(enum tessera_level level, const float *const *rows, const float *weights, int64_t row_count,
                        int64_t length, float *result) {
    TESSERA_CALL(level, weigh_any_floats, rows, weights, row_count, length, result);
}
