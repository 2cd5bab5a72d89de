#include "vectors.body.h"

// MARK: Tables

/// Counts the levels of a tile; counters take turns, so that equal neighbors do not wait for each other.
TESSERA_INLINE void LEVELED(count_tile)(const struct tessera_tiles *t, const int bytes, const void *source, int64_t column,
                                        int64_t row, int32_t *counts) {
    const int64_t counters = bytes == 1 ? TESSERA_COUNTERS : 1, levels = t->levels, step = t->channels;
    memset(counts, 0, (size_t)(4 * counters * levels));
    const int32_t *places = t->places_x + column * t->tile_width;
    int is_inside = (column + 1) * t->tile_width <= t->width;
    for (int64_t y = row * t->tile_height; y < (row + 1) * t->tile_height; y++) {
        int64_t line = (int64_t)t->places_y[y] * t->width * step;
        const uint8_t *narrow = (const uint8_t *)source + line;
        const uint16_t *wide = (const uint16_t *)source + line;
        if (is_inside && step == 1) {
            narrow += places[0], wide += places[0];
            int64_t x = 0;
            if (bytes == 1)
                for (; x + 4 <= t->tile_width; x += 4) {
                    counts[narrow[x]]++;
                    counts[levels + narrow[x + 1]]++;
                    counts[2 * levels + narrow[x + 2]]++;
                    counts[3 * levels + narrow[x + 3]]++;
                }
            for (; x < t->tile_width; x++) counts[bytes == 1 ? narrow[x] : wide[x]]++;
        } else {
            for (int64_t x = 0; x < t->tile_width; x++) {
                int64_t place = places[x] * step;
                counts[bytes == 1 ? narrow[place] : wide[place]]++;
            }
        }
    }
    for (int64_t counter = 1; counter < counters; counter++)
        for (int64_t i = 0; i < levels; i++) counts[i] += counts[counter * levels + i];
}

/// Cuts bins off at the limit and spreads what was above, the rest in steps over the levels.
TESSERA_INLINE void LEVELED(clip_counts)(int32_t *restrict counts, int64_t levels, int32_t limit) {
    int32_t excess = 0;
    for (int64_t i = 0; i < levels; i++) {
        int32_t count = counts[i], kept = count < limit ? count : limit;
        excess += count - kept;
        counts[i] = kept;
    }
    int32_t share = (int32_t)(excess / levels);
    int64_t rest = excess % levels;
    if (share > 0)
        for (int64_t i = 0; i < levels; i++) counts[i] += share;
    if (rest == 0) return;
    int64_t step = levels / rest < 1 ? 1 : levels / rest;
    for (int64_t i = 0; i < levels && rest > 0; i += step, rest--) counts[i]++;
}

/// Rounded to the nearest number, halves to even; from 0 to 65,535.
TESSERA_INLINE i32x16 LEVELED(to_even)(f32x16 value) {
    // A number that large leaves no room for fractions.
    return ((i32x16)(value + 12582912.0f)) - 0x4B400000;
}

/// For each lane the sum of the lanes up to it.
TESSERA_INLINE i32x16 LEVELED(running_sums)(i32x16 v) {
    const i32x16 none = {0};
    v += __builtin_shufflevector(none, v, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    v += __builtin_shufflevector(none, v, 0, 1, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    v += __builtin_shufflevector(none, v, 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
    v += __builtin_shufflevector(none, v, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    return v;
}

/// What each level becomes in a tile.
TESSERA_INLINE void LEVELED(fill_table)(const struct tessera_tiles *t, const int32_t *counts, uint16_t *table) {
    f32x16 scale = V(splat)((float)(t->levels - 1) / (float)(t->tile_width * t->tile_height));
    i32x16 before = {0}, highest = V(splat_int)((int32_t)t->levels - 1);
    for (int64_t i = 0; i < t->levels; i += LANES) {
        i32x16 sums = before + LEVELED(running_sums)(*(const i32x16_unaligned *)(counts + i));
        before = __builtin_shufflevector(sums, sums, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15);
        i32x16 entries = V(min_int)(LEVELED(to_even)(V(to_float)(sums) * scale), highest);
        *(u16x16_unaligned *)(table + i) = __builtin_convertvector(entries, u16x16_unaligned);
    }
}

/// The tables of a row of tiles; every other row has the same memory.
TESSERA_INLINE void LEVELED(fill_tables)(const struct tessera_tiles *t, const int bytes, const void *source, int64_t row,
                                         const struct tiles_memory *memory) {
    for (int64_t column = 0; column < t->columns; column++) {
        LEVELED(count_tile)(t, bytes, source, column, row, memory->counts);
        if (t->limit > 0) LEVELED(clip_counts)(memory->counts, t->levels, (int32_t)t->limit);
        LEVELED(fill_table)(t, memory->counts, memory->tables + (row % 2 * t->columns + column) * memory->stride);
    }
}

// MARK: Rows

/// The tables of the four tiles about a place: above and below, before and after.
typedef struct {
    const uint16_t *tables[4];
    const uint32_t *quads;
} LEVELED(around);

/// The entries of the four tables for 16 levels.
TESSERA_INLINE void LEVELED(entries)(const LEVELED(around) *around, const int bytes, i32x16 levels, f32x16 *entries) {
    if (bytes == 1) {
        i32x16 quads = V(gather)(around->quads, levels, 4);
        for (int i = 0; i < 4; i++) entries[i] = V(to_float)((i32x16)((u32x16)quads >> (8 * i)) & 0xFF);
    } else {
        for (int i = 0; i < 4; i++) entries[i] = V(to_float)(V(gather)(around->tables[i], levels, 2) & 0xFFFF);
    }
}

TESSERA_INLINE void LEVELED(equalize_block)(const LEVELED(around) *around, const int bytes, const void *row, int64_t x,
                                            const float *shares, float share_y, int32_t highest, void *result) {
    i32x16 levels = bytes == 1 ? __builtin_convertvector(*(const u8x16_unaligned *)((const uint8_t *)row + x), i32x16)
                               : __builtin_convertvector(*(const u16x16_unaligned *)((const uint16_t *)row + x), i32x16);
    f32x16 after = V(load)(shares + x), before = 1 - after, entries[4];
    LEVELED(entries)(around, bytes, levels, entries);
    f32x16 upper = entries[0] * before + entries[1] * after;
    f32x16 lower = entries[2] * before + entries[3] * after;
    i32x16 value = LEVELED(to_even)(upper * (1 - share_y) + lower * share_y);
    value = V(min_int)(value, V(splat_int)(highest));
    if (bytes == 1)
        *(u8x16_unaligned *)((uint8_t *)result + x) = __builtin_convertvector(value, u8x16_unaligned);
    else
        *(u16x16_unaligned *)((uint16_t *)result + x) = __builtin_convertvector(value, u16x16_unaligned);
}

/// Pixels between the same four tiles; fewer than a vector holds are done in memory of their own.
TESSERA_INLINE void LEVELED(equalize_run)(const LEVELED(around) *around, const int bytes, const void *row, int64_t first,
                                          int64_t end, const float *shares, float share_y, int32_t highest, void *result) {
    if (end - first >= LANES) {
        for (int64_t x = first; x + LANES <= end; x += LANES)
            LEVELED(equalize_block)(around, bytes, row, x, shares, share_y, highest, result);
        if ((end - first) % LANES)
            LEVELED(equalize_block)(around, bytes, row, end - LANES, shares, share_y, highest, result);
        return;
    }
    uint16_t part[LANES] = {0}, done[LANES];
    float part_shares[LANES] = {0};
    size_t count = (size_t)(end - first);
    memcpy(part, (const uint8_t *)row + first * bytes, count * (size_t)bytes);
    memcpy(part_shares, shares + first, 4 * count);
    LEVELED(equalize_block)(around, bytes, part, 0, part_shares, share_y, highest, done);
    memcpy((uint8_t *)result + first * bytes, done, count * (size_t)bytes);
}

TESSERA_INLINE int64_t LEVELED(clamped)(int64_t tile, int64_t count) { return tile < 0 ? 0 : tile < count ? tile : count - 1; }

/// The tables about the places after the center of a tile, or before the first one.
TESSERA_INLINE LEVELED(around) LEVELED(around_of)(const struct tessera_tiles *t, const struct tiles_memory *memory, int64_t column,
                                                  int64_t row) {
    LEVELED(around) around = {.quads = memory->quads + (column + 1) * t->levels};
    for (int i = 0; i < 4; i++) {
        int64_t r = LEVELED(clamped)(row + i / 2, t->rows), c = LEVELED(clamped)(column + i % 2, t->columns);
        around.tables[i] = memory->tables + (r % 2 * t->columns + c) * memory->stride;
    }
    return around;
}

/// Puts the bytes of four tables side by side, so that one look fetches all.
TESSERA_INLINE void LEVELED(fill_quads)(const struct tessera_tiles *t, const struct tiles_memory *memory, int64_t row) {
    for (int64_t column = -1; column < t->columns; column++) {
        LEVELED(around) around = LEVELED(around_of)(t, memory, column, row);
        uint32_t *restrict quads = memory->quads + (column + 1) * t->levels;
        const uint16_t *a = around.tables[0], *b = around.tables[1], *c = around.tables[2], *d = around.tables[3];
        for (int64_t i = 0; i < t->levels; i++)
            quads[i] = (uint32_t)a[i] | (uint32_t)b[i] << 8 | (uint32_t)c[i] << 16 | (uint32_t)d[i] << 24;
    }
}

TESSERA_INLINE void LEVELED(equalize_row)(const struct tessera_tiles *t, const int bytes, const struct tiles_memory *memory,
                                          const void *row, int64_t y, void *result) {
    for (int64_t first = 0, end; first < t->width; first = end) {
        int32_t tile = t->tiles_x[first];
        for (end = first + 1; end < t->width && t->tiles_x[end] == tile;) end++;
        LEVELED(around) around = LEVELED(around_of)(t, memory, tile, t->tiles_y[y]);
        LEVELED(equalize_run)(&around, bytes, row, first, end, t->shares_x, t->shares_y[y], (int32_t)t->levels - 1, result);
    }
}

/// One channel of a row is taken out, and put back.
TESSERA_INLINE void LEVELED(equalize_channel)(const struct tessera_tiles *t, const int bytes, const struct tiles_memory *memory,
                                              const void *row, int64_t y, void *result) {
    int64_t step = t->channels;
    if (bytes == 1) {
        uint8_t *part = (uint8_t *)memory->row, *done = (uint8_t *)memory->result;
        for (int64_t x = 0; x < t->width; x++) part[x] = ((const uint8_t *)row)[x * step];
        LEVELED(equalize_row)(t, bytes, memory, part, y, done);
        for (int64_t x = 0; x < t->width; x++) ((uint8_t *)result)[x * step] = done[x];
    } else {
        for (int64_t x = 0; x < t->width; x++) memory->row[x] = ((const uint16_t *)row)[x * step];
        LEVELED(equalize_row)(t, bytes, memory, memory->row, y, memory->result);
        for (int64_t x = 0; x < t->width; x++) ((uint16_t *)result)[x * step] = memory->result[x];
    }
}

TESSERA_INLINE void LEVELED(equalize_typed)(const struct tessera_tiles *t, const int bytes, const void *source,
                                            const struct tiles_memory *memory, void *result) {
    // Tables are made row by row of tiles, as the rows of the picture come to need them.
    int64_t filled = 0, quads_of = -2;
    for (int64_t y = 0; y < t->height; y++) {
        int64_t below = LEVELED(clamped)(t->tiles_y[y] + 1, t->rows);
        for (; filled <= below; filled++) LEVELED(fill_tables)(t, bytes, source, filled, memory);
        if (bytes == 1 && quads_of != t->tiles_y[y]) LEVELED(fill_quads)(t, memory, quads_of = t->tiles_y[y]);
        int64_t place = y * t->width * t->channels * bytes;
        const void *row = (const uint8_t *)source + place;
        void *to = (uint8_t *)result + place;
        if (t->channels == 1)
            LEVELED(equalize_row)(t, bytes, memory, row, y, to);
        else
            LEVELED(equalize_channel)(t, bytes, memory, row, y, to);
    }
}

static void LEVELED(equalize_tiles)(const struct tessera_tiles *t, const void *source, const struct tiles_memory *memory,
                                    void *result) {
    if (t->bytes == 1)
        LEVELED(equalize_typed)(t, 1, source, memory, result);
    else
        LEVELED(equalize_typed)(t, 2, source, memory, result);
}
#undef V
