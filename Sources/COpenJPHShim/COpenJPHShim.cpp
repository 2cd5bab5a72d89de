#include "COpenJPHShim.h"

#include <openjph/ojph_arch.h>
#include <openjph/ojph_base.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_message.h>
#include <openjph/ojph_params.h>
#include <openjph/ojph_version.h>

#include <cstdarg>
#include <cstdio>
#include <exception>
#include <mutex>
#include <stdexcept>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

extern "C" const char *copenjph_version(void) {
    return TEXT(OPENJPH_VERSION_MAJOR) "." TEXT(OPENJPH_VERSION_MINOR) "." TEXT(OPENJPH_VERSION_PATCH);
}

namespace {

// The library's own messages go to standard error; these stay quiet, and an error becomes an exception with its text.
struct quiet_info : ojph::message_info {
    void operator()(int, const char *, int, const char *, ...) override {}
};

struct quiet_warning : ojph::message_warning {
    void operator()(int, const char *, int, const char *, ...) override {}
};

struct thrown_error : ojph::message_error {
    void operator()(int, const char *, int, const char *format, ...) override {
        char text[200];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        throw std::runtime_error(text);
    }
};

void silence() {
    static std::once_flag once;
    std::call_once(once, [] {
        static quiet_info info;
        static quiet_warning warning;
        static thrown_error error;
        ojph::configure_info(&info);
        ojph::configure_warning(&warning);
        ojph::configure_error(&error);
    });
}

struct mismatch : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void check_image(ojph::codestream &stream, const copenjph_request &request) {
    ojph::param_siz size = stream.access_siz();
    ojph::point extent = size.get_image_extent(), offset = size.get_image_offset();
    if (size.get_num_components() != request.components) throw mismatch("number of components differs from the header");
    if (extent.x - offset.x != request.width || extent.y - offset.y != request.height)
        throw mismatch("size differs from the header");
    for (ojph::ui32 i = 0; i < request.components; i++) {
        ojph::point step = size.get_downsampling(i);
        if (step.x != 1 || step.y != 1) throw std::runtime_error("subsampled components");
        if (size.get_bit_depth(i) == 0 || size.get_bit_depth(i) > 31) throw std::runtime_error("unusual precision");
        if (size.get_recon_width(i) < request.width || size.get_recon_height(i) < request.height)
            throw std::runtime_error("a component lacks samples");
    }
}

// Lossy decoding can leave the range of the precision: the value is clamped to it, then taken as the header wants it.
struct sample_range {
    int32_t lowest, highest;
    uint32_t unused;
    bool sign_extends;

    sample_range(uint32_t precision, bool is_signed, bool sign_extends)
        : lowest(is_signed ? -(int32_t)(1u << (precision - 1)) : 0),
          highest((int32_t)((1u << (is_signed ? precision - 1 : precision)) - 1)), unused(32 - precision),
          sign_extends(sign_extends) {}

    int32_t operator()(int32_t value) const {
        value = value < lowest ? lowest : value > highest ? highest : value;
        uint32_t bits = (uint32_t)value << unused;
        return sign_extends ? (int32_t)bits >> unused : (int32_t)(bits >> unused);
    }
};

template <typename Sample>
void write_row(const int32_t *row, Sample *target, uint32_t width, uint32_t step, const sample_range &range) {
    if (step == 1)
        for (uint32_t x = 0; x < width; x++) target[x] = (Sample)range(row[x]);
    else
        for (uint32_t x = 0; x < width; x++) target[(size_t)x * step] = (Sample)range(row[x]);
}

template <typename Sample>
void pull_rows(ojph::codestream &stream, const copenjph_request &request, Sample *samples) {
    ojph::param_siz size = stream.access_siz();
    bool planar = stream.is_planar();
    for (uint64_t i = 0, count = (uint64_t)request.height * request.components; i < count; i++) {
        ojph::ui32 component = 0;
        ojph::line_buf *line = stream.pull(component);
        uint32_t y = (uint32_t)(planar ? i % request.height : i / request.components);
        if (!line || component >= request.components || line->size < request.width)
            throw std::runtime_error("rows are missing");
        sample_range range(size.get_bit_depth(component), size.is_signed(component), request.sign_extends);
        write_row(
            line->i32, samples + (size_t)y * request.width * request.components + component, request.width,
            request.components, range);
    }
}

void decode(const uint8_t *data, size_t count, const copenjph_request &request, void *samples, copenjph_report &report) {
    ojph::mem_infile file;
    file.open(data, count);
    ojph::codestream stream;
    if (!request.strict) stream.enable_resilience();
    stream.read_headers(&file);
    check_image(stream, request);
    report.precision = stream.access_siz().get_bit_depth(0);
    report.is_signed = stream.access_siz().is_signed(0);
    stream.set_planar(stream.is_planar());
    stream.create();
    switch (request.bytes_per_sample) {
    case 1: pull_rows(stream, request, (uint8_t *)samples); break;
    case 2: pull_rows(stream, request, (uint16_t *)samples); break;
    default: pull_rows(stream, request, (uint32_t *)samples); break;
    }
    stream.close();
}

}  // namespace

extern "C" int copenjph_decode(
    const uint8_t *data, size_t count, const copenjph_request *request, void *samples, copenjph_report *report) {
    *report = copenjph_report();
    try {
        silence();
        decode(data, count, *request, samples, *report);
        return COPENJPH_OK;
    } catch (const mismatch &failure) {
        snprintf(report->message, sizeof report->message, "%s", failure.what());
        return COPENJPH_MISMATCH;
    } catch (const std::exception &failure) {
        snprintf(report->message, sizeof report->message, "%s", failure.what());
    } catch (...) {
        snprintf(report->message, sizeof report->message, "OpenJPH failed");
    }
    return COPENJPH_FAILED;
}
