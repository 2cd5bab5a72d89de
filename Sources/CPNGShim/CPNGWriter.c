#include <stdlib.h>

#include "CPNGFailure.h"

struct cpng_writer {
    png_structp png;
    png_infop info;
    void *context;
    cpng_put put;
    cpng_failure failure;
};

static void put_bytes(png_structp png, png_bytep bytes, size_t count) {
    cpng_writer *writer = png_get_io_ptr(png);
    if (writer->put(writer->context, bytes, count) != 0) png_error(png, "writing failed");
}

static void flush_bytes(png_structp png) { (void)png; }

static int begin(cpng_writer *writer, const cpng_target *target) {
    if (setjmp(png_jmpbuf(writer->png))) return -1;
    png_structp png = writer->png;
    png_infop info = writer->info;
    png_set_write_fn(png, writer, put_bytes, flush_bytes);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(
        png, info, target->width, target->height, target->bit_depth, target->color_type, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    if (target->palette) {
        png_color colors[256];
        for (int i = 0; i < target->palette_count && i < 256; i++)
            colors[i] = (png_color){target->palette[3 * i], target->palette[3 * i + 1], target->palette[3 * i + 2]};
        png_set_PLTE(png, info, colors, target->palette_count);
    }
    if (target->pixels_per_metre_x && target->pixels_per_metre_y)
        png_set_pHYs(png, info, target->pixels_per_metre_x, target->pixels_per_metre_y, PNG_RESOLUTION_METER);
    png_set_compression_level(png, target->level);
    png_set_compression_buffer_size(png, 1 << 16);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, target->filters << 3);
    png_write_info(png, info);
    return 0;
}

cpng_writer *cpng_writer_create(
    const cpng_target *target, void *context, cpng_put put, cpng_failure *failure) {
    cpng_describe(failure, "no memory for a PNG encoder");
    failure->row = 0;
    cpng_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return NULL;
    writer->context = context;
    writer->put = put;
    writer->failure = *failure;
    writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer->failure, cpng_fail, cpng_ignore);
    if (writer->png) writer->info = png_create_info_struct(writer->png);
    if (writer->info && begin(writer, target) == 0) return writer;
    *failure = writer->failure;
    cpng_writer_destroy(writer);
    return NULL;
}

static int write_rows(cpng_writer *writer, const uint8_t *rows, size_t row_bytes, size_t row_count) {
    if (setjmp(png_jmpbuf(writer->png))) return -1;
    for (size_t i = 0; i < row_count; i++) {
        png_write_row(writer->png, rows + i * row_bytes);
        writer->failure.row++;
    }
    return 0;
}

int cpng_writer_write(
    cpng_writer *writer, const uint8_t *rows, size_t row_bytes, size_t row_count, cpng_failure *failure) {
    int status = write_rows(writer, rows, row_bytes, row_count);
    if (status != 0) *failure = writer->failure;
    return status;
}

static int finish(cpng_writer *writer) {
    if (setjmp(png_jmpbuf(writer->png))) return -1;
    png_write_end(writer->png, NULL);
    return 0;
}

int cpng_writer_finish(cpng_writer *writer, cpng_failure *failure) {
    int status = finish(writer);
    if (status != 0) *failure = writer->failure;
    return status;
}

void cpng_writer_destroy(cpng_writer *writer) {
    if (!writer) return;
    if (writer->png) png_destroy_write_struct(&writer->png, &writer->info);
    free(writer);
}
