// Includes TESSERA_BODY once for each level of the architecture; see dispatch.h. No include guard: a file may have several bodies.

#define TESSERA_LEVEL 0
#define LEVELED(name) name##_baseline
#include TESSERA_BODY
#undef LEVELED
#undef TESSERA_LEVEL

#if TESSERA_X86

#define TESSERA_LEVEL 1
#define LEVELED(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)
#include TESSERA_BODY
#pragma clang attribute pop
#undef LEVELED
#undef TESSERA_LEVEL

#define TESSERA_LEVEL 2
#define LEVELED(name) name##_avx512
#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512cd,avx512dq,avx512vl"))),        \
    apply_to = function)
#include TESSERA_BODY
#pragma clang attribute pop
#undef LEVELED
#undef TESSERA_LEVEL

#endif

#undef TESSERA_BODY
