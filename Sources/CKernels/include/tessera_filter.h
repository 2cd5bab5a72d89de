#pragma once
#include <stdint.h>

#include "tessera_level.h"

/// The types of samples that are filtered and resized.
enum tessera_filter_type { TESSERA_FILTER_U8 = 0, TESSERA_FILTER_U16 = 1, TESSERA_FILTER_I16 = 2, TESSERA_FILTER_F32 = 3 };

/// How the samples of a row share in those of a longer or shorter row, in blocks of 16 new samples.
struct tessera_taps {
    /// Number of new samples, and of blocks, the last of which may be partial.
    int64_t count;
    /// Old samples that share in each new one, at most.
    int64_t taps;
    /// For each block the old sample from which its indices count.
    const int32_t *bases;
    /// Whether the indices of a block are below 32.
    const uint8_t *near;
    /// For each block and tap 16 indices, and 16 weights.
    const int32_t *indices;
    const float *weights;
};

/// One row of a resized picture: `rows` sources weighed and added up, then the taps along the row.
///
/// `length` is the number of samples in each source; `buffer` holds length + 64 floats.
void tessera_resize_row(enum tessera_level level, enum tessera_filter_type type, const void *const *rows,
                        const float *row_weights, int64_t row_count, int64_t length, const struct tessera_taps *taps,
                        float *buffer, void *result);

/// One row of floats from samples, with `before` and `after` places left for `tessera_extend_row`.
void tessera_row_to_floats(enum tessera_level level, enum tessera_filter_type type, const void *row, int64_t count,
                           float *result);

/// One row of a separable filter: `tap_rows` rows weighed and added up, then correlated along the row.
///
/// Each of `rows` has `length` floats. `left` and `right` are the samples of the row that stand for those beyond its
/// ends, or -1 for `outside`: `anchor`·channels before, (taps − 1 − anchor)·channels after. `buffer` holds all of them.
void tessera_filter_row(enum tessera_level level, enum tessera_filter_type type, const float *const *rows,
                        const float *row_weights, int64_t row_count, int64_t length, const float *weights, int64_t taps,
                        int64_t channels, const int32_t *left, int64_t left_count, const int32_t *right,
                        int64_t right_count, float outside, float *buffer, void *result);

/// Rows of floats weighed and added up.
void tessera_weigh_rows(enum tessera_level level, const float *const *rows, const float *weights, int64_t row_count,
                        int64_t length, float *result);
