// Vectors and places come from sample.body.h, which is compiled before.
#define V(name) LEVELED(v_##name)

static void LEVELED(sample_labels)(
    const tessera_source *s, int32_t bytes, uint64_t fill, int32_t flat, int32_t count, const float *xs,
    const float *ys, const float *zs, void *result, int64_t result_stride, int64_t result_channel_stride) {
    int32_t wide = bytes == 8 ? 2 : 1;
    for (int32_t i = 0; i < count; i += LANES) {
        f32x16 x = V(load)(xs + i), y = V(load)(ys + i), z = flat ? V(splat)(0) : V(load)(zs + i);
        i32x16 somewhere = (x == x) & (y == y) & (z == z);
        i32x16 inside = somewhere;
        f32x16 places[3] = {x, y, z};
        i32x16 place = {0};
        for (int axis = 0; axis < (flat ? 2 : 3); axis++) {
            f32x16 p = places[axis];
            i32x16 index;
            if (V(all)((p >= 0) & (p <= (float)(s->size[axis] - 1)))) {
                index = V(to_int)(p + 0.5f);
            } else {
                p = LEVELED(folded)(V(select)(somewhere, p, V(splat)(0)), s->size[axis], s->border, 8);
                index = LEVELED(index_of)(s->indices[axis], V(floor)(p + 0.5f), s->size[axis]);
                inside &= index >= 0;
            }
            place += index * s->stride[axis];
        }
        place &= inside;
        int is_inside = V(all)(inside), lanes = count - i < LANES ? count - i : LANES;
        for (int32_t channel = 0; channel < s->channels; channel++) {
            int64_t offset = channel * s->channel_stride, to = i * result_stride + channel * result_channel_stride;
            const char *base = (const char *)s->base + offset * bytes;
            if (wide == 2) {
                uint64_t *out = (uint64_t *)result + to;
                for (int lane = 0; lane < lanes; lane++, out += result_stride) {
                    uint64_t value = fill;
                    if (inside[lane]) memcpy(&value, base + (int64_t)place[lane] * 8, 8);
                    *out = value;
                }
                continue;
            }
            int64_t final = s->end - offset - 4 / bytes;
            i32x16 last = V(splat_int)(final > INT32_MAX ? INT32_MAX : (int32_t)final), bits;
            i32x16 start = V(min_int)(place, last);
            if (bytes == 4)
                bits = V(gather)(base, place, 4);
            else if (bytes == 2)
                bits = V(gather)(base, start, 2) >> ((place - start) << 4);
            else
                bits = V(gather)(base, start, 1) >> ((place - start) << 3);
            if (!is_inside) bits = V(select_int)(inside, bits, V(splat_int)((int32_t)(uint32_t)fill));
            if (result_stride == 1 && lanes == LANES) {
                void *out = (char *)result + to * bytes;
                if (bytes == 4)
                    *(i32x16_unaligned *)out = bits;
                else if (bytes == 2)
                    *(u16x16_unaligned *)out = __builtin_convertvector(bits, u16x16_unaligned);
                else
                    *(u8x16_unaligned *)out = __builtin_convertvector(bits, u8x16_unaligned);
                continue;
            }
            if (bytes == 4) {
                uint32_t *out = (uint32_t *)result + to;
                for (int lane = 0; lane < lanes; lane++, out += result_stride) *out = (uint32_t)bits[lane];
            } else if (bytes == 2) {
                uint16_t *out = (uint16_t *)result + to;
                for (int lane = 0; lane < lanes; lane++, out += result_stride) *out = (uint16_t)bits[lane];
            } else {
                uint8_t *out = (uint8_t *)result + to;
                for (int lane = 0; lane < lanes; lane++, out += result_stride) *out = (uint8_t)bits[lane];
            }
        }
    }
}
#undef V
