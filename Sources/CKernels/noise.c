#include "include/tessera_noise.h"

#include "dispatch.h"
#include "vector_types.h"

// A product and a sum that are rounded once would give other bytes than two roundings.
#pragma clang fp contract(off)

#define TESSERA_BODY "noise.body.h"
#include "every_level.h"

void tessera_add_noise(
    enum tessera_level level, enum tessera_noise_kind kind, uint64_t key, int64_t count, float size, float black,
    float *samples) {
    TESSERA_CALL(level, add_noise, kind, key, count, size, black, samples);
}

void tessera_add_counts(
    enum tessera_level level, const tessera_counts *counts, uint64_t key, uint64_t second_key, int64_t count,
    float *samples) {
    TESSERA_CALL(level, add_counts, counts, key, second_key, count, samples);
}
