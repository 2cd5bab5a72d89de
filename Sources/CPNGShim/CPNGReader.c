#include <stdlib.h>
#include <string.h>

#include "CPNGFailure.h"

enum { buffer_size = 1 << 16, chunk_memory = 1 << 20 };

/* Everything that lives across a jump. */
typedef struct {
    const cpng_source *source;
    const cpng_layout *layout;
    cpng_failure *failure;
    png_structp png;
    png_infop info;
    uint64_t next;      /* offset of the next byte to be read from the source */
    size_t begin, end;  /* what is left in the buffer */
    uint8_t *buffer;
    int passes;         /* 7 for interlaced files, otherwise 1 */
} reader;

/* libpng asks for a few bytes at a time; the source is read in larger pieces. */
static void read_bytes(png_structp png, png_bytep bytes, size_t count) {
    reader *r = png_get_io_ptr(png);
    while (count > 0) {
        if (r->begin == r->end) {
            uint64_t rest = r->source->count - r->next;
            size_t wanted = rest < buffer_size ? (size_t)rest : buffer_size;
            if (wanted == 0) png_error(png, "the file ends early");
            if (r->source->read(r->source->context, r->next, r->buffer, wanted) != 0) png_error(png, "reading failed");
            r->next += wanted;
            r->begin = 0;
            r->end = wanted;
        }
        size_t part = r->end - r->begin < count ? r->end - r->begin : count;
        memcpy(bytes, r->buffer + r->begin, part);
        r->begin += part;
        bytes += part;
        count -= part;
    }
}

static void prepare(reader *r) {
    png_structp png = r->png;
    png_set_read_fn(png, r, read_bytes);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_set_user_limits(png, r->layout->width, r->layout->height);
    png_set_chunk_malloc_max(png, chunk_memory);
    /* The caller reads the ancillary chunks itself; tRNS is the one that decoding needs. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    /* Some writers declare a smaller window than they use. */
    png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
}

/* Asks for the samples that the layout announces. */
static void set_transformations(reader *r) {
    png_structp png = r->png;
    int is_palette = r->layout->color_type == PNG_COLOR_TYPE_PALETTE;
    if (is_palette) {
        png_set_packing(png);
    } else {
        if (r->layout->color_type == PNG_COLOR_TYPE_GRAY && r->layout->bit_depth < 8)
            png_set_expand_gray_1_2_4_to_8(png);
        if (png_get_valid(png, r->info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
    }
    const uint16_t one = 1;
    if (r->layout->bit_depth == 16 && *(const uint8_t *)&one == 1) png_set_swap(png);
}

/* Replaces indices, which lie at the end of the row, by colors from the front on: the write never overtakes. */
static void expand_row(reader *r, uint8_t *row, size_t row_bytes) {
    const cpng_layout *layout = r->layout;
    const uint8_t *indices = row + row_bytes - layout->width;
    for (uint32_t x = 0; x < layout->width; x++) {
        int index = indices[x];
        if (index >= layout->palette_count) png_error(r->png, "an index beyond the palette");
        const uint8_t *color = layout->palette + 4 * index;
        for (int channel = 0; channel < layout->channels; channel++) *row++ = color[channel];
    }
}

static void check_indices(reader *r, const uint8_t *row) {
    for (uint32_t x = 0; x < r->layout->width; x++)
        if (row[x] >= r->layout->palette_count) png_error(r->png, "an index beyond the palette");
}

static void read_rows(reader *r, uint8_t *pixels, size_t row_bytes) {
    const cpng_layout *layout = r->layout;
    int is_palette = layout->color_type == PNG_COLOR_TYPE_PALETTE;
    size_t decoded = png_get_rowbytes(r->png, r->info);
    if (decoded != (is_palette ? layout->width : row_bytes)) png_error(r->png, "chunks that contradict each other");
    for (int pass = 0; pass < r->passes; pass++) {
        for (uint32_t y = 0; y < layout->height; y++) {
            r->failure->row = y;
            png_read_row(r->png, pixels + y * row_bytes + (row_bytes - decoded), NULL);
        }
    }
    for (uint32_t y = 0; is_palette && y < layout->height; y++) {
        r->failure->row = y;
        if (layout->palette) expand_row(r, pixels + y * row_bytes, row_bytes);
        else check_indices(r, pixels + y * row_bytes);
    }
}

static int read_image(reader *r, uint8_t *pixels, size_t row_bytes) {
    if (setjmp(png_jmpbuf(r->png))) return -1;
    const cpng_layout *layout = r->layout;
    prepare(r);
    png_read_info(r->png, r->info);
    if (png_get_image_width(r->png, r->info) != layout->width ||
        png_get_image_height(r->png, r->info) != layout->height ||
        png_get_bit_depth(r->png, r->info) != layout->bit_depth ||
        png_get_color_type(r->png, r->info) != layout->color_type)
        png_error(r->png, "the header changed while reading");
    set_transformations(r);
    r->passes = png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
    read_rows(r, pixels, row_bytes);
    png_read_end(r->png, NULL);
    return 0;
}

int cpng_read(
    const cpng_source *source, const cpng_layout *layout, uint8_t *pixels, size_t row_bytes, cpng_failure *failure) {
    reader r = {.source = source, .layout = layout, .failure = failure};
    int status = -1;
    failure->row = 0;
    cpng_describe(failure, "no memory for a PNG decoder");
    r.buffer = malloc(buffer_size);
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, failure, cpng_fail, cpng_ignore);
    if (r.png) r.info = png_create_info_struct(r.png);
    if (r.buffer && r.info) status = read_image(&r, pixels, row_bytes);
    if (r.png) png_destroy_read_struct(&r.png, &r.info, NULL);
    free(r.buffer);
    return status;
}
