#pragma once
#include "tessera_level.h"

enum tessera_stage_kind {
    TESSERA_STAGE_AFFINE,
    TESSERA_STAGE_PERSPECTIVE,
    TESSERA_STAGE_RADIAL,
    TESSERA_STAGE_B_SPLINE,
    TESSERA_STAGE_LATTICE,
    TESSERA_STAGE_WINDOW,
};

/// One step from places in a result to places in its source. Places are counted in pixels from the center of the first one.
typedef struct {
    enum tessera_stage_kind kind;
    /// Whether the stage is undone instead, by iteration; not for affine and projective maps.
    int32_t is_inverse;
    /// Affine: three rows of four. Projective: three rows of three. Radial: center x and y, 1/focal length x and y, k1, k2.
    /// Windows: size along x, y, z, and a `tessera_border`.
    double numbers[12];
    /// Lattices: places of the first point, and 1/spacing.
    double origin[3], scale[3];
    /// Number of points.
    int32_t counts[3];
    /// Four floats for each point, the fourth one 0. Rows begin with 3 more copies of their first point and end with 4 more of their
    /// last.
    const float *points;
    /// Distance between the lists of ``tessera_find_cells``.
    int32_t cell_room;
    /// What ``tessera_find_cells`` gave; NULL where no row of a result stays a row along x in the lattice.
    const float *cells;
} tessera_stage;

/// Floats of the list of an axis and a degree for so many points along x.
int32_t tessera_cell_room(int32_t points);

/// Finds what each row of points says of the cells between its points: along x a displacement is a polynomial in each, of degree 3 for
/// B-splines and 1 for others. For each row, axis and degree a list of `cell_room` floats, which begins two cells before the first point.
void tessera_find_cells(const tessera_stage *stage, float *cells);

/// Fills the places in the source of `count` pixels of a row of the result, which begins at pixel (x, y, z).
///
/// `flat`: z is 0 throughout and `zs` is not used. Each array has room for whole vectors of 16, the rest of which repeats the last
/// place. `scratch` has room for 16 · (the largest number of points along x + 32) floats, and for 6 rows.
void tessera_coordinates(
    enum tessera_level level, const tessera_stage *stages, int32_t stage_count, int32_t flat, int64_t x, int64_t y,
    int64_t z, int32_t count, float *xs, float *ys, float *zs, float *scratch);
