#include "CTIFFShim.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

struct ctiff_file {
    TIFF *tiff;
    ctiff_source source;
    int64_t position;
    char message[256];
    int jpeg_ended_early;
    int passed_end;
};

// MARK: Messages

static int keep_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    (void)module;
    ctiff_file *file = user;
    // The first message names the cause; those that follow say what fails because of it.
    if (file->message[0] != 0) return 1;
    // Some messages start with the name that the file was opened under, which is empty.
    if (strncmp(format, "%s: ", 4) == 0) {
        va_list rest;
        va_copy(rest, arguments);
        const char *name = va_arg(rest, const char *);
        if (name != NULL && name[0] == 0) {
            vsnprintf(file->message, sizeof file->message, format + 4, rest);
            va_end(rest);
            return 1;
        }
        va_end(rest);
    }
    vsnprintf(file->message, sizeof file->message, format, arguments);
    return 1;
}

static int weigh_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
    (void)tiff;
    ctiff_file *file = user;
    if (module == NULL || strcmp(module, "JPEGLib") != 0) return 1;
    char text[256];
    vsnprintf(text, sizeof text, format, arguments);
    // libjpeg fills what is missing with gray and only warns.
    if (strstr(text, "remature end") != NULL) {
        file->jpeg_ended_early = 1;
        if (file->message[0] == 0) snprintf(file->message, sizeof file->message, "%s", text);
    }
    return 1;
}

static void silence(void) {
    TIFFSetErrorHandler(NULL);
    TIFFSetWarningHandler(NULL);
}

// MARK: Input

static tmsize_t read_bytes(thandle_t handle, void *buffer, tmsize_t count) {
    ctiff_file *file = (ctiff_file *)handle;
    if (file->position < 0 || count <= 0) return 0;
    int64_t rest = file->position < file->source.size ? file->source.size - file->position : 0;
    if (count > rest) {
        file->passed_end = 1;
        count = rest;
    }
    if (count == 0) return 0;
    if (file->source.read(file->source.context, file->position, buffer, count) != 0) return -1;
    file->position += count;
    return count;
}

static tmsize_t write_bytes(thandle_t handle, void *buffer, tmsize_t count) {
    (void)handle;
    (void)buffer;
    (void)count;
    return -1;
}

static toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
    ctiff_file *file = (ctiff_file *)handle;
    if (offset > (toff_t)INT64_MAX) return (toff_t)-1;
    int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file->position : file->source.size;
    if (__builtin_add_overflow(base, (int64_t)offset, &base)) return (toff_t)-1;
    file->position = base;
    return (toff_t)base;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size_of(thandle_t handle) { return (toff_t)((ctiff_file *)handle)->source.size; }

// MARK: Files and directories

static TIFF *open_client(ctiff_file *file, int64_t maximum_allocation) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (options == NULL) return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)maximum_allocation);
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, file);
    TIFFOpenOptionsSetWarningHandlerExtR(options, weigh_warning, file);
    // m: no memory mapping; the name is only used in messages that are dropped.
    TIFF *tiff = TIFFClientOpenExt("", "rm", (thandle_t)file, read_bytes, write_bytes, seek_to, close_nothing, size_of,
                                   NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

ctiff_file *ctiff_open(const ctiff_source *source, int64_t maximum_allocation, char *message, size_t message_size,
                       int *passed_end) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence);
    ctiff_file *file = calloc(1, sizeof *file);
    if (file == NULL) return NULL;
    file->source = *source;
    file->tiff = open_client(file, maximum_allocation);
    if (file->tiff != NULL) return file;
    snprintf(message, message_size, "%s", file->message);
    *passed_end = file->passed_end;
    free(file);
    return NULL;
}

void ctiff_close(ctiff_file *file) {
    TIFFClose(file->tiff);
    free(file);
}

const char *ctiff_message(const ctiff_file *file) { return file->message; }

int ctiff_passed_end(const ctiff_file *file) { return file->passed_end; }

static void forget(ctiff_file *file) {
    file->message[0] = 0;
    file->jpeg_ended_early = 0;
    file->passed_end = 0;
}

int ctiff_next_directory(ctiff_file *file) {
    if (TIFFLastDirectory(file->tiff)) return 0;
    forget(file);
    return TIFFReadDirectory(file->tiff) == 1 ? 1 : -1;
}

int ctiff_select_directory(ctiff_file *file, uint64_t offset) {
    forget(file);
    return TIFFCurrentDirOffset(file->tiff) == offset || TIFFSetSubDirectory(file->tiff, offset) == 1;
}

static void describe_pieces(TIFF *tiff, ctiff_page *page) {
    page->is_tiled = TIFFIsTiled(tiff);
    if (page->is_tiled) {
        TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &page->piece_width);
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &page->piece_height);
        page->piece_count = TIFFNumberOfTiles(tiff);
    } else {
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &page->piece_height);
        page->piece_width = page->width;
        if (page->piece_height > page->height) page->piece_height = page->height;
        page->piece_count = TIFFNumberOfStrips(tiff);
    }
}

void ctiff_describe(ctiff_file *file, ctiff_page *page) {
    TIFF *tiff = file->tiff;
    memset(page, 0, sizeof *page);
    page->offset = TIFFCurrentDirOffset(tiff);
    page->is_big_endian = TIFFIsBigEndian(tiff);
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page->width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page->height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &page->bits_per_sample);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &page->samples_per_pixel);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &page->sample_format);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &page->planar_configuration);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &page->compression);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &page->orientation);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SUBFILETYPE, &page->subfile_type);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_INKSET, &page->ink_set);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &page->resolution_unit);
    TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &page->x_resolution);
    TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &page->y_resolution);
    // A file without a photometric is read as gray, as libtiff's own tools do.
    if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &page->photometric)) page->photometric = PHOTOMETRIC_MINISBLACK;
    uint16_t *kinds = NULL;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &page->extra_count, &kinds);
    if (page->extra_count > 0 && kinds != NULL) page->extra_kind = kinds[0];
    if (page->compression == COMPRESSION_JPEG && page->photometric == PHOTOMETRIC_YCBCR
        && page->planar_configuration == PLANARCONFIG_CONTIG)
        page->jpeg_gives_rgb = TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    describe_pieces(tiff, page);
}

int ctiff_has_codec(uint16_t compression) { return TIFFIsCODECConfigured(compression); }

const char *ctiff_codec_name(uint16_t compression) {
    const TIFFCodec *codec = TIFFFindCODEC(compression);
    return codec == NULL ? NULL : codec->name;
}

// MARK: Tags

const char *ctiff_text(ctiff_file *file, uint32_t tag) {
    const TIFFField *field = TIFFFindField(file->tiff, tag, TIFF_ASCII);
    if (field == NULL || TIFFFieldDataType(field) != TIFF_ASCII || TIFFFieldPassCount(field)) return NULL;
    const char *text = NULL;
    return TIFFGetField(file->tiff, tag, &text) == 1 ? text : NULL;
}

const void *ctiff_icc(ctiff_file *file, uint32_t *count) {
    const void *bytes = NULL;
    *count = 0;
    return TIFFGetField(file->tiff, TIFFTAG_ICCPROFILE, count, &bytes) == 1 ? bytes : NULL;
}

int ctiff_color_map(ctiff_file *file, const uint16_t **red, const uint16_t **green, const uint16_t **blue) {
    uint16_t *r = NULL, *g = NULL, *b = NULL;
    if (TIFFGetField(file->tiff, TIFFTAG_COLORMAP, &r, &g, &b) != 1 || !r || !g || !b) return 0;
    *red = r;
    *green = g;
    *blue = b;
    return 1;
}

int ctiff_sub_directories(ctiff_file *file, uint64_t *offsets, int limit) {
    uint16_t count = 0;
    const uint64_t *found = NULL;
    if (TIFFGetField(file->tiff, TIFFTAG_SUBIFD, &count, &found) != 1 || found == NULL) return 0;
    int kept = count < limit ? count : limit;
    memcpy(offsets, found, (size_t)kept * sizeof *offsets);
    return kept;
}

// MARK: Pixels

int64_t ctiff_piece_bytes(ctiff_file *file) {
    forget(file);
    return TIFFIsTiled(file->tiff) ? TIFFTileSize(file->tiff) : TIFFStripSize(file->tiff);
}

int ctiff_piece_state(ctiff_file *file, uint32_t piece) {
    forget(file);
    if (TIFFGetStrileByteCount(file->tiff, piece) != 0) return 1;
    return TIFFGetStrileOffset(file->tiff, piece) == 0 ? 0 : -1;
}

int64_t ctiff_read_piece(ctiff_file *file, uint32_t piece, void *buffer, int64_t size) {
    forget(file);
    int64_t count = TIFFIsTiled(file->tiff) ? TIFFReadEncodedTile(file->tiff, piece, buffer, size)
                                            : TIFFReadEncodedStrip(file->tiff, piece, buffer, size);
    return file->jpeg_ended_early ? -1 : count;
}

int ctiff_rgba_ok(ctiff_file *file) {
    char why[1024] = "";
    forget(file);
    if (TIFFRGBAImageOK(file->tiff, why)) return 1;
    snprintf(file->message, sizeof file->message, "%s", why);
    return 0;
}

int ctiff_read_rgba(ctiff_file *file, const ctiff_page *page, uint32_t x, uint32_t y, uint32_t rows, uint8_t *pixels) {
    uint32_t width = page->piece_width;
    uint32_t height = page->is_tiled ? page->piece_height : rows;
    uint32_t *raster = malloc((size_t)width * height * sizeof *raster);
    if (raster == NULL) return 0;
    forget(file);
    // Rows are wanted as they are stored, whatever the orientation says.
    TIFFSetField(file->tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    int ok = page->is_tiled ? TIFFReadRGBATileExt(file->tiff, x, y, raster, 1)
                            : TIFFReadRGBAStripExt(file->tiff, y, raster, 1);
    ok = ok && !file->jpeg_ended_early;
    for (uint32_t row = 0; ok && row < height; row++) {
        // libtiff puts the bottom row first.
        const uint32_t *source = raster + (size_t)(height - 1 - row) * width;
        uint8_t *target = pixels + (size_t)row * width * 4;
        for (uint32_t column = 0; column < width; column++, target += 4) {
            target[0] = TIFFGetR(source[column]);
            target[1] = TIFFGetG(source[column]);
            target[2] = TIFFGetB(source[column]);
            target[3] = TIFFGetA(source[column]);
        }
    }
    free(raster);
    return ok;
}
