#include "vectors.body.h"
#include "places.body.h"

// MARK: Lines

TESSERA_INLINE void LEVELED(fill_line)(double start, double step, int32_t count, float *result) {
    f32x16 first = V(splat)((float)start), slope = V(splat)((float)step), last = V(splat)((float)(count - 1));
    for (int32_t i = 0; i < count; i += LANES) {
        f32x16 number = V(min)(V(to_float)(V(lane_numbers)() + i), last);
        V(store)(result + i, first + slope * number);
    }
}

// MARK: Maps in closed form

static void LEVELED(affine)(const double *numbers, int32_t flat, int32_t count, float *xs, float *ys, float *zs) {
    float m[12];
    for (int i = 0; i < 12; i++) m[i] = (float)numbers[i];
    for (int32_t i = 0; i < count; i += LANES) {
        f32x16 x = V(load)(xs + i), y = V(load)(ys + i), z = flat ? V(splat)(0) : V(load)(zs + i);
        V(store)(xs + i, m[0] * x + (m[1] * y + (m[2] * z + m[3])));
        V(store)(ys + i, m[4] * x + (m[5] * y + (m[6] * z + m[7])));
        if (!flat) V(store)(zs + i, m[8] * x + (m[9] * y + (m[10] * z + m[11])));
    }
}

static void LEVELED(perspective)(const double *numbers, int32_t count, float *xs, float *ys) {
    float m[9];
    for (int i = 0; i < 9; i++) m[i] = (float)numbers[i];
    f32x16 nowhere = V(splat)(NAN);
    for (int32_t i = 0; i < count; i += LANES) {
        f32x16 x = V(load)(xs + i), y = V(load)(ys + i);
        f32x16 w = m[6] * x + (m[7] * y + m[8]);
        f32x16 scale = V(select)(w > 0, 1 / w, nowhere);
        V(store)(xs + i, (m[0] * x + (m[1] * y + m[2])) * scale);
        V(store)(ys + i, (m[3] * x + (m[4] * y + m[5])) * scale);
    }
}

static void LEVELED(radial)(const double *numbers, int32_t count, float *xs, float *ys) {
    float cx = (float)numbers[0], cy = (float)numbers[1], fx = (float)numbers[2], fy = (float)numbers[3];
    float k1 = (float)numbers[4], k2 = (float)numbers[5];
    for (int32_t i = 0; i < count; i += LANES) {
        f32x16 x = V(load)(xs + i) - cx, y = V(load)(ys + i) - cy;
        f32x16 u = x * fx, v = y * fy, square = u * u + v * v;
        f32x16 factor = 1 + square * (k1 + square * k2);
        V(store)(xs + i, cx + x * factor);
        V(store)(ys + i, cy + y * factor);
    }
}

/// The places of an image that stand for those outside; NaN beyond a constant border.
TESSERA_INLINE f32x16 LEVELED(inside_window)(f32x16 place, float size, enum tessera_border border) {
    switch (border) {
    case TESSERA_BORDER_CONSTANT:
        return V(select)((place >= -0.5f) & (place < size - 0.5f), place, V(splat)(NAN));
    case TESSERA_BORDER_WRAP: {
        // Between the last pixel and the first one, the nearer of the two.
        f32x16 edge = V(min)(V(max)(place, V(splat)(-1e8f)), V(splat)(1e8f)) + 0.5f;
        return edge - size * V(to_float)(V(floor)(edge / size)) - 0.5f;
    }
    default: return LEVELED(folded)(place, (int32_t)size, border, 0);
    }
}

static void LEVELED(window)(
    const double *numbers, int32_t flat, int32_t count, float *xs, float *ys, float *zs) {
    enum tessera_border border = (enum tessera_border)numbers[3];
    float *const places[3] = {xs, ys, zs};
    for (int axis = 0; axis < (flat ? 2 : 3); axis++) {
        float *row = places[axis];
        for (int32_t i = 0; i < count; i += LANES) {
            f32x16 place = V(load)(row + i);
            f32x16 inside = LEVELED(inside_window)(place, (float)numbers[axis], border);
            V(store)(row + i, V(select)(place == place, inside, place));
        }
    }
}

// MARK: Lattices

/// The weights of the taps of one axis, and the first of them.
TESSERA_INLINE int32_t LEVELED(taps)(double place, int32_t count, int cubic, float *weights) {
    place = place > -2 ? place : -2;
    place = place < count + 1 ? place : count + 1;
    int32_t whole = (int32_t)(place + 8) - 8;
    float t = (float)(place - whole), s = 1 - t;
    if (!cubic) {
        weights[0] = s;
        weights[1] = t;
        return whole;
    }
    weights[0] = s * s * s / 6;
    weights[1] = (t * t * (3 * t - 6) + 4) / 6;
    weights[2] = (t * (t * (3 - 3 * t) + 3) + 1) / 6;
    weights[3] = t * t * t / 6;
    return whole - 1;
}

/// The number of a row of points; beyond the lattice that of its outermost one.
TESSERA_INLINE int64_t LEVELED(row_number)(const tessera_stage *stage, int32_t j, int32_t k) {
    int32_t ny = stage->counts[1], nz = stage->counts[2];
    j = j < 0 ? 0 : j >= ny ? ny - 1 : j;
    k = k < 0 ? 0 : k >= nz ? nz - 1 : k;
    return (int64_t)k * ny + j;
}

TESSERA_INLINE const float *LEVELED(lattice_row)(const tessera_stage *stage, int32_t j, int32_t k) {
    return stage->points + LEVELED(row_number)(stage, j, k) * (stage->counts[0] + POINTS_ADDED) * 4;
}

/// The polynomials of some cells on a row at a height y and a depth z: for each axis and degree as many floats as `room`.
TESSERA_INLINE void LEVELED(blend_cells)(
    const tessera_stage *stage, const int cubic, int axes, double y, double z, int32_t first, int32_t cells,
    int32_t room, float *table) {
    float wy[4], wz[4], weights[16];
    int32_t j = LEVELED(taps)((y - stage->origin[1]) * stage->scale[1], stage->counts[1], cubic, wy);
    int32_t k = LEVELED(taps)((z - stage->origin[2]) * stage->scale[2], stage->counts[2], cubic, wz);
    const int reach = cubic ? 4 : 2, degrees = cubic ? 4 : 2;
    int32_t layers = reach, rows = 0, length = 3 * degrees * stage->cell_room;
    if (stage->counts[2] == 1) {
        // All layers are the same, and weights add up to 1.
        layers = 1;
        wz[0] = 1;
    }
    const float *starts[16];
    for (int32_t c = 0; c < layers; c++) {
        for (int32_t b = 0; b < reach; b++) {
            weights[rows] = wy[b] * wz[c];
            if (weights[rows] == 0) continue;
            starts[rows++] = stage->cells + LEVELED(row_number)(stage, j + b, k + c) * length + first + CELLS_BEFORE;
        }
    }
    for (int32_t n = 0; n < cells; n += LANES) {
        for (int axis = 0; axis < axes; axis++) {
            int64_t start = (int64_t)axis * degrees * stage->cell_room + n;
            f32x16 sums[4] = {0};
            for (int32_t row = 0; row < rows; row++)
                for (int degree = 0; degree < degrees; degree++)
                    sums[degree] += weights[row] * V(load)(starts[row] + start + degree * stage->cell_room);
            for (int degree = 0; degree < degrees; degree++)
                V(store)(table + (axis * degrees + degree) * room + n, sums[degree]);
        }
    }
}

/// The part of a row that lies in a lattice: its first place and its step in cells of a table, and where they end.
typedef struct {
    float start, step, low, high;
    int32_t cells, room;
} LEVELED(row_of_cells);

/// Places displaced by the polynomials of the cells that they lie in.
TESSERA_INLINE void LEVELED(follow_cells)(
    const float *table, LEVELED(row_of_cells) row, const int degrees, const int32_t largest, int axes,
    const line_of_places *line, int32_t count, float *const *results) {
    f32x16 low = V(splat)(row.low), high = V(splat)(row.high), start = V(splat)(row.start), step = V(splat)(row.step);
    f32x16 end = V(splat)((float)(count - 1));
    float from[3], by[3];
    for (int axis = 0; axis < 3; axis++) {
        from[axis] = (float)line->start[axis];
        by[axis] = (float)line->step[axis];
    }
    for (int32_t i = 0; i < count; i += LANES) {
        f32x16 number = V(min)(V(to_float)(V(lane_numbers)() + i), end);
        f32x16 u = V(min)(V(max)(start + step * number, low), high);
        i32x16 cell = V(min_int)(V(to_int)(u), V(splat_int)(row.cells - 1));
        f32x16 t = u - V(to_float)(cell);
        for (int axis = 0; axis < axes; axis++) {
            const float *entry = table + axis * degrees * row.room;
            f32x16 sum = V(look_up)(entry + (degrees - 1) * row.room, cell, largest);
            for (int degree = degrees - 2; degree >= 0; degree--)
                sum = sum * t + V(look_up)(entry + degree * row.room, cell, largest);
            V(store)(results[axis] + i, sum + (from[axis] + by[axis] * number));
        }
    }
}

/// The displacements of a row on which y and z are constant: each cell of the lattice is a polynomial of x.
TESSERA_INLINE void LEVELED(displace_row)(
    const tessera_stage *stage, const int cubic, int axes, const line_of_places *line, int32_t count,
    float *const *results, float *table) {
    double start = (line->start[0] - stage->origin[0]) * stage->scale[0], step = line->step[0] * stage->scale[0];
    double low = -CELLS_BEFORE, high = stage->counts[0] + 1, ends[2] = {start, start + step * (count - 1)};
    for (int i = 0; i < 2; i++) ends[i] = !(ends[i] > low) ? low : ends[i] > high ? high : ends[i];
    // One more on each side: ends are rounded to float below.
    int32_t first = (int32_t)floor(fmin(ends[0], ends[1])) - 1, last = (int32_t)floor(fmax(ends[0], ends[1])) + 1;
    first = first < -CELLS_BEFORE ? -CELLS_BEFORE : first;
    last = last > stage->counts[0] + 1 ? stage->counts[0] + 1 : last;
    int32_t cells = last - first + 1, room = tessera_padded(cells);
    const int degrees = cubic ? 4 : 2;
    LEVELED(blend_cells)(stage, cubic, axes, line->start[1], line->start[2], first, cells, room, table);
    // Counted from the first cell: more bits are left for the place in the cell.
    float lowest = (float)(low - first), highest = (float)(high - first);
    LEVELED(row_of_cells) row = {(float)(start - first), (float)step, lowest > 0 ? lowest : 0,
                                 highest < (float)cells ? highest : (float)cells, cells, room};
    // Small tables stay in registers.
    if (cells <= 16)
        LEVELED(follow_cells)(table, row, degrees, 16, axes, line, count, results);
    else if (cells <= 32)
        LEVELED(follow_cells)(table, row, degrees, 32, axes, line, count, results);
    else
        LEVELED(follow_cells)(table, row, degrees, INT32_MAX, axes, line, count, results);
}

static void LEVELED(displace_line)(
    const tessera_stage *stage, int32_t flat, const line_of_places *line, int32_t count, float *const *results,
    float *table) {
    if (stage->kind == TESSERA_STAGE_B_SPLINE)
        LEVELED(displace_row)(stage, 1, flat ? 2 : 3, line, count, results, table);
    else
        LEVELED(displace_row)(stage, 0, flat ? 2 : 3, line, count, results, table);
}

/// The displacement at any one place.
TESSERA_INLINE f32x4 LEVELED(displacement)(const tessera_stage *stage, int cubic, float x, float y, float z) {
    float wx[4], wy[4], wz[4];
    const double *origin = stage->origin, *scale = stage->scale;
    int32_t i = LEVELED(taps)((x - origin[0]) * scale[0], stage->counts[0], cubic, wx);
    int32_t j = LEVELED(taps)((y - origin[1]) * scale[1], stage->counts[1], cubic, wy);
    int32_t k = LEVELED(taps)((z - origin[2]) * scale[2], stage->counts[2], cubic, wz);
    int64_t start = 4 * ((int64_t)i + POINTS_BEFORE);
    int32_t reach = cubic ? 4 : 2;
    if (cubic) {
        f32x16 sum = {0};
        for (int32_t c = 0; c < 4; c++) {
            for (int32_t b = 0; b < 4; b++)
                sum += V(load)(LEVELED(lattice_row)(stage, j + b, k + c) + start) * (wy[b] * wz[c]);
        }
        f32x4 a = __builtin_shufflevector(sum, sum, 0, 1, 2, 3), b = __builtin_shufflevector(sum, sum, 4, 5, 6, 7);
        f32x4 c = __builtin_shufflevector(sum, sum, 8, 9, 10, 11), d = __builtin_shufflevector(sum, sum, 12, 13, 14, 15);
        return (a * wx[0] + b * wx[1]) + (c * wx[2] + d * wx[3]);
    }
    f32x4 sum = {0};
    for (int32_t c = 0; c < reach; c++) {
        for (int32_t b = 0; b < reach; b++) {
            const float *points = LEVELED(lattice_row)(stage, j + b, k + c) + start;
            f32x4 along = *(const f32x4_unaligned *)points * wx[0] + *(const f32x4_unaligned *)(points + 4) * wx[1];
            sum += along * (wy[b] * wz[c]);
        }
    }
    return sum;
}

static void LEVELED(displace)(
    const tessera_stage *stage, int cubic, int32_t flat, int32_t count, float *xs, float *ys, float *zs) {
    for (int32_t i = 0; i < count; i++) {
        f32x4 by = LEVELED(displacement)(stage, cubic, xs[i], ys[i], flat ? 0 : zs[i]);
        xs[i] += by[0];
        ys[i] += by[1];
        if (!flat) zs[i] += by[2];
    }
}

// MARK: Stages

static void LEVELED(forward)(
    const tessera_stage *stage, int32_t flat, int32_t count, float *xs, float *ys, float *zs) {
    switch (stage->kind) {
    case TESSERA_STAGE_AFFINE: LEVELED(affine)(stage->numbers, flat, count, xs, ys, zs); break;
    case TESSERA_STAGE_PERSPECTIVE: LEVELED(perspective)(stage->numbers, count, xs, ys); break;
    case TESSERA_STAGE_RADIAL: LEVELED(radial)(stage->numbers, count, xs, ys); break;
    case TESSERA_STAGE_WINDOW: LEVELED(window)(stage->numbers, flat, count, xs, ys, zs); break;
    case TESSERA_STAGE_B_SPLINE: LEVELED(displace)(stage, 1, flat, count, xs, ys, zs); break;
    case TESSERA_STAGE_LATTICE: LEVELED(displace)(stage, 0, flat, count, xs, ys, zs); break;
    }
}

/// Solves f(q) = p by q ← q − (f(q) − p); where that does not come to an end, q is NaN.
static void LEVELED(backward)(
    const tessera_stage *stage, int32_t flat, int32_t count, float *xs, float *ys, float *zs, float *scratch) {
    int32_t padded = tessera_padded(count), axes = flat ? 2 : 3;
    size_t bytes = (size_t)padded * sizeof(float);
    float *places[3] = {xs, ys, zs}, *targets[3], *images[3];
    for (int axis = 0; axis < 3; axis++) {
        targets[axis] = scratch + axis * padded;
        images[axis] = scratch + (3 + axis) * padded;
        if (axis < axes) memcpy(targets[axis], places[axis], bytes);
    }
    for (int round = 0; round < 100; round++) {
        for (int axis = 0; axis < axes; axis++) memcpy(images[axis], places[axis], bytes);
        LEVELED(forward)(stage, flat, padded, images[0], images[1], images[2]);
        int is_last = round == 99;
        f32x16 worst = {0};
        for (int32_t i = 0; i < padded; i += LANES) {
            f32x16 size = {0};
            for (int axis = 0; axis < axes; axis++) {
                f32x16 error = V(load)(images[axis] + i) - V(load)(targets[axis] + i);
                // The float's own resolution far from the origin is no error of the iteration.
                size = V(max)(V(abs)(error) - 4e-7f * V(abs)(V(load)(targets[axis] + i)), size);
                V(store)(places[axis] + i, V(load)(places[axis] + i) - error);
            }
            if (is_last) {
                for (int axis = 0; axis < axes; axis++)
                    V(store)(places[axis] + i, V(select)(size < 1e-2f, V(load)(places[axis] + i), V(splat)(NAN)));
            }
            worst = V(max)(size, worst);
        }
        if (V(all)(worst < 2e-5f)) return;
    }
}

static void LEVELED(coordinates)(
    const line_of_places *line, const tessera_stage *stages, int32_t stage_count, int32_t flat, int32_t count,
    float *xs, float *ys, float *zs, float *scratch) {
    int32_t done = 0;
    int is_row = line->step[1] == 0 && line->step[2] == 0;
    if (is_row && stage_count > 0 && stages->cells) {
        float *const results[3] = {xs, ys, zs};
        LEVELED(displace_line)(stages, flat, line, count, results, scratch);
        done = 1;
    } else {
        LEVELED(fill_line)(line->start[0], line->step[0], count, xs);
        LEVELED(fill_line)(line->start[1], line->step[1], count, ys);
        if (!flat) LEVELED(fill_line)(line->start[2], line->step[2], count, zs);
    }
    for (; done < stage_count; done++) {
        if (stages[done].is_inverse)
            LEVELED(backward)(stages + done, flat, count, xs, ys, zs, scratch);
        else
            LEVELED(forward)(stages + done, flat, tessera_padded(count), xs, ys, zs);
    }
}
#undef V
