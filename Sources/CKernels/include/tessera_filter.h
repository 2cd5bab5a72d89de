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
    /// 1 where the indices of a block are below 32, 2 where they are below 64.
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

/// A plane whose pixels are the means of two by two of its source, which has twice its width and height; 1 to 4 channels.
void tessera_halve(enum tessera_level level, enum tessera_filter_type type, const void *source, int64_t width, int64_t height,
                   int64_t channels, void *result);

/// A separable filter of interleaved samples.
struct tessera_smoothing {
    /// Number of rows and their weights, and for each row of the plane with its borders the one that stands for it; -1 for `outside`.
    int64_t row_count;
    const float *row_weights;
    const int32_t *rows;
    /// Number of weights along rows, and the weights.
    int64_t taps;
    const float *weights;
    int64_t channels;
    /// The samples of a row that stand for those beyond its ends, or -1 for `outside`: anchor·channels before, and
    /// (taps − 1 − anchor)·channels after.
    const int32_t *left, *right;
    int64_t left_count, right_count;
    float outside;
};

/// Floats of the memory that `tessera_filter_plane` works in, for rows of so many samples.
int64_t tessera_filter_scratch(const struct tessera_smoothing *smoothing, int64_t length);

/// A plane filtered: rows are weighed and added up, then correlated along the row. The scratch memory is aligned to 64 bytes.
void tessera_filter_plane(enum tessera_level level, enum tessera_filter_type type, const void *source, int64_t height,
                          int64_t length, const struct tessera_smoothing *smoothing, float *scratch, void *result);

/// Rows of floats weighed and added up.
void tessera_weigh_rows(enum tessera_level level, const float *const *rows, const float *weights, int64_t row_count,
                        int64_t length, float *result);
