#include "dispatch.h"
#include "tessera_tiles.h"
#include "vector_types.h"

// Sums of products are rounded after each step at every level: halves would otherwise fall to either side.
#pragma STDC FP_CONTRACT OFF

enum { TESSERA_COUNTERS = 4 };

/// Where the parts of the scratch memory begin.
struct tiles_memory {
    /// Bins, for several counters that take turns.
    int32_t *counts;
    /// The tables of two rows of tiles, `stride` entries apart: what each level becomes.
    uint16_t *tables;
    int64_t stride;
    /// For each pair of neighboring tiles (and those at the edges) the entries of four tables of bytes side by side.
    uint32_t *quads;
    /// A row of one channel, before and after.
    uint16_t *row, *result;
};

static int64_t counters_of(const struct tessera_tiles *t) { return t->bytes == 1 ? TESSERA_COUNTERS : 1; }
/// Entries of a table, with room for reading past the last one.
static int64_t table_stride(const struct tessera_tiles *t) { return t->levels + 32; }

int64_t tessera_tiles_scratch(const struct tessera_tiles *t) {
    int64_t counts = 4 * counters_of(t) * t->levels, tables = 2 * 2 * t->columns * table_stride(t);
    int64_t quads = t->bytes == 1 ? 4 * (t->columns + 1) * t->levels : 0, rows = 2 * 2 * (t->width + 64);
    return counts + tables + quads + rows + 5 * 64;
}

static struct tiles_memory memory_of(const struct tessera_tiles *t, void *scratch) {
    struct tiles_memory memory = {.stride = table_stride(t)};
    char *next = scratch;
#define TESSERA_PART(member, count)                                                                                    \
    next += -(uintptr_t)next & 63;                                                                                     \
    memory.member = (void *)next;                                                                                      \
    next += (count) * (int64_t)sizeof *memory.member
    TESSERA_PART(counts, counters_of(t) * t->levels);
    TESSERA_PART(tables, 2 * t->columns * memory.stride);
    TESSERA_PART(quads, t->bytes == 1 ? (t->columns + 1) * t->levels : 0);
    TESSERA_PART(row, t->width + 64);
    TESSERA_PART(result, t->width + 64);
#undef TESSERA_PART
    return memory;
}

#define TESSERA_BODY "tiles.body.h"
#include "every_level.h"

void tessera_equalize_tiles(enum tessera_level level, const struct tessera_tiles *tiles, const void *source, void *scratch,
                            void *result) {
    struct tiles_memory memory = memory_of(tiles, scratch);
    TESSERA_CALL(level, equalize_tiles, tiles, source, &memory, result);
}
