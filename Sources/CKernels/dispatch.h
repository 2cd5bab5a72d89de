// One body, compiled once for each level.
//
// A family of kernels is a pair of files. `blur.body.h` holds the loops; every function in it is `static` and has its
// name wrapped in LEVELED. `blur.c` has the body compiled for each level and chooses between them:
//
//     // blur.body.h, which has no include guard
//     static void LEVELED(blur_row)(const float *source, float *result, int64_t count) { ... }
//
//     // blur.c
//     #include "dispatch.h"
//     #define TESSERA_BODY "blur.body.h"
//     #include "every_level.h"
//     void tessera_blur_row(enum tessera_level level, const float *source, float *result, int64_t count) {
//         TESSERA_CALL(level, blur_row, source, result, count);
//     }
//
// In a body TESSERA_LEVEL is 0, 1 or 2, for `#if TESSERA_LEVEL == 2` around intrinsics. System headers are included before the
// body, never in it: its functions are compiled with the level's instructions. TESSERA_INLINE makes helpers part of their callers,
// except in debug builds, which do not optimize C.
#pragma once
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tessera_level.h"

#if defined(__x86_64__)
#define TESSERA_X86 1
#include <immintrin.h>
#else
#define TESSERA_X86 0
#endif

#ifdef __OPTIMIZE__
#define TESSERA_INLINE static inline __attribute__((always_inline, unused))
#else
// Debug builds: copies of helpers that nothing simplifies would take a minute to compile.
#define TESSERA_INLINE static __attribute__((unused))
#endif
#define TESSERA_RESTRICT restrict

#if TESSERA_X86
#define TESSERA_CALL(level, name, ...)                                                                                 \
    do {                                                                                                               \
        switch (level) {                                                                                               \
        case TESSERA_AVX512: name##_avx512(__VA_ARGS__); break;                                                        \
        case TESSERA_AVX2: name##_avx2(__VA_ARGS__); break;                                                            \
        default: name##_baseline(__VA_ARGS__); break;                                                                  \
        }                                                                                                              \
    } while (0)
/// The version of a function for a level, for tables and for functions that give a value.
#define TESSERA_CHOOSE(level, name)                                                                                    \
    ((level) == TESSERA_AVX512 ? name##_avx512 : (level) == TESSERA_AVX2 ? name##_avx2 : name##_baseline)
#else
#define TESSERA_CALL(level, name, ...)                                                                                 \
    do {                                                                                                               \
        (void)(level);                                                                                                 \
        name##_baseline(__VA_ARGS__);                                                                                  \
    } while (0)
#define TESSERA_CHOOSE(level, name) ((void)(level), name##_baseline)
#endif
