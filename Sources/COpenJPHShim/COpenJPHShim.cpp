#include "COpenJPHShim.h"

#include <openjph/ojph_arch.h>
#include <openjph/ojph_base.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_message.h>
#include <openjph/ojph_params.h>
#include <openjph/ojph_version.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <cstdio>
#include <cstring>
#include <exception>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string_view>
#include <vector>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

extern "C" const char *copenjph_version(void) {
    return TEXT(OPENJPH_VERSION_MAJOR) "." TEXT(OPENJPH_VERSION_MINOR) "." TEXT(OPENJPH_VERSION_PATCH);
}

namespace {

// What the library wrote last in this thread.
thread_local char last_message[200];

ssize_t keep_message(void *, const char *text, size_t count) {
    // "ojph error 0x00030092 at ojph_codestream.cpp:1898: what happened"
    std::string_view line(text, count);
    for (size_t i = line.size(); i-- > 0 && (line[i] == '\n' || line[i] == '\r');) line.remove_suffix(1);
    size_t place = line.rfind(": ");
    if (place != std::string_view::npos) line.remove_prefix(place + 2);
    if (!line.empty()) snprintf(last_message, sizeof last_message, "%.*s", (int)line.size(), line.data());
    return (ssize_t)count;
}

FILE *open_stream(ssize_t (*write)(void *, const char *, size_t)) {
    FILE *stream = fopencookie(nullptr, "w", {nullptr, write, nullptr, nullptr});
    if (!stream) throw std::bad_alloc();
    setvbuf(stream, nullptr, _IOLBF, 1 << 10);
    return stream;
}

// The library writes what it has to say to streams, and replacing its writers has no effect in version 0.9.
void silence() {
    static std::once_flag once;
    std::call_once(once, [] {
        ojph::set_info_stream(open_stream([](void *, const char *, size_t count) { return (ssize_t)count; }));
        ojph::set_warning_stream(open_stream([](void *, const char *, size_t count) { return (ssize_t)count; }));
        ojph::set_error_stream(open_stream(keep_message));
    });
}

// The bytes of a codestream, with one byte of 0 put behind every tile-part.
//
// The library takes the length of a coded block from the codestream and cuts it to what is left of the tile-part, but then
// clears as many bytes as the length asked for, beyond the block's memory. It reads into a block before it clears: with the
// additional byte, a block that was cut reaches beyond the tile-part's own bytes. Every read that does is refused; a whole
// tile-part ends with its last packet, so that nothing reads the byte. Its length is bounded by the tile-part's then.
class guarded_infile final : public ojph::infile_base {
   public:
    guarded_infile(const uint8_t *data, size_t count) {
        bytes_.reserve(count + 16);
        size_t position = main_header(data, count);
        bytes_.assign(data, data + position);
        while (count - position >= 12 && word(data + position) == 0xFF90) {
            const size_t length = (size_t)word(data + position + 6) << 16 | word(data + position + 8);
            if (length < 14 || length > count - position || length >= UINT32_MAX) break;
            const size_t start = bytes_.size();
            bytes_.insert(bytes_.end(), data + position, data + position + length);
            for (int i = 0; i < 4; i++) bytes_[start + 6 + i] = (uint8_t)((length + 1) >> (24 - 8 * i));
            ends_.push_back(bytes_.size());
            bytes_.push_back(0);
            position += length;
        }
        if (position + 2 <= count) bytes_.insert(bytes_.end(), {0xFF, 0xD9});
    }

    // Whether the headers are read: what follows are packets, and the heads of further tile-parts, each behind the byte.
    bool is_in_packets = false;

    size_t read(void *target, size_t wanted) override {
        while (end_ < ends_.size() && ends_[end_] < place_) end_++;
        const bool reaches_beyond = end_ < ends_.size() && wanted > ends_[end_] - place_;
        if (is_in_packets && (wanted > longest_block || reaches_beyond))
            throw std::runtime_error("packets that are longer than their tile-part");
        const size_t part = wanted < bytes_.size() - place_ ? wanted : bytes_.size() - place_;
        if (part > 0) memcpy(target, bytes_.data() + place_, part);
        if (is_in_packets && part == 1) count_ones(bytes_[place_]);
        if (is_in_packets && part > 1 && has_marker(bytes_.data() + place_, part))
            throw std::runtime_error("a marker inside of a coded block");
        place_ += part;
        return part;
    }

    int seek(ojph::si64 offset, enum infile_base::seek origin) override {
        const ojph::si64 count = (ojph::si64)bytes_.size();
        const ojph::si64 start = origin == OJPH_SEEK_SET ? 0 : origin == OJPH_SEEK_CUR ? (ojph::si64)place_ : count;
        if (offset < -start || offset > count - start) return -1;
        place_ = (size_t)(start + offset);
        end_ = 0;
        return 0;
    }

    ojph::si64 tell() override { return (ojph::si64)place_; }
    bool eof() override { return place_ >= bytes_.size(); }
    void close() override {}

   private:
    // A block has at most 4096 samples; no coding of one takes more.
    static constexpr size_t longest_block = 1 << 17;

    // More ones in a row than the heads of packets have: a length of so many bits ends the process at an assertion.
    static constexpr int longest_run = 20;

    // Follows the bits of packets' heads, which are read byte by byte; after a byte of ones the next has a bit of padding.
    void count_ones(uint8_t byte) {
        for (int bit = last_ == 0xFF ? 6 : 7; bit >= 0; bit--) {
            run_ = byte >> bit & 1 ? run_ + 1 : 0;
            if (run_ > longest_run) throw std::runtime_error("a coded block whose length has too many bits");
        }
        last_ = byte;
    }

    // Whether the bytes hold a marker, which coded blocks never do: one ends the process at an assertion.
    static bool has_marker(const uint8_t *block, size_t count) {
        for (const uint8_t *end = block + count - 1; block < end; block++) {
            block = (const uint8_t *)memchr(block, 0xFF, (size_t)(end - block));
            if (!block) return false;
            if (block[1] > 0x8F) return true;
        }
        return false;
    }

    static unsigned word(const uint8_t *bytes) { return (unsigned)bytes[0] << 8 | bytes[1]; }

    // Where the first tile-part begins; all bytes when there is none.
    static size_t main_header(const uint8_t *data, size_t count) {
        size_t position = 2;
        while (position + 4 <= count && word(data + position) != 0xFF90) position += 2 + word(data + position + 2);
        return position + 4 <= count ? position : count;
    }

    std::vector<uint8_t> bytes_;
    std::vector<size_t> ends_;
    size_t place_ = 0, end_ = 0;
    uint8_t last_ = 0;
    int run_ = 0;
};

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
    // Whether clamping to 16 bits is all there is to do, as mostly.
    bool is_plain;

    sample_range(uint32_t precision, bool is_signed, bool sign_extends)
        : lowest(is_signed ? -(int32_t)(1u << (precision - 1)) : 0),
          highest((int32_t)((1u << (is_signed ? precision - 1 : precision)) - 1)), unused(32 - precision),
          sign_extends(sign_extends), is_plain(is_signed == sign_extends && precision <= 16) {}

    int32_t operator()(int32_t value) const {
        value = value < lowest ? lowest : value > highest ? highest : value;
        uint32_t bits = (uint32_t)value << unused;
        return sign_extends ? (int32_t)bits >> unused : (int32_t)(bits >> unused);
    }
};

// Clamps in 16 bits, eight samples at once: compilers do not see that narrowing with saturation is one instruction.
void write_plain_row(const int32_t *row, uint16_t *target, uint32_t width, const sample_range &range) {
    uint32_t x = 0;
#ifdef __SSE2__
    const int middle = range.highest > INT16_MAX ? 1 << 15 : 0;
    const __m128i middles = _mm_set1_epi32(middle), back = _mm_set1_epi16((short)middle);
    const __m128i lowest = _mm_set1_epi16((short)(range.lowest - middle));
    const __m128i highest = _mm_set1_epi16((short)(range.highest - middle));
    for (; x + 8 <= width; x += 8) {
        const __m128i *source = (const __m128i *)(row + x);
        __m128i low = _mm_sub_epi32(_mm_loadu_si128(source), middles);
        __m128i high = _mm_sub_epi32(_mm_loadu_si128(source + 1), middles);
        __m128i samples = _mm_packs_epi32(low, high);
        samples = _mm_min_epi16(_mm_max_epi16(samples, lowest), highest);
        _mm_storeu_si128((__m128i *)(target + x), _mm_add_epi16(samples, back));
    }
#endif
    for (; x < width; x++) target[x] = (uint16_t)range(row[x]);
}

template <typename Sample>
void write_row(const int32_t *row, Sample *target, uint32_t width, uint32_t step, const sample_range &range) {
    if constexpr (sizeof(Sample) == 2) {
        if (step == 1 && range.is_plain) return write_plain_row(row, target, width, range);
    }
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
    guarded_infile file(data, count);
    ojph::codestream stream;
    if (!request.strict) stream.enable_resilience();
    stream.read_headers(&file);
    file.is_in_packets = true;
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
        last_message[0] = 0;
        decode(data, count, *request, samples, *report);
        return COPENJPH_OK;
    } catch (const mismatch &failure) {
        snprintf(report->message, sizeof report->message, "%s", failure.what());
        return COPENJPH_MISMATCH;
    } catch (const std::exception &failure) {
        snprintf(report->message, sizeof report->message, "%s", last_message[0] ? last_message : failure.what());
    } catch (...) {
        snprintf(report->message, sizeof report->message, "OpenJPH failed");
    }
    return COPENJPH_FAILED;
}
