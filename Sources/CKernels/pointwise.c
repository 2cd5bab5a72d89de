#include "dispatch.h"
#include "include/tessera_rows.h"
#include "vector_types.h"

#define TESSERA_BODY "pointwise.body.h"
#include "every_level.h"

void tessera_operate(
    enum tessera_level level, enum tessera_operation_kind kind, const float *numbers, int32_t channels, int32_t count,
    float *planes, int64_t plane_stride) {
    TESSERA_CALL(level, operate, kind, numbers, channels, count, planes, plane_stride);
}
