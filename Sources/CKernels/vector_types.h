// Vectors of 16 lanes, which every level has: one register of AVX-512, two of AVX2, four of the baseline.
#pragma once
#include <stdint.h>

typedef float f32x16 __attribute__((vector_size(64)));
typedef int32_t i32x16 __attribute__((vector_size(64)));
typedef uint32_t u32x16 __attribute__((vector_size(64)));
typedef uint8_t u8x16_unaligned __attribute__((vector_size(16), aligned(1)));
typedef uint16_t u16x16_unaligned __attribute__((vector_size(32), aligned(2)));
typedef int16_t i16x16_unaligned __attribute__((vector_size(32), aligned(2)));
typedef float f32x16_unaligned __attribute__((vector_size(64), aligned(4)));
typedef int32_t i32x16_unaligned __attribute__((vector_size(64), aligned(4)));
typedef float f32x4 __attribute__((vector_size(16)));
typedef float f32x4_unaligned __attribute__((vector_size(16), aligned(4)));

enum { LANES = 16 };

/// The number of lanes that hold a number of values: whole vectors.
static inline int32_t tessera_padded(int32_t count) { return (count + LANES - 1) & ~(LANES - 1); }

// Vectors are passed to functions that become part of their callers: how they would be passed otherwise does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
