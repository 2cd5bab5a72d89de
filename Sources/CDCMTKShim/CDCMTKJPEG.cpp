#include "CDCMTKJPEG.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>
#include <dcmtk/oflog/oflog.h>

#include <cstdio>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>

namespace {

void silence() {
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::getLogger("dcmtk.dcmjpeg").setLogLevel(OFLogger::OFF_LOG_LEVEL);
        OFLog::getLogger("dcmtk.ofstd").setLogLevel(OFLogger::OFF_LOG_LEVEL);
    });
}

/* DCMTK logs the library's warnings and reports success; they are all that tells of damage inside of the coded data. */
template <class Decoder> class Attentive : public Decoder {
    int &warnings;

public:
    Attentive(const DJCodecParameter &parameter, int &warnings) : Decoder(parameter, OFFalse), warnings(warnings) {}
    void emitMessage(int level) const override {
        if (level < 0) warnings++;
    }
};

/* Scans of a sequential stream whose spectral selection or approximation belongs to a progressive one, as in WG04's 12-bit
   files. The library warns of each and decodes them rightly: nothing depends on these numbers there. */
int count_odd_scans(const uint8_t *data, size_t count) {
    bool is_sequential = false;
    int odd = 0;
    for (size_t place = 2; place + 4 <= count;) {
        uint8_t marker = data[place + 1];
        if (data[place] != 0xFF || marker == 0xFF) {
            place++;
            continue;
        }
        if (marker == 0xD9) break;
        // Stuffed bytes and restart markers have no length.
        if (marker == 0x00 || (marker >= 0xD0 && marker <= 0xD8)) {
            place += 2;
            continue;
        }
        size_t end = place + 2 + (size_t(data[place + 2]) << 8 | data[place + 3]);
        if (marker == 0xC0 || marker == 0xC1) is_sequential = true;
        if (marker == 0xDA && is_sequential && end >= place + 8 && end <= count)
            odd += data[end - 3] != 0 || data[end - 2] != 63 || data[end - 1] != 0;
        place = end > place + 4 ? end : place + 4;
    }
    return odd;
}

std::unique_ptr<DJDecoder> make_decoder(const DJCodecParameter &parameter, int precision, int &warnings) {
    if (precision <= 8) return std::make_unique<Attentive<DJDecompressIJG8Bit>>(parameter, warnings);
    if (precision <= 12) return std::make_unique<Attentive<DJDecompressIJG12Bit>>(parameter, warnings);
    return std::make_unique<Attentive<DJDecompressIJG16Bit>>(parameter, warnings);
}

int decode(
    const uint8_t *data, size_t count, int precision, int workaround, void *samples, size_t byte_count,
    char *message, size_t message_count) {
    if (count > std::numeric_limits<Uint32>::max() || byte_count > std::numeric_limits<Uint32>::max()) {
        snprintf(message, message_count, "a frame beyond 4 GiB");
        return CDCMTK_JPEG_MEMORY;
    }
    DJCodecParameter parameter(
        ECC_lossyYCbCr, EDC_never, EUC_never, EPC_colorByPixel, workaround ? OFTrue : OFFalse, OFFalse);
    int warnings = 0;
    std::unique_ptr<DJDecoder> decoder = make_decoder(parameter, precision, warnings);
    OFCondition result = decoder->init();
    // The interface takes bytes that it does not write.
    if (result.good())
        result = decoder->decode(
            const_cast<Uint8 *>(data), (Uint32)count, static_cast<Uint8 *>(samples), (Uint32)byte_count, OFFalse);
    if (result.good())
        return warnings && warnings > count_odd_scans(data, count) ? CDCMTK_JPEG_DAMAGED : CDCMTK_JPEG_OK;
    snprintf(message, message_count, "%s", result.text());
    return result == EJ_Suspension ? CDCMTK_JPEG_TRUNCATED : CDCMTK_JPEG_CORRUPT;
}

}  // namespace

extern "C" int cdcmtk_jpeg_decode(
    const uint8_t *data, size_t count, int precision, int workaround, void *samples, size_t byte_count,
    char *message, size_t message_count) {
    try {
        silence();
        return decode(data, count, precision, workaround, samples, byte_count, message, message_count);
    } catch (const std::exception &failure) {
        snprintf(message, message_count, "%s", failure.what());
    } catch (...) {
        snprintf(message, message_count, "DCMTK failed");
    }
    return CDCMTK_JPEG_CORRUPT;
}
