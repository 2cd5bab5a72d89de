#include "dispatch.h"

#include "tessera_turn.h"

#define TESSERA_BODY "turn.body.h"
#include "every_level.h"

void tessera_transpose(enum tessera_level level, const uint8_t *source, int64_t source_stride, int64_t width,
                       int64_t height, int64_t size, uint8_t *result, int64_t result_stride) {
    TESSERA_CALL(level, transpose, source, source_stride, width, height, size, result, result_stride);
}

void tessera_mirror(enum tessera_level level, const uint8_t *source, int64_t source_stride, int64_t width,
                    int64_t height, int64_t size, uint8_t *result, int64_t result_stride) {
    TESSERA_CALL(level, mirror, source, source_stride, width, height, size, result, result_stride);
}
