#pragma once
#include <stdint.h>

#include "tessera_level.h"

enum tessera_noise_kind {
    /// v + size · n for a standard normal number n.
    TESSERA_NOISE_GAUSSIAN,
    /// v + v · size · n.
    TESSERA_NOISE_SPECKLE,
    /// v + size · l for a number l of the Laplace distribution with a deviation of 1.
    TESSERA_NOISE_LAPLACE,
    /// The magnitude of v − black with normal numbers added to both parts, on the same side of black.
    TESSERA_NOISE_RICIAN,
};

/// Adds the noise of a field to samples, the first of which has the index 0: the numbers of `NoiseField`, to the last bit, at every
/// level.
void tessera_add_noise(
    enum tessera_level level, enum tessera_noise_kind kind, uint64_t key, int64_t count, float size, float black,
    float *samples);

/// Discrete numbers by their distribution function.
typedef struct {
    /// For each of 4096 equal parts from 0 to 1 the number that all of it stands for, times the step; NaN where it stands for several.
    const float *parts;
    /// The probabilities of at most 0, 1, 2 …; the last one counts as 1.
    const double *cumulative;
    int64_t count;
    /// What a number is multiplied by.
    double step;
} tessera_counts;

/// Adds independent numbers of a distribution to samples, the first of which has the index 0; the same at every level.
///
/// Each sample takes 12 bits of the field, and 53 more of a second one where those leave it open.
void tessera_add_counts(
    enum tessera_level level, const tessera_counts *counts, uint64_t key, uint64_t second_key, int64_t count,
    float *samples);
