#include "CCodecFloor.h"

#include <charls/charls.h>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrledec.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <openjpeg-2.5/openjpeg.h>
#include <openjph/ojph_arch.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_params.h>

#include <algorithm>
#include <cstring>

namespace {

bool decode_lossless(const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count) {
    static const DJCodecParameter parameters(ECC_lossyYCbCr, EDC_never, EUC_never, EPC_default);
    DJDecompressIJG16Bit decoder(parameters, OFFalse);
    return decoder.init().good() &&
           decoder
               .decode(const_cast<Uint8 *>(data), static_cast<Uint32>(count), reinterpret_cast<Uint8 *>(samples),
                       static_cast<Uint32>(sample_count * sizeof *samples), OFFalse)
               .good();
}

bool decode_ls(const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count) {
    charls_jpegls_decoder *decoder = charls_jpegls_decoder_create();
    bool is_good =
        charls_jpegls_decoder_set_source_buffer(decoder, data, count) == charls::jpegls_errc::success &&
        charls_jpegls_decoder_read_header(decoder) == charls::jpegls_errc::success &&
        charls_jpegls_decoder_decode_to_buffer(decoder, samples, sample_count * sizeof *samples, 0) ==
            charls::jpegls_errc::success;
    charls_jpegls_decoder_destroy(decoder);
    return is_good;
}

struct memory {
    const uint8_t *data;
    size_t count, position;
};

OPJ_SIZE_T read_memory(void *buffer, OPJ_SIZE_T wanted, void *user) {
    auto *from = static_cast<memory *>(user);
    size_t given = std::min<size_t>(wanted, from->count - from->position);
    if (given == 0) return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(buffer, from->data + from->position, given);
    from->position += given;
    return given;
}

OPJ_OFF_T skip_memory(OPJ_OFF_T wanted, void *user) {
    auto *from = static_cast<memory *>(user);
    from->position = std::min<size_t>(from->count, from->position + static_cast<size_t>(wanted));
    return wanted;
}

OPJ_BOOL seek_memory(OPJ_OFF_T place, void *user) {
    static_cast<memory *>(user)->position = static_cast<size_t>(place);
    return OPJ_TRUE;
}

bool decode_2000(const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count) {
    memory from{data, count, 0};
    opj_stream_t *stream = opj_stream_create(count, OPJ_TRUE);
    opj_stream_set_read_function(stream, read_memory);
    opj_stream_set_skip_function(stream, skip_memory);
    opj_stream_set_seek_function(stream, seek_memory);
    opj_stream_set_user_data(stream, &from, nullptr);
    opj_stream_set_user_data_length(stream, count);
    opj_codec_t *codec = opj_create_decompress(OPJ_CODEC_J2K);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t *image = nullptr;
    bool is_good = opj_setup_decoder(codec, &parameters) && opj_read_header(stream, codec, &image) &&
                   opj_decode(codec, stream, image) &&
                   size_t(image->comps[0].w) * image->comps[0].h == sample_count;
    if (is_good) std::copy_n(image->comps[0].data, sample_count, samples);
    opj_image_destroy(image);
    opj_destroy_codec(codec);
    opj_stream_destroy(stream);
    return is_good;
}

bool decode_high_throughput(const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count) {
    ojph::mem_infile file;
    file.open(data, count);
    ojph::codestream stream;
    stream.read_headers(&file);
    stream.create();
    auto size = stream.access_siz();
    size_t width = size.get_recon_width(0), height = size.get_recon_height(0);
    if (width * height != sample_count) return false;
    for (size_t y = 0; y < height; ++y) {
        ojph::ui32 component = 0;
        ojph::line_buf *line = stream.pull(component);
        std::copy_n(line->i32, width, samples + y * width);
    }
    stream.close();
    return true;
}

uint32_t little_endian(const uint8_t *bytes) {
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | uint32_t(bytes[3]) << 24;
}

/* Two segments, that of the high bytes first, by DCMTK's run-length decoder; then the bytes are put together. */
bool decode_run_lengths(const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count) {
    if (count < 64 || little_endian(data) != 2) return false;
    size_t places[] = {little_endian(data + 4), little_endian(data + 8), count};
    DcmRLEDecoder high(sample_count), low(sample_count);
    DcmRLEDecoder *decoders[] = {&high, &low};
    for (int i = 0; i < 2; ++i) {
        if (places[i] > places[i + 1] || places[i + 1] > count) return false;
        // A segment may end with a zero to make its length even.
        decoders[i]->decompress(const_cast<uint8_t *>(data) + places[i], places[i + 1] - places[i]);
        if (decoders[i]->size() != sample_count) return false;
    }
    auto *upper = static_cast<uint8_t *>(high.getOutputBuffer()), *lower = static_cast<uint8_t *>(low.getOutputBuffer());
    for (size_t i = 0; i < sample_count; ++i) samples[i] = uint16_t(upper[i] << 8 | lower[i]);
    return true;
}

}  // namespace

extern "C" int cfloor_decode(int codec, const uint8_t *data, size_t count, uint16_t *samples, size_t sample_count) try {
    switch (codec) {
    case CFLOOR_JPEG_LOSSLESS: return !decode_lossless(data, count, samples, sample_count);
    case CFLOOR_JPEG_LS: return !decode_ls(data, count, samples, sample_count);
    case CFLOOR_JPEG_2000: return !decode_2000(data, count, samples, sample_count);
    case CFLOOR_HTJ2K: return !decode_high_throughput(data, count, samples, sample_count);
    case CFLOOR_RLE: return !decode_run_lengths(data, count, samples, sample_count);
    default: return 1;
    }
} catch (...) {
    return 1;
}
