#include "include/tessera_coordinates.h"

#include "dispatch.h"
#include "vector_types.h"

/// A row of places on a line: at pixel i of the row, `start + i · step`.
typedef struct {
    double start[3], step[3];
} line_of_places;

// Every level finds the same places to the bit: a product and a sum that are rounded once would move them by a rounding, which noise
// in a picture shows.
#pragma clang fp contract(off)

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
