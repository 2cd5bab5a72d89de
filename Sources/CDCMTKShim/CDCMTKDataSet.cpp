#include "CDCMTKDataSet.h"

#include <pthread.h>
#include <string.h>

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "CDCMTKInternal.hpp"
#include "dcmtk/dcmdata/dcspchrs.h"

struct cdcmtk_data_set {
    std::string transfer_syntax;
    std::vector<cdcmtk_node> nodes;
    std::vector<uint8_t> bytes;
    int64_t meta_count = 0;
};

namespace {

// MARK: Input

/// The bytes of a source, by position.
class Producer final : public DcmProducer {
   public:
    Producer(const cdcmtk_source &source, offile_off_t position) : source_(source), position_(position) {}

    OFBool good() const override { return status_.good(); }
    OFCondition status() const override { return status_; }
    OFBool eos() override { return position_ >= source_.size; }
    offile_off_t avail() override { return status_.good() ? source_.size - position_ : 0; }

    offile_off_t read(void *buffer, offile_off_t count) override {
        const offile_off_t part = clipped(count);
        if (part == 0) return 0;
        if (position_ < window_start_ || position_ + part > window_start_ + (offile_off_t)window_.size()) {
            // Tags are read in pieces of a few bytes.
            if (part >= window_size || !fill(position_)) return direct(buffer, part);
        }
        memcpy(buffer, window_.data() + (position_ - window_start_), (size_t)part);
        position_ += part;
        return part;
    }

    offile_off_t skip(offile_off_t count) override {
        const offile_off_t part = clipped(count);
        position_ += part;
        return part;
    }

    void putback(offile_off_t count) override {
        if (count > position_)
            status_ = EC_PutbackFailed;
        else
            position_ -= count;
    }

   private:
    static constexpr offile_off_t window_size = 1 << 14;

    offile_off_t clipped(offile_off_t count) {
        const offile_off_t rest = avail();
        return count < 0 ? 0 : count < rest ? count : rest;
    }

    bool fill(offile_off_t from) {
        const offile_off_t rest = source_.size - from;
        window_.resize((size_t)(rest < window_size ? rest : window_size));
        window_start_ = from;
        if (source_.read(source_.context, from, window_.data(), (int64_t)window_.size()) == 0) return true;
        window_.clear();
        return false;
    }

    offile_off_t direct(void *buffer, offile_off_t part) {
        if (source_.read(source_.context, position_, buffer, part) != 0) {
            status_ = EC_InvalidStream;
            return 0;
        }
        position_ += part;
        return part;
    }

    cdcmtk_source source_;
    offile_off_t position_;
    offile_off_t window_start_ = 0;
    std::vector<uint8_t> window_;
    OFCondition status_ = EC_Normal;
};

/// A stream that ends where a limit is reached: DCMTK itself recurses without bound, and believes what files announce.
class Stream final : public DcmInputStream {
   public:
    Stream(const cdcmtk_source &source, offile_off_t position, const cdcmtk_limits *limits)
        : DcmInputStream(&producer_), source_(source), producer_(source, position), limits_(limits) {}

    DcmInputStreamFactory *newFactory() const override;
    OFBool good() const override { return !exceeded && DcmInputStream::good(); }
    OFCondition status() const override { return exceeded ? EC_InvalidStream : DcmInputStream::status(); }
    offile_off_t avail() override { return exceeded ? 0 : DcmInputStream::avail(); }

    offile_off_t read(void *buffer, offile_off_t count) override {
        if (limits_ && !exceeded) exceeded = limit_reached(count);
        return exceeded ? 0 : DcmInputStream::read(buffer, count);
    }

    OFCondition installCompressionFilter(E_StreamCompression filter) override {
        is_deflated_ = true;
        return DcmInputStream::installCompressionFilter(filter);
    }

    /// What is more than the limits allow, or NULL.
    const char *exceeded = nullptr;

   private:
    const char *limit_reached(offile_off_t count) {
        // An element is read in no more than four pieces, a level of nesting takes no more than 32 KiB of stack.
        if (++reads_ / 4 > limits_->nodes) return "entries";
        if (top_ - reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) > (uintptr_t)(limits_->nesting + 8) << 15) return "nesting";
        bytes_ += count;
        return bytes_ - reads_ * 12 > limits_->bytes ? "bytes of values" : nullptr;
    }

    cdcmtk_source source_;
    Producer producer_;
    const cdcmtk_limits *limits_;
    bool is_deflated_ = false;
    int64_t reads_ = 0, bytes_ = 0;
    uintptr_t top_ = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
};

/// Makes a stream that goes on where another one was.
class Factory final : public DcmInputStreamFactory {
   public:
    Factory(const cdcmtk_source &source, offile_off_t position) : source_(source), position_(position) {}
    DcmInputStream *create() const override { return new Stream(source_, position_, nullptr); }
    DcmInputStreamFactory *clone() const override { return new Factory(*this); }
    DcmInputStreamFactoryType ident() const override { return DFT_DcmInputFileStreamFactory; }

   private:
    cdcmtk_source source_;
    offile_off_t position_;
};

DcmInputStreamFactory *Stream::newFactory() const {
    // An inflated stream has no position in the file.
    return is_deflated_ ? nullptr : new Factory(source_, tell());
}

// MARK: Output

struct LimitExceeded {
    const char *what;
};

/// Access to where an item starts, behind its tag and length.
struct Place : DcmItem {
    static int64_t of(DcmItem &item) { return item.*(&Place::fStartPosition); }
};

class Walk {
   public:
    Walk(cdcmtk_data_set &set, const cdcmtk_limits &limits) : set_(set), limits_(limits) {}

    void item(DcmItem &item, int32_t depth, const OFString &inherited) {
        if (depth > limits_.nesting) throw LimitExceeded{"nesting"};
        OFString character_set;
        if (item.findAndGetOFStringArray(DCM_SpecificCharacterSet, character_set, OFFalse).bad())
            character_set = inherited;
        DcmSpecificCharacterSet converter;
        // A set that DCMTK does not know leaves the text as it is.
        const bool converts = !character_set.empty() && converter.selectCharacterSet(character_set).good();
        for (DcmObject *object = item.nextInContainer(nullptr); object; object = item.nextInContainer(object))
            element(*static_cast<DcmElement *>(object), depth, character_set, converts ? &converter : nullptr);
    }

   private:
    void element(DcmElement &element, int32_t depth, const OFString &character_set,
                 DcmSpecificCharacterSet *converter) {
        cdcmtk_node node = new_node(element, depth);
        node.form = CDCMTK_EMPTY;
        node.keyword = keyword(element.getTag());
        const DcmEVR ident = element.ident();
        if (ident == EVR_SQ) {
            node.form = CDCMTK_SEQUENCE;
            node.length = element.getLengthField();
            append(node);
            sequence(static_cast<DcmSequenceOfItems &>(element), depth, character_set);
            return;
        }
        const bool is_pixel_data = element.getTag().getBaseTag() == DCM_PixelData ||
                                   element.getTag() == DCM_FloatPixelData || element.getTag() == DCM_DoubleFloatPixelData;
        if (is_pixel_data || element.getLength() > limits_.value_bytes || !element.valueLoaded())
            node.form = element.getLengthField() == 0 ? CDCMTK_EMPTY : CDCMTK_NOT_LOADED;
        else if (element.getLength() > 0)
            value(element, node, converter);
        append(node);
    }

    void sequence(DcmSequenceOfItems &sequence, int32_t depth, const OFString &character_set) {
        for (DcmObject *object = sequence.nextInContainer(nullptr); object; object = sequence.nextInContainer(object)) {
            DcmItem &part = *static_cast<DcmItem *>(object);
            cdcmtk_node node = new_node(part, depth);
            node.form = CDCMTK_ITEM;
            node.offset = Place::of(part) - 8;
            append(node);
            item(part, depth + 1, character_set);
        }
    }

    static cdcmtk_node new_node(DcmObject &object, int32_t depth) {
        cdcmtk_node node = {};
        node.tag = (uint32_t)object.getGTag() << 16 | object.getETag();
        node.vr = cdcmtk::vr_code(object.getVR());
        node.depth = depth;
        node.length = object.getLengthField();
        node.offset = -1;
        return node;
    }

    static const char *keyword(const DcmTag &tag) {
        const DcmDictEntry *entry = dcmDataDict.rdlock().findEntry(tag, tag.getPrivateCreator());
        const char *name = entry ? entry->getTagName() : nullptr;
        dcmDataDict.rdunlock();
        return name;
    }

    void append(const cdcmtk_node &node) {
        if ((int64_t)set_.nodes.size() >= limits_.nodes) throw LimitExceeded{"entries"};
        set_.nodes.push_back(node);
    }

    void keep(cdcmtk_node &node, cdcmtk_form form, const void *bytes, size_t count) {
        node.start = (int64_t)set_.bytes.size();
        node.count = (int64_t)count;
        node.form = count == 0 ? CDCMTK_EMPTY : form;
        if (node.count > limits_.bytes - node.start) throw LimitExceeded{"bytes of values"};
        const uint8_t *first = static_cast<const uint8_t *>(bytes);
        set_.bytes.insert(set_.bytes.end(), first, first + count);
    }

    void value(DcmElement &element, cdcmtk_node &node, DcmSpecificCharacterSet *converter) {
        if (element.isaString()) return text(element, node, converter);
        const size_t length = element.getLength();
        const DcmEVR vr = DcmVR(element.getVR()).getValidEVR();
        switch (vr) {
            case EVR_US: case EVR_OW: case EVR_AT: return numbers(&DcmElement::getUint16Array, element, node);
            case EVR_SS: return numbers(&DcmElement::getSint16Array, element, node);
            case EVR_UL: case EVR_OL: return numbers(&DcmElement::getUint32Array, element, node);
            case EVR_SL: return numbers(&DcmElement::getSint32Array, element, node);
            case EVR_UV: case EVR_OV: return numbers(&DcmElement::getUint64Array, element, node);
            case EVR_SV: return numbers(&DcmElement::getSint64Array, element, node);
            case EVR_FL: case EVR_OF: return numbers(&DcmElement::getFloat32Array, element, node);
            case EVR_FD: case EVR_OD: return numbers(&DcmElement::getFloat64Array, element, node);
            default: break;
        }
        Uint8 *bytes = nullptr;
        if (element.getUint8Array(bytes).good() && bytes)
            keep(node, CDCMTK_BYTES, bytes, length);
        else
            node.form = CDCMTK_NOT_LOADED;
    }

    template <typename Number>
    void numbers(OFCondition (DcmElement::*get)(Number *&), DcmElement &element, cdcmtk_node &node) {
        Number *values = nullptr;
        if ((element.*get)(values).good() && values)
            keep(node, CDCMTK_NUMBERS, values, element.getLength() / sizeof(Number) * sizeof(Number));
        else
            node.form = CDCMTK_NOT_LOADED;
    }

    void text(DcmElement &element, cdcmtk_node &node, DcmSpecificCharacterSet *converter) {
        char *characters = nullptr;
        Uint32 length = 0;
        if (element.getString(characters, length).bad()) {
            node.form = CDCMTK_NOT_LOADED;
            return;
        }
        if (!characters) return;
        if (element.isAffectedBySpecificCharacterSet()) {
            OFString converted;
            if (converter && converter->convertString(characters, length, converted,
                                                      DcmVR(element.getVR()).getDelimiterChars()).good())
                return keep(node, CDCMTK_TEXT, converted.data(), converted.length());
            for (Uint32 i = 0; i < length; i++)
                if ((unsigned char)characters[i] >= 0x80 || characters[i] == 0x1B) node.is_undecodable = 1;
        }
        keep(node, CDCMTK_TEXT, characters, length);
    }

    cdcmtk_data_set &set_;
    const cdcmtk_limits &limits_;
};

// MARK: Reading

struct Request {
    const cdcmtk_source *source;
    const cdcmtk_limits *limits;
    std::unique_ptr<cdcmtk_data_set> result;
    std::string message;
    bool limit_exceeded = false;
};

void read(Request &request) {
    Stream stream(*request.source, 0, request.limits);
    DcmFileFormat file;
    file.transferInit();
    const DcmTagKey stop = request.limits->stops_at_pixel_data ? DCM_PixelData : DCM_UndefinedTagKey;
    const OFCondition status =
        file.readUntilTag(stream, EXS_Unknown, EGL_noChange, request.limits->value_bytes, stop);
    file.transferEnd();
    if (stream.exceeded) throw LimitExceeded{stream.exceeded};
    if (status.bad()) {
        request.message = status.text();
        return;
    }
    auto set = std::make_unique<cdcmtk_data_set>();
    const char *uid = DcmXfer(file.getDataset()->getOriginalXfer()).getXferID();
    OFString named;
    if (file.getMetaInfo()->findAndGetOFString(DCM_TransferSyntaxUID, named).good() && !named.empty())
        set->transfer_syntax = named.c_str();
    else
        set->transfer_syntax = uid ? uid : "";
    Walk walk(*set, *request.limits);
    walk.item(*file.getMetaInfo(), 0, "");
    set->meta_count = (int64_t)set->nodes.size();
    walk.item(*file.getDataset(), 0, "");
    request.result = std::move(set);
}

void *run(void *context) {
    Request &request = *static_cast<Request *>(context);
    try {
        read(request);
    } catch (const LimitExceeded &limit) {
        request.limit_exceeded = true;
        request.message = limit.what;
    } catch (const std::bad_alloc &) {
        request.message = "not enough memory";
    } catch (const std::exception &error) {
        request.message = error.what();
    } catch (...) {
        request.message = "an unknown C++ exception";
    }
    return nullptr;
}

/// DCMTK recurses at each level of nesting when it reads, and when it frees; the stack is reserved, not taken.
constexpr size_t stack_bytes = (size_t)64 << 20;

bool run_with_large_stack(Request &request) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return false;
    pthread_t thread;
    const bool started = pthread_attr_setstacksize(&attributes, stack_bytes) == 0 &&
                         pthread_create(&thread, &attributes, run, &request) == 0;
    pthread_attr_destroy(&attributes);
    return started && pthread_join(thread, nullptr) == 0;
}

}  // namespace

extern "C" cdcmtk_data_set *cdcmtk_read(const cdcmtk_source *source, const cdcmtk_limits *limits, char *message,
                                        size_t message_size, int *limit_exceeded) try {
    *limit_exceeded = 0;
    if (!cdcmtk::start()) {
        cdcmtk::copy_text(message, message_size, "DCMTK's data dictionary cannot be loaded");
        return nullptr;
    }
    Request request = {source, limits, nullptr, "", false};
    if (!run_with_large_stack(request)) request.message = "no thread can be started";
    *limit_exceeded = request.limit_exceeded;
    cdcmtk::copy_text(message, message_size, request.message.c_str());
    return request.result.release();
} catch (...) {
    cdcmtk::copy_text(message, message_size, "not enough memory");
    return nullptr;
}

extern "C" void cdcmtk_free(cdcmtk_data_set *set) { delete set; }

extern "C" const char *cdcmtk_transfer_syntax(const cdcmtk_data_set *set) { return set->transfer_syntax.c_str(); }

extern "C" const cdcmtk_node *cdcmtk_nodes(const cdcmtk_data_set *set, int64_t *count, int64_t *meta_count) {
    *count = (int64_t)set->nodes.size();
    *meta_count = set->meta_count;
    return set->nodes.data();
}

extern "C" const uint8_t *cdcmtk_bytes(const cdcmtk_data_set *set, int64_t *count) {
    *count = (int64_t)set->bytes.size();
    return set->bytes.data();
}
