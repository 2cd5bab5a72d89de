#include "HighThroughputSafety.h"

#include <string.h>

enum {
    START_OF_TILE_PART = 0xFF90,
    START_OF_DATA = 0xFF93,
    END_OF_CODESTREAM = 0xFFD9,
    CODING_STYLE = 0xFF52,
    CODING_STYLE_OF_COMPONENT = 0xFF53,
};

static unsigned word(const uint8_t *bytes) { return (unsigned)bytes[0] << 8 | bytes[1]; }

/* Whether bytes that can be a coding style marker segment ask for high throughput. */
static int asks_for_high_throughput(const uint8_t *segment, size_t left) {
    /* The style stands behind the block's size; a component's number takes one byte or two. */
    if (left > 12 && word(segment) == CODING_STYLE) return word(segment + 2) <= 45 && segment[12] & 0x40;
    if (left > 10 && word(segment) == CODING_STYLE_OF_COMPONENT)
        return word(segment + 2) <= 43 && (segment[9] | segment[10]) & 0x40;
    return 0;
}

/* Whether it may do so anywhere, be it by chance inside of the packets. */
static int may_be_high_throughput(const uint8_t *data, size_t count) {
    const uint8_t *end = data + count;
    for (const uint8_t *at = data; (at = memchr(at, 0xFF, (size_t)(end - at))); at++)
        if (asks_for_high_throughput(at, (size_t)(end - at))) return 1;
    return 0;
}

typedef struct {
    const uint8_t *data;
    size_t count;
    size_t position;
    int is_high_throughput;
    int has_marker;
    uint8_t last; /* the last byte of the packets so far */
} walk;

/* Marker segments of parts 1 and 2: OpenJPEG looks for the next marker behind others, wherever that is. */
static int is_known(unsigned marker) {
    return (marker >= 0xFF50 && marker <= 0xFF53) || (marker >= 0xFF55 && marker <= 0xFF64) ||
           (marker >= 0xFF74 && marker <= 0xFF78);
}

/* Steps over marker segments; gives the marker that ends a header, or 0 where they cannot be followed. */
static unsigned skip_segments(walk *walk, size_t end) {
    while (end - walk->position >= 4) {
        const uint8_t *segment = walk->data + walk->position;
        unsigned marker = word(segment), length = word(segment + 2);
        if (marker == START_OF_TILE_PART || marker == START_OF_DATA) return marker;
        if (!is_known(marker) || length < 2 || length > end - walk->position - 2) return 0;
        walk->is_high_throughput |= asks_for_high_throughput(segment, walk->count - walk->position);
        walk->position += 2 + length;
    }
    return end - walk->position >= 2 && word(walk->data + walk->position) == START_OF_DATA ? START_OF_DATA : 0;
}

/* Looks for markers in packets; a tile's packets may go on in the next tile-part, within a marker, too. */
static void skip_packets(walk *walk, size_t end) {
    const uint8_t *at = walk->data + walk->position, *stop = walk->data + end;
    walk->position = end;
    if (at == stop) return;
    walk->has_marker |= walk->last == 0xFF && *at > 0x8F;
    walk->last = stop[-1];
    for (; (at = memchr(at, 0xFF, (size_t)(stop - at))); at++)
        if (stop - at > 1 && at[1] > 0x8F) walk->has_marker = 1;
}

/* Steps over one tile-part; 0 where it cannot be followed. One that is cut ends with the data. */
static int skip_tile_part(walk *walk) {
    const uint8_t *head = walk->data + walk->position;
    size_t left = walk->count - walk->position;
    if (left < 14 || word(head + 2) != 10) return 0;
    size_t length = (size_t)word(head + 6) << 16 | word(head + 8);
    /* A length of 0 reaches to the end marker. */
    if (length == 0) length = left - 2;
    if (length < 14) return 0;
    size_t end = walk->position + (length < left ? length : left);
    walk->position += 12;
    if (skip_segments(walk, end) != START_OF_DATA) return 0;
    walk->position += 2;
    skip_packets(walk, end);
    return 1;
}

int copenjpeg_is_high_throughput_safe(const uint8_t *data, size_t count) {
    if (!may_be_high_throughput(data, count)) return 1;
    walk walk = {data, count, 2, 0, 0, 0};
    if (count < 2 || skip_segments(&walk, count) != START_OF_TILE_PART) return 0;
    while (count - walk.position >= 2 && word(data + walk.position) == START_OF_TILE_PART)
        if (!skip_tile_part(&walk)) return 0;
    int is_followed = count - walk.position < 2 || word(data + walk.position) == END_OF_CODESTREAM;
    return is_followed && !(walk.is_high_throughput && walk.has_marker);
}
