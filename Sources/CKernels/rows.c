#include "include/tessera_rows.h"

#include "dispatch.h"
#include "vector_types.h"

#define TESSERA_BODY "rows.body.h"
#include "every_level.h"

void tessera_load(
    enum tessera_level level, enum tessera_type type, const void *source, int64_t stride, int32_t count,
    float *result) {
    TESSERA_CALL(level, load_row, type, source, stride, count, result);
}

void tessera_look_up_bytes(const uint8_t *source, int64_t stride, int32_t count, const float *table, float *result) {
    for (int32_t i = 0; i < count; i++) result[i] = table[source[i * stride]];
    for (int32_t i = count; i < tessera_padded(count); i++) result[i] = 0;
}

void tessera_load_interleaved_bytes(
    enum tessera_level level, const uint8_t *source, int32_t channels, int32_t count, float *planes,
    int64_t plane_stride) {
    TESSERA_CALL(level, load_interleaved_bytes, source, channels, count, planes, plane_stride);
}

void tessera_store(
    enum tessera_level level, enum tessera_type type, const float *source, int32_t count, void *result,
    int64_t stride) {
    TESSERA_CALL(level, store_row, type, source, count, result, stride);
}

void tessera_store_interleaved_bytes(
    enum tessera_level level, const float *planes, int64_t plane_stride, int32_t channels, int32_t count,
    uint8_t *result) {
    TESSERA_CALL(level, store_interleaved_bytes, planes, plane_stride, channels, count, result);
}

void tessera_measure(
    enum tessera_level level, const float *planes, int64_t plane_stride, int32_t channels, int32_t count,
    double *result) {
    TESSERA_CALL(level, measure, planes, plane_stride, channels, count, result);
}

void tessera_average(
    enum tessera_level level, const float *planes, int64_t plane_stride, int32_t channels, int32_t count,
    double *result) {
    TESSERA_CALL(level, average, planes, plane_stride, channels, count, result);
}
