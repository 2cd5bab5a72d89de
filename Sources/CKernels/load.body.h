// Samples of narrow types at places, as floats; vectors come from the body that includes this.

TESSERA_INLINE int LEVELED(byte_count)(const int type) {
    return type == TESSERA_UINT8 || type == TESSERA_INT8 ? 1 : type == TESSERA_UINT16 || type == TESSERA_INT16 ? 2 : 4;
}

/// A narrow sample in the low bits of 32, as a float.
TESSERA_INLINE f32x16 LEVELED(value_of)(i32x16 bits, const int type) {
    switch (type) {
    case TESSERA_UINT8: return V(to_float)(bits & 0xFF);
    case TESSERA_INT8: return V(to_float)((bits << 24) >> 24);
    case TESSERA_UINT16: return V(to_float)(bits & 0xFFFF);
    case TESSERA_INT16: return V(to_float)((bits << 16) >> 16);
    case TESSERA_INT32: return V(to_float)(bits);
    default: return (f32x16)bits;
    }
}

/// The second of two neighboring narrow samples in 32 bits.
TESSERA_INLINE f32x16 LEVELED(second_of)(i32x16 bits, const int type) {
    switch (type) {
    case TESSERA_UINT8: return V(to_float)((bits >> 8) & 0xFF);
    case TESSERA_INT8: return V(to_float)((bits << 16) >> 24);
    case TESSERA_UINT16: return V(to_float)((i32x16)((u32x16)bits >> 16));
    default: return V(to_float)(bits >> 16);
    }
}

/// Samples at places. Four bytes are read for each; `last` is the last place where that stays inside the block.
TESSERA_INLINE f32x16 LEVELED(samples_at)(const void *base, i32x16 places, i32x16 last, const int type) {
    if (LEVELED(byte_count)(type) == 4) return LEVELED(value_of)(V(gather)(base, places, 4), type);
    i32x16 start = V(min_int)(places, last);
    if (LEVELED(byte_count)(type) == 2)
        return LEVELED(value_of)(V(gather)(base, start, 2) >> ((places - start) << 4), type);
    return LEVELED(value_of)(V(gather)(base, start, 1) >> ((places - start) << 3), type);
}

/// Samples at places and at the next ones along x, which are neighbors in memory.
TESSERA_INLINE void LEVELED(pairs_at)(
    const void *base, i32x16 places, i32x16 last, const int type, f32x16 *first, f32x16 *second) {
    i32x16 bits;
    if (LEVELED(byte_count)(type) == 4) {
        i32x16 after;
        V(gather_pairs)(base, places, 4, &bits, &after);
        *first = LEVELED(value_of)(bits, type);
        *second = LEVELED(value_of)(after, type);
        return;
    }
    if (LEVELED(byte_count)(type) == 2) {
        // The second of the two lies inside, and so do all four bytes.
        bits = V(gather)(base, places, 2);
    } else {
        i32x16 start = V(min_int)(places, last);
        bits = V(gather)(base, start, 1) >> ((places - start) << 3);
    }
    *first = LEVELED(value_of)(bits, type);
    *second = LEVELED(second_of)(bits, type);
}
