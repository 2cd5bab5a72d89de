#include "CDCMTKWriter.h"

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "CDCMTKInternal.hpp"

struct cdcmtk_writer {
    DcmFileFormat file;
    std::vector<DcmItem *> items;
    std::vector<DcmSequenceOfItems *> sequences;
    std::string message;
};

namespace {

int fail(cdcmtk_writer *writer, const char *message) noexcept {
    try {
        writer->message = message;
    } catch (...) {
    }
    return 0;
}

int check(cdcmtk_writer *writer, const OFCondition &status) {
    return status.good() ? 1 : fail(writer, status.text());
}

/// Calls a body; an exception is a failure.
template <typename Body>
int guarded(cdcmtk_writer *writer, Body body) noexcept {
    try {
        return body();
    } catch (const std::exception &error) {
        return fail(writer, error.what());
    } catch (...) {
        return fail(writer, "an unknown C++ exception");
    }
}

OFCondition put(DcmElement &element, const void *bytes, Uint32 count) {
    switch (element.getVR()) {
        case EVR_US: case EVR_OW: case EVR_AT:
            return element.putUint16Array(static_cast<const Uint16 *>(bytes), count / (element.getVR() == EVR_AT ? 4 : 2));
        case EVR_SS: return element.putSint16Array(static_cast<const Sint16 *>(bytes), count / 2);
        case EVR_UL: case EVR_OL: return element.putUint32Array(static_cast<const Uint32 *>(bytes), count / 4);
        case EVR_SL: return element.putSint32Array(static_cast<const Sint32 *>(bytes), count / 4);
        case EVR_UV: case EVR_OV: case EVR_SV:
            // DCMTK's base class has no call for these.
            return EC_IllegalCall;
        case EVR_FL: case EVR_OF: return element.putFloat32Array(static_cast<const Float32 *>(bytes), count / 4);
        case EVR_FD: case EVR_OD: return element.putFloat64Array(static_cast<const Float64 *>(bytes), count / 8);
        default: return element.putUint8Array(static_cast<const Uint8 *>(bytes), count);
    }
}

/// Makes an element, fills it and puts it into the open item.
template <typename Fill>
int insert(cdcmtk_writer *writer, uint32_t tag, uint16_t vr, int64_t count, Fill fill) {
    if (count < 0 || count > 0xFFFFFFFE) return fail(writer, "a value of DICOM has at most 4,294,967,294 bytes");
    DcmElement *made = nullptr;
    const OFCondition status =
        DcmItem::newDicomElementWithVR(made, DcmTag(cdcmtk::key(tag), cdcmtk::vr_of(vr)));
    std::unique_ptr<DcmElement> element(made);
    if (status.bad() || !element) return check(writer, status);
    if (count > 0 && !check(writer, fill(*element))) return 0;
    if (!check(writer, writer->items.back()->insert(element.get(), OFTrue))) return 0;
    element.release();
    return 1;
}

}  // namespace

extern "C" cdcmtk_writer *cdcmtk_writer_new(void) try {
    cdcmtk::start();
    auto writer = std::make_unique<cdcmtk_writer>();
    writer->items.push_back(writer->file.getDataset());
    return writer.release();
} catch (...) {
    return nullptr;
}

extern "C" void cdcmtk_writer_free(cdcmtk_writer *writer) { delete writer; }

extern "C" const char *cdcmtk_writer_message(const cdcmtk_writer *writer) { return writer->message.c_str(); }

extern "C" int cdcmtk_put_text(cdcmtk_writer *writer, uint32_t tag, uint16_t vr, const char *text, int64_t count) {
    return guarded(writer, [&] {
        return insert(writer, tag, vr, count,
                      [&](DcmElement &element) { return element.putString(text, (Uint32)count); });
    });
}

extern "C" int cdcmtk_put_bytes(cdcmtk_writer *writer, uint32_t tag, uint16_t vr, const void *bytes, int64_t count) {
    return guarded(writer, [&] {
        return insert(writer, tag, vr, count,
                      [&](DcmElement &element) { return put(element, bytes, (Uint32)count); });
    });
}

extern "C" int cdcmtk_begin_sequence(cdcmtk_writer *writer, uint32_t tag) {
    return guarded(writer, [&] {
        auto sequence = std::make_unique<DcmSequenceOfItems>(DcmTag(cdcmtk::key(tag), DcmVR(EVR_SQ)));
        if (!check(writer, writer->items.back()->insert(sequence.get(), OFTrue))) return 0;
        writer->sequences.push_back(sequence.release());
        return 1;
    });
}

extern "C" int cdcmtk_begin_item(cdcmtk_writer *writer) {
    return guarded(writer, [&] {
        if (writer->sequences.empty()) return fail(writer, "an item outside of a sequence");
        auto item = std::make_unique<DcmItem>();
        if (!check(writer, writer->sequences.back()->append(item.get()))) return 0;
        writer->items.push_back(item.release());
        return 1;
    });
}

extern "C" int cdcmtk_end_item(cdcmtk_writer *writer) {
    if (writer->items.size() < 2) return fail(writer, "no item is open");
    writer->items.pop_back();
    return 1;
}

extern "C" int cdcmtk_end_sequence(cdcmtk_writer *writer) {
    if (writer->sequences.empty()) return fail(writer, "no sequence is open");
    writer->sequences.pop_back();
    return 1;
}

extern "C" int cdcmtk_save(cdcmtk_writer *writer, const char *path, const char *transfer_syntax) {
    return guarded(writer, [&] {
        if (!cdcmtk::start()) return fail(writer, "DCMTK's data dictionary cannot be loaded");
        const E_TransferSyntax syntax = DcmXfer(transfer_syntax).getXfer();
        if (syntax == EXS_Unknown) return fail(writer, "a transfer syntax that DCMTK does not know");
        return check(writer, writer->file.saveFile(path, syntax, EET_UndefinedLength, EGL_withoutGL, EPD_noChange, 0, 0,
                                                   EWM_createNewMeta));
    });
}
