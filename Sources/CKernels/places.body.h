// What sampling of values and of labels share: places beyond the edges.

/// Brings places beyond the ends of an axis to those inside that have the same value; `slack` is how far beyond the ends they may stay
/// where the outermost sample goes on.
TESSERA_INLINE f32x16 LEVELED(folded)(f32x16 place, int32_t size, enum tessera_border border, float slack) {
    float last = (float)(size - 1);
    f32x16 result = place;
    switch (border) {
    case TESSERA_BORDER_CONSTANT: return V(min)(V(max)(place, V(splat)(-16)), V(splat)(last + 16));
    case TESSERA_BORDER_REPLICATE: return V(min)(V(max)(place, V(splat)(-slack)), V(splat)(last + slack));
    case TESSERA_BORDER_REFLECT: {
        f32x16 period = V(splat)(2 * (float)size), shifted = V(min)(V(max)(place, V(splat)(-1e8f)), V(splat)(1e8f)) + 0.5f;
        shifted -= period * V(to_float)(V(floor)(shifted / period));
        result = V(min)(shifted, period - shifted) - 0.5f;
        if (slack == 0) result = V(min)(V(max)(result, V(splat)(0)), V(splat)(last));
        break;
    }
    case TESSERA_BORDER_REFLECT101: {
        if (size == 1) return V(splat)(0);
        f32x16 period = V(splat)(2 * last), shifted = V(min)(V(max)(place, V(splat)(-1e8f)), V(splat)(1e8f));
        shifted -= period * V(to_float)(V(floor)(shifted / period));
        result = V(min)(shifted, period - shifted);
        break;
    }
    case TESSERA_BORDER_WRAP: {
        f32x16 period = V(splat)((float)size), shifted = V(min)(V(max)(place, V(splat)(-1e8f)), V(splat)(1e8f));
        result = shifted - period * V(to_float)(V(floor)(shifted / period));
        break;
    }
    }
    i32x16 inside = (place >= 0) & (place <= last);
    return V(select)(inside, place, result);
}

/// Which sample stands for a position that may lie beyond the ends; −1 for none.
TESSERA_INLINE i32x16 LEVELED(index_of)(const int32_t *indices, i32x16 position, int32_t size) {
    i32x16 lowest = V(splat_int)(-TESSERA_BORDER_REACH), highest = V(splat_int)(size + TESSERA_BORDER_REACH - 1);
    position = V(select_int)(position < lowest, lowest, V(select_int)(position > highest, highest, position));
    return V(gather)(indices, position + TESSERA_BORDER_REACH, 4);
}
