#include "include/tessera_coordinates.h"

#include "dispatch.h"
#include "include/tessera_sample.h"
#include "vector_types.h"

/// A row of places on a line: at pixel i of the row, `start + i · step`.
typedef struct {
    double start[3], step[3];
} line_of_places;

// Every level finds the same places to the bit: a product and a sum that are rounded once would move them by a rounding, which noise
// in a picture shows.
#pragma clang fp contract(off)

/// Points and cells before the first one of a row, and how many points more a row has in memory.
enum { POINTS_BEFORE = 3, POINTS_ADDED = 7, CELLS_BEFORE = 2 };

#define TESSERA_BODY "coordinates.body.h"
#include "every_level.h"

void tessera_coordinates(
    enum tessera_level level, const tessera_stage *stages, int32_t stage_count, int32_t flat, int64_t x, int64_t y,
    int64_t z, int32_t count, float *xs, float *ys, float *zs, float *scratch) {
    line_of_places line = {{(double)x, (double)y, (double)z}, {1, 0, 0}};
    int32_t done = 0;
    // Affine maps of a line are a line, in double precision.
    for (; done < stage_count && stages[done].kind == TESSERA_STAGE_AFFINE; done++) {
        line_of_places next;
        for (int i = 0; i < 3; i++) {
            const double *row = stages[done].numbers + 4 * i;
            next.start[i] = row[0] * line.start[0] + row[1] * line.start[1] + row[2] * line.start[2] + row[3];
            next.step[i] = row[0] * line.step[0] + row[1] * line.step[1] + row[2] * line.step[2];
        }
        if (flat) next.start[2] = next.step[2] = 0;
        line = next;
    }
    TESSERA_CALL(level, coordinates, &line, stages + done, stage_count - done, flat, count, xs, ys, zs, scratch);
}

int32_t tessera_cell_room(int32_t points) { return tessera_padded(points + 2 * CELLS_BEFORE) + LANES; }

void tessera_find_cells(const tessera_stage *stage, float *cells) {
    int cubic = stage->kind == TESSERA_STAGE_B_SPLINE;
    int32_t room = stage->cell_room, degrees = cubic ? 4 : 2, rows = stage->counts[1] * stage->counts[2];
    for (int32_t row = 0; row < rows; row++) {
        const float *points = stage->points + (int64_t)row * (stage->counts[0] + POINTS_ADDED) * 4;
        for (int axis = 0; axis < 3; axis++, cells += degrees * room) {
            memset(cells, 0, (size_t)(degrees * room) * sizeof(float));
            for (int32_t cell = 0; cell < stage->counts[0] + 2 * CELLS_BEFORE; cell++) {
                // The point at the beginning of the cell, between those before and behind it.
                const float *p = points + 4 * (cell + POINTS_BEFORE - CELLS_BEFORE) + axis;
                float a = p[-4], b = p[0], c = p[4];
                cells[cell] = cubic ? (a + 4 * b + c) * (1.0f / 6) : b;
                cells[cell + room] = cubic ? (c - a) * 0.5f : c - b;
                if (!cubic) continue;
                cells[cell + 2 * room] = (a - 2 * b + c) * 0.5f;
                cells[cell + 3 * room] = (p[8] - 3 * c + 3 * b - a) * (1.0f / 6);
            }
        }
    }
}
