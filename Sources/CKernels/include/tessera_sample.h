#pragma once
#include "tessera_level.h"

enum tessera_type {
    TESSERA_UINT8,
    TESSERA_INT8,
    TESSERA_UINT16,
    TESSERA_INT16,
    TESSERA_INT32,
    TESSERA_FLOAT32,
    TESSERA_BOOL,
    TESSERA_UINT32,
    TESSERA_INT64,
    TESSERA_UINT64,
    TESSERA_FLOAT16,
    TESSERA_FLOAT64,
};

enum tessera_interpolation {
    TESSERA_NEAREST,
    TESSERA_LINEAR,
    TESSERA_CATMULL_ROM,
    TESSERA_SHARP_CUBIC,
    TESSERA_LANCZOS4,
};

enum tessera_border {
    TESSERA_BORDER_CONSTANT,
    TESSERA_BORDER_REPLICATE,
    TESSERA_BORDER_REFLECT,
    TESSERA_BORDER_REFLECT101,
    TESSERA_BORDER_WRAP,
};

/// How far tables of a border reach beyond both ends of an axis.
enum { TESSERA_BORDER_REACH = 24 };

/// What is sampled: places inside one block of memory. Distances are counted in samples and fit 31 bits, the block within one channel
/// too; it has 8 bytes at least.
typedef struct {
    /// The sample at (0, 0, 0) of the first channel.
    const void *base;
    /// Number of samples from `base` to the end of the block.
    int64_t end;
    /// One of the first six types; for labels the number of bytes matters alone.
    enum tessera_type type;
    int32_t channels;
    /// Along x, y and z; z is 1 for pictures.
    int32_t size[3];
    int32_t stride[3];
    int64_t channel_stride;
    enum tessera_border border;
    /// What is outside with a constant border, and where a place is NaN.
    float fill;
    /// For each axis which sample stands for the positions from −TESSERA_BORDER_REACH to size + TESSERA_BORDER_REACH − 1; −1 for the
    /// fill.
    const int32_t *indices[3];
} tessera_source;

/// Samples at places (in pixels from the center of the first one) as one row of floats per channel, `plane_stride` floats apart.
///
/// Arrays have room for whole vectors of 16. `flat`: z is 0 throughout.
void tessera_sample(
    enum tessera_level level, const tessera_source *source, enum tessera_interpolation interpolation, int32_t flat,
    int32_t count, const float *xs, const float *ys, const float *zs, float *planes, int64_t plane_stride);

/// The sample that holds each place, as it is: 1, 2, 4 or 8 bytes. `fill` is what is outside.
///
/// Results are `result_stride` samples apart, those of the next channel `result_channel_stride`.
void tessera_sample_labels(
    enum tessera_level level, const tessera_source *source, int32_t bytes, uint64_t fill, int32_t flat, int32_t count,
    const float *xs, const float *ys, const float *zs, void *result, int64_t result_stride,
    int64_t result_channel_stride);
