#include "include/tessera_sample.h"

#include "dispatch.h"
#include "vector_types.h"

#define TESSERA_BODY "sample.body.h"
#include "every_level.h"
#define TESSERA_BODY "labels.body.h"
#include "every_level.h"

void tessera_sample(
    enum tessera_level level, const tessera_source *source, enum tessera_interpolation interpolation, int32_t flat,
    int32_t count, const float *xs, const float *ys, const float *zs, float *planes, int64_t plane_stride) {
    TESSERA_CALL(level, sample, source, interpolation, flat, count, xs, ys, zs, planes, plane_stride);
}

void tessera_sample_labels(
    enum tessera_level level, const tessera_source *source, int32_t bytes, uint64_t fill, int32_t flat, int32_t count,
    const float *xs, const float *ys, const float *zs, void *result, int64_t result_stride,
    int64_t result_channel_stride) {
    TESSERA_CALL(
        level, sample_labels, source, bytes, fill, flat, count, xs, ys, zs, result, result_stride,
        result_channel_stride);
}
