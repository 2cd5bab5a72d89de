/// Moves elements into a row of the result. Those of 6 and 12 bytes are written with what lies behind them, which the next one puts right.
TESSERA_INLINE void LEVELED(move_column)(const uint8_t *from, int64_t source_stride, int64_t count, const int64_t size,
                                         uint8_t *to) {
    int64_t whole = size == 6 ? 8 : size == 12 ? 16 : size, y = 0;
    if (whole != size)
        for (; y < count - 1; y++) memcpy(to + y * size, from + y * source_stride, (size_t)whole);
    for (; y < count; y++) memcpy(to + y * size, from + y * source_stride, (size_t)size);
}

TESSERA_INLINE void LEVELED(transpose_tiles)(const uint8_t *source, int64_t source_stride, int64_t width,
                                             int64_t height, int64_t size, uint8_t *result, int64_t result_stride) {
    enum { side = 32 };
    for (int64_t top = 0; top < height; top += side) {
        for (int64_t left = 0; left < width; left += side) {
            int64_t bottom = top + side < height ? top + side : height;
            int64_t right = left + side < width ? left + side : width;
            for (int64_t x = left; x < right; x++) {
                uint8_t *to = result + x * result_stride;
                const uint8_t *from = source + x * size;
                // What is read behind the last element of a row belongs to the next row, or to nobody.
                int64_t safe = x + 1 < width ? bottom : top;
                if (safe > top)
                    LEVELED(move_column)(from + top * source_stride, source_stride, bottom - top, size, to + top * size);
                for (int64_t y = safe; y < bottom; y++)
                    memcpy(to + y * size, from + y * source_stride, (size_t)size);
            }
        }
    }
}

#if TESSERA_X86
/// Elements of the first half of the rows between those of the second; as many rounds as the side has bits transpose a block.
#define TESSERA_INTERLEAVE(bits, half, from, to)                                                                       \
    for (int i = 0; i < (half); i++) {                                                                                 \
        to[2 * i] = _mm_unpacklo_epi##bits(from[i], from[i + (half)]);                                                 \
        to[2 * i + 1] = _mm_unpackhi_epi##bits(from[i], from[i + (half)]);                                             \
    }

/// 16 × 16 bytes.
TESSERA_INLINE void LEVELED(transpose_bytes)(const uint8_t *source, int64_t source_stride, uint8_t *result,
                                             int64_t result_stride) {
    __m128i a[16], b[16];
    for (int i = 0; i < 16; i++) a[i] = _mm_loadu_si128((const __m128i *)(source + i * source_stride));
    TESSERA_INTERLEAVE(8, 8, a, b)
    TESSERA_INTERLEAVE(8, 8, b, a)
    TESSERA_INTERLEAVE(8, 8, a, b)
    TESSERA_INTERLEAVE(8, 8, b, a)
    for (int i = 0; i < 16; i++) _mm_storeu_si128((__m128i *)(result + i * result_stride), a[i]);
}

/// 8 × 8 words of 2 bytes.
TESSERA_INLINE void LEVELED(transpose_halves)(const uint8_t *source, int64_t source_stride, uint8_t *result,
                                              int64_t result_stride) {
    __m128i a[8], b[8];
    for (int i = 0; i < 8; i++) a[i] = _mm_loadu_si128((const __m128i *)(source + i * source_stride));
    TESSERA_INTERLEAVE(16, 4, a, b)
    TESSERA_INTERLEAVE(16, 4, b, a)
    TESSERA_INTERLEAVE(16, 4, a, b)
    for (int i = 0; i < 8; i++) _mm_storeu_si128((__m128i *)(result + i * result_stride), b[i]);
}
#undef TESSERA_INTERLEAVE

/// 4 × 4 words of 4 bytes.
TESSERA_INLINE void LEVELED(transpose_words)(const uint8_t *source, int64_t source_stride, uint8_t *result,
                                             int64_t result_stride) {
    __m128 a = _mm_loadu_ps((const float *)(const void *)source);
    __m128 b = _mm_loadu_ps((const float *)(const void *)(source + source_stride));
    __m128 c = _mm_loadu_ps((const float *)(const void *)(source + 2 * source_stride));
    __m128 d = _mm_loadu_ps((const float *)(const void *)(source + 3 * source_stride));
    _MM_TRANSPOSE4_PS(a, b, c, d);
    _mm_storeu_ps((float *)(void *)result, a);
    _mm_storeu_ps((float *)(void *)(result + result_stride), b);
    _mm_storeu_ps((float *)(void *)(result + 2 * result_stride), c);
    _mm_storeu_ps((float *)(void *)(result + 3 * result_stride), d);
}
#endif

#if TESSERA_LEVEL > 0
/// 4 × 4 pixels of 3 bytes, which are spread to words, transposed and packed again; 4 bytes past each row are read, and each
/// row of the result is written with 4 bytes behind it.
TESSERA_INLINE void LEVELED(transpose_pixels)(const uint8_t *source, int64_t source_stride, uint8_t *result,
                                              int64_t result_stride) {
    const __m128i spread = _mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
    const __m128i pack = _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
    __m128 row[4];
    for (int i = 0; i < 4; i++)
        row[i] = _mm_castsi128_ps(
            _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(source + i * source_stride)), spread));
    _MM_TRANSPOSE4_PS(row[0], row[1], row[2], row[3]);
    for (int i = 0; i < 4; i++)
        _mm_storeu_si128((__m128i *)(result + i * result_stride), _mm_shuffle_epi8(_mm_castps_si128(row[i]), pack));
}
#endif

static void LEVELED(transpose)(const uint8_t *source, int64_t source_stride, int64_t width, int64_t height,
                               int64_t size, uint8_t *result, int64_t result_stride) {
    int64_t columns = 0, rows = 0;
#if TESSERA_X86
    if (size == 1) {
        columns = width / 16 * 16, rows = height / 16 * 16;
        // Whole lines of the cache are written, one after the other.
        for (int64_t top = 0; top < rows; top += 64)
            for (int64_t x = 0; x < columns; x += 16)
                for (int64_t y = top; y < rows && y < top + 64; y += 16)
                    LEVELED(transpose_bytes)(source + y * source_stride + x, source_stride, result + x * result_stride + y,
                                             result_stride);
    } else if (size == 2) {
        columns = width / 8 * 8, rows = height / 8 * 8;
        for (int64_t top = 0; top < rows; top += 32)
            for (int64_t x = 0; x < columns; x += 8)
                for (int64_t y = top; y < rows && y < top + 32; y += 8)
                    LEVELED(transpose_halves)(source + y * source_stride + x * 2, source_stride,
                                              result + x * result_stride + y * 2, result_stride);
    } else if (size == 4) {
        columns = width / 4 * 4, rows = height / 4 * 4;
        for (int64_t top = 0; top < rows; top += 16)
            for (int64_t x = 0; x < columns; x += 4)
                for (int64_t y = top; y < rows && y < top + 16; y += 4)
                    LEVELED(transpose_words)(source + y * source_stride + x * 4, source_stride,
                                             result + x * result_stride + y * 4, result_stride);
    }
#endif
#if TESSERA_LEVEL > 0
    if (size == 3 && width > 8 && height > 8) {
        // Blocks from top to bottom: what a block writes behind its rows the next one puts right.
        columns = (width - 2) / 4 * 4, rows = (height - 2) / 4 * 4;
        for (int64_t top = 0; top < rows; top += 32)
            for (int64_t x = 0; x < columns; x += 4)
                for (int64_t y = top; y < rows && y < top + 32; y += 4)
                    LEVELED(transpose_pixels)(source + y * source_stride + x * 3, source_stride,
                                              result + x * result_stride + y * 3, result_stride);
    }
#endif
    // What is left: all columns of the last rows, and the last columns of the others.
    const uint8_t *below = source + rows * source_stride;
    const uint8_t *beside = source + columns * size;
    uint8_t *result_below = result + rows * size;
    uint8_t *result_beside = result + columns * result_stride;
#define TESSERA_TILES(size)                                                                                            \
    LEVELED(transpose_tiles)(below, source_stride, width, height - rows, size, result_below, result_stride);           \
    LEVELED(transpose_tiles)(beside, source_stride, width - columns, rows, size, result_beside, result_stride);
    switch (size) {
    case 1: TESSERA_TILES(1) break;
    case 2: TESSERA_TILES(2) break;
    case 3: TESSERA_TILES(3) break;
    case 4: TESSERA_TILES(4) break;
    case 6: TESSERA_TILES(6) break;
    case 8: TESSERA_TILES(8) break;
    case 12: TESSERA_TILES(12) break;
    default: TESSERA_TILES(size) break;
    }
#undef TESSERA_TILES
}

/// What vectors leave over: a few elements.
TESSERA_INLINE void LEVELED(mirror_row)(const uint8_t *source, int64_t first, int64_t count, int64_t size,
                                        uint8_t *result, int64_t width) {
#pragma clang loop vectorize(disable) unroll(disable)
    for (int64_t x = first; x < count; x++)
        memcpy(result + (width - 1 - x) * size, source + x * size, (size_t)size);
}

typedef uint8_t LEVELED(turned_bytes) __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint16_t LEVELED(turned_halves) __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint32_t LEVELED(turned_words) __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint64_t LEVELED(turned_pairs) __attribute__((vector_size(32), aligned(1), may_alias));

/// Elements of 1, 2, 4 or 8 bytes, 64 bytes at a time; gives the number of those that are done.
TESSERA_INLINE int64_t LEVELED(mirror_blocks)(const uint8_t *source, int64_t width, const int64_t size, uint8_t *result) {
#define TESSERA_TURN(type, ...)                                                                                        \
    do {                                                                                                               \
        LEVELED(type) a = *(const LEVELED(type) *)from, b = *(const LEVELED(type) *)(from + 32);                      \
        *(LEVELED(type) *)(to + 32) = __builtin_shufflevector(a, a, __VA_ARGS__);                                      \
        *(LEVELED(type) *)to = __builtin_shufflevector(b, b, __VA_ARGS__);                                             \
    } while (0)
    int64_t length = width * size, done = 0;
    for (; done + 64 <= length; done += 64) {
        const uint8_t *from = source + done;
        uint8_t *to = result + length - done - 64;
        switch (size) {
        case 1:
            TESSERA_TURN(turned_bytes, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11,
                         10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
            break;
        case 2: TESSERA_TURN(turned_halves, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0); break;
        case 4: TESSERA_TURN(turned_words, 7, 6, 5, 4, 3, 2, 1, 0); break;
        default: TESSERA_TURN(turned_pairs, 3, 2, 1, 0); break;
        }
    }
    return done / size;
#undef TESSERA_TURN
}

typedef uint16_t LEVELED(turned_few_halves) __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint32_t LEVELED(long_words) __attribute__((vector_size(64), aligned(1), may_alias));

/// Elements of three words of 2 or 4 bytes, eight at a time; gives the number of those that are done.
TESSERA_INLINE int64_t LEVELED(mirror_triples)(const uint8_t *source, int64_t width, const int64_t size, uint8_t *result) {
    // Words 0 to 15 and 8 to 23.
#define TESSERA_TURN(two, one)                                                                                         \
    do {                                                                                                               \
        LEVELED(two) a = *(const LEVELED(two) *)from, b = *(const LEVELED(two) *)(from + 8 * word);                    \
        *(LEVELED(one) *)to = __builtin_shufflevector(b, b, 13, 14, 15, 10, 11, 12, 7, 8);                             \
        *(LEVELED(one) *)(to + 8 * word) = __builtin_shufflevector(a, b, 25, 12, 13, 14, 9, 10, 11, 6);                \
        *(LEVELED(one) *)(to + 16 * word) = __builtin_shufflevector(a, a, 7, 8, 3, 4, 5, 0, 1, 2);                     \
    } while (0)
    const int64_t word = size / 3;
    int64_t x = 0;
    for (; x + 8 <= width; x += 8) {
        const uint8_t *from = source + x * size;
        uint8_t *to = result + (width - 8 - x) * size;
        if (word == 2)
            TESSERA_TURN(turned_halves, turned_few_halves);
        else
            TESSERA_TURN(long_words, turned_words);
    }
    return x;
#undef TESSERA_TURN
}

#if TESSERA_LEVEL > 0
/// Pixels of 3 bytes, sixteen at a time; gives the number of those that are done.
TESSERA_INLINE int64_t LEVELED(mirror_pixels)(const uint8_t *source, int64_t width, uint8_t *result) {
    // Which bytes of the first, second and third 16 come to the first, second and third of the result.
    const __m128i third_to_first = _mm_setr_epi8(13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3, -1);
    const __m128i second_to_first = _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 14);
    const __m128i third_to_second = _mm_setr_epi8(-1, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    const __m128i second_to_second = _mm_setr_epi8(15, -1, 11, 12, 13, 8, 9, 10, 5, 6, 7, 2, 3, 4, -1, 0);
    const __m128i first_to_second = _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 15, -1);
    const __m128i second_to_third = _mm_setr_epi8(1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    const __m128i first_to_third = _mm_setr_epi8(-1, 12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2);
    int64_t x = 0;
    for (; x + 16 <= width; x += 16) {
        const __m128i *from = (const __m128i *)(const void *)(source + 3 * x);
        __m128i *to = (__m128i *)(void *)(result + 3 * (width - 16 - x));
        __m128i a = _mm_loadu_si128(from), b = _mm_loadu_si128(from + 1), c = _mm_loadu_si128(from + 2);
        _mm_storeu_si128(to, _mm_or_si128(_mm_shuffle_epi8(c, third_to_first), _mm_shuffle_epi8(b, second_to_first)));
        __m128i ends = _mm_or_si128(_mm_shuffle_epi8(c, third_to_second), _mm_shuffle_epi8(a, first_to_second));
        _mm_storeu_si128(to + 1, _mm_or_si128(_mm_shuffle_epi8(b, second_to_second), ends));
        _mm_storeu_si128(to + 2, _mm_or_si128(_mm_shuffle_epi8(a, first_to_third), _mm_shuffle_epi8(b, second_to_third)));
    }
    return x;
}
#endif

// A function for each size, whose loop over rows holds nothing else.
#define TESSERA_MIRROR(name, size, done)                                                                               \
    static void LEVELED(name)(const uint8_t *source, int64_t source_stride, int64_t width, int64_t height,             \
                              uint8_t *result, int64_t result_stride) {                                                \
        for (int64_t y = 0; y < height; y++) {                                                                         \
            const uint8_t *from = source + y * source_stride;                                                          \
            uint8_t *to = result + y * result_stride;                                                                  \
            LEVELED(mirror_row)(from, done, width, size, to, width);                                                   \
        }                                                                                                              \
    }
TESSERA_MIRROR(mirror_1, 1, LEVELED(mirror_blocks)(from, width, 1, to))
TESSERA_MIRROR(mirror_2, 2, LEVELED(mirror_blocks)(from, width, 2, to))
#if TESSERA_LEVEL > 0
TESSERA_MIRROR(mirror_3, 3, LEVELED(mirror_pixels)(from, width, to))
#else
TESSERA_MIRROR(mirror_3, 3, 0)
#endif
TESSERA_MIRROR(mirror_4, 4, LEVELED(mirror_blocks)(from, width, 4, to))
TESSERA_MIRROR(mirror_6, 6, LEVELED(mirror_triples)(from, width, 6, to))
TESSERA_MIRROR(mirror_8, 8, LEVELED(mirror_blocks)(from, width, 8, to))
TESSERA_MIRROR(mirror_12, 12, LEVELED(mirror_triples)(from, width, 12, to))
#undef TESSERA_MIRROR

static void LEVELED(mirror)(const uint8_t *source, int64_t source_stride, int64_t width, int64_t height, int64_t size,
                            uint8_t *result, int64_t result_stride) {
    switch (size) {
    case 1: LEVELED(mirror_1)(source, source_stride, width, height, result, result_stride); break;
    case 2: LEVELED(mirror_2)(source, source_stride, width, height, result, result_stride); break;
    case 3: LEVELED(mirror_3)(source, source_stride, width, height, result, result_stride); break;
    case 4: LEVELED(mirror_4)(source, source_stride, width, height, result, result_stride); break;
    case 6: LEVELED(mirror_6)(source, source_stride, width, height, result, result_stride); break;
    case 8: LEVELED(mirror_8)(source, source_stride, width, height, result, result_stride); break;
    case 12: LEVELED(mirror_12)(source, source_stride, width, height, result, result_stride); break;
    default:
        for (int64_t y = 0; y < height; y++)
            LEVELED(mirror_row)(source + y * source_stride, 0, width, size, result + y * result_stride, width);
    }
}
