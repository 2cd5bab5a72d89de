#pragma once
#include <stdint.h>

/// The instructions that a kernel may use. A level other than the baseline must be supported by the machine.
enum tessera_level {
    /// What every processor of the architecture has.
    TESSERA_BASELINE = 0,
    /// x86-64-v3: AVX2, FMA, F16C, BMI.
    TESSERA_AVX2 = 1,
    /// x86-64-v4: AVX-512 F, BW, CD, DQ and VL.
    TESSERA_AVX512 = 2,
};

/// The best level that this machine supports.
enum tessera_level tessera_kernel_level(void);
