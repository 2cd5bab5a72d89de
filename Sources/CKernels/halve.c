#include "dispatch.h"
#include "tessera_filter.h"
#include "vector_types.h"

#define TESSERA_BODY "halve.body.h"
#include "every_level.h"

void tessera_halve(enum tessera_level level, enum tessera_filter_type type, const void *source, int64_t width, int64_t height,
                   int64_t channels, void *result) {
    TESSERA_CALL(level, halve, type, source, width, height, channels, result);
}
