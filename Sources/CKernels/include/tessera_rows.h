#pragma once
#include "tessera_sample.h"

/// Samples of a row, `stride` samples apart, as floats; the rest of the last vector of 16 is 0.
void tessera_load(
    enum tessera_level level, enum tessera_type type, const void *source, int64_t stride, int32_t count,
    float *result);

/// Pixels of interleaved bytes as one row of floats per channel.
void tessera_load_interleaved_bytes(
    enum tessera_level level, const uint8_t *source, int32_t channels, int32_t count, float *planes,
    int64_t plane_stride);

/// Bytes of a row, `stride` bytes apart, as the floats of a table of 256; the rest of the last vector of 16 is 0.
void tessera_look_up_bytes(const uint8_t *source, int64_t stride, int32_t count, const float *table, float *result);

/// Floats as samples of a row, `stride` samples apart: rounded half away from zero and limited to the range of an integer type, where
/// NaN becomes 0. Bool: whether a value is neither 0 nor NaN.
void tessera_store(
    enum tessera_level level, enum tessera_type type, const float *source, int32_t count, void *result,
    int64_t stride);

/// One row of floats per channel as pixels of interleaved bytes.
void tessera_store_interleaved_bytes(
    enum tessera_level level, const float *planes, int64_t plane_stride, int32_t channels, int32_t count,
    uint8_t *result);

/// Mean, sum of squared distances from it, minimum and maximum of each channel of a row of up to 512 pixels, one after the other; NaN
/// is neither minimum nor maximum.
void tessera_measure(
    enum tessera_level level, const float *planes, int64_t plane_stride, int32_t channels, int32_t count,
    double *result);

/// The mean of each channel of such a row: the first of its statistics.
void tessera_average(
    enum tessera_level level, const float *planes, int64_t plane_stride, int32_t channels, int32_t count,
    double *result);

enum tessera_operation_kind {
    /// numbers: a scale and a bias for each channel.
    TESSERA_LINEAR_OPERATION,
    /// numbers: three rows of four.
    TESSERA_MATRIX_OPERATION,
    /// numbers: exponent, black, white.
    TESSERA_POWER_OPERATION,
    /// numbers: hue in sixths of a turn, saturation, value, white.
    TESSERA_HSV_OPERATION,
    /// numbers: three rows of four, white, floor.
    TESSERA_DENSITY_OPERATION,
    /// numbers: lower, upper, length, number of tables (1 or one per channel), then the tables.
    TESSERA_TABLE_OPERATION,
    /// numbers: a lower and an upper limit for each channel.
    TESSERA_LIMITS_OPERATION,
};

/// Changes a row of `channels` planes of floats in place; planes have room for whole vectors of 16.
void tessera_operate(
    enum tessera_level level, enum tessera_operation_kind kind, const float *numbers, int32_t channels, int32_t count,
    float *planes, int64_t plane_stride);
