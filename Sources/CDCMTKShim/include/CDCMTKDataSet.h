// The data set of a DICOM file as a flat list of nodes.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Where the bytes of a file come from.
typedef struct {
    void *context;
    int64_t size;
    /// Fills the buffer from an offset inside the file; other than 0 is a failure.
    int (*read)(void *context, int64_t offset, void *buffer, int64_t count);
} cdcmtk_source;

/// What a data set may ask for.
typedef struct {
    /// Values with more bytes are not loaded.
    uint32_t value_bytes;
    /// Most nodes, deepest nesting, most bytes of all loaded values.
    int64_t nodes, nesting, bytes;
    /// Whether to end before the pixel data.
    int stops_at_pixel_data;
} cdcmtk_limits;

/// What stands in the bytes of a node.
typedef enum {
    /// The value is empty.
    CDCMTK_EMPTY = 0,
    /// UTF-8; where the conversion failed, the bytes of the file.
    CDCMTK_TEXT = 1,
    /// Numbers of the VR's size in native byte order; for AT, group and element as two 16-bit numbers.
    CDCMTK_NUMBERS = 2,
    /// Bytes without known order.
    CDCMTK_BYTES = 3,
    /// The value is longer than asked for, or is pixel data.
    CDCMTK_NOT_LOADED = 4,
    /// Items follow as nodes one level deeper.
    CDCMTK_SEQUENCE = 5,
    /// An item; its elements follow one level deeper.
    CDCMTK_ITEM = 6,
} cdcmtk_form;

/// An element or an item.
typedef struct {
    /// Group in the upper half, element in the lower; 0xFFFEE000 for an item.
    uint32_t tag;
    /// The two letters of the VR, the first in the upper half.
    uint16_t vr;
    uint8_t form;
    /// Whether the text could not be converted from its character set.
    uint8_t is_undecodable;
    /// 0 for elements of the file meta information and of the root, 1 for items of a sequence in the root, …
    int32_t depth;
    /// As the file says, 0xFFFFFFFF when undefined.
    uint32_t length;
    /// Where the item starts in the file (its tag), or -1.
    int64_t offset;
    /// The value, or the part of it that is loaded, inside the bytes of the data set.
    int64_t start, count;
    /// The keyword of the dictionary, or NULL.
    const char *keyword;
} cdcmtk_node;

typedef struct cdcmtk_data_set cdcmtk_data_set;

/// Reads all elements; NULL, and why in `message`, when DCMTK refuses the file. `limit_exceeded` says whether a limit was
/// the reason.
cdcmtk_data_set *cdcmtk_read(const cdcmtk_source *source, const cdcmtk_limits *limits, char *message,
                             size_t message_size, int *limit_exceeded);
void cdcmtk_free(cdcmtk_data_set *set);

/// The transfer syntax UID.
const char *cdcmtk_transfer_syntax(const cdcmtk_data_set *set);
/// The nodes; the first `meta_count` are the file meta information's.
const cdcmtk_node *cdcmtk_nodes(const cdcmtk_data_set *set, int64_t *count, int64_t *meta_count);
/// The values of all nodes.
const uint8_t *cdcmtk_bytes(const cdcmtk_data_set *set, int64_t *count);

#ifdef __cplusplus
}
#endif
