// A DICOM file put together element by element.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdcmtk_writer cdcmtk_writer;

/// An empty data set; NULL when there is no memory.
cdcmtk_writer *cdcmtk_writer_new(void);
void cdcmtk_writer_free(cdcmtk_writer *writer);

/// What went wrong in the call that gave 0.
const char *cdcmtk_writer_message(const cdcmtk_writer *writer);

/// Puts text in UTF-8, values parted by backslashes, into the open item. All calls below give 0 on failure.
int cdcmtk_put_text(cdcmtk_writer *writer, uint32_t tag, uint16_t vr, const char *text, int64_t count);
/// Puts numbers in native byte order, or bytes; `count` is in bytes.
int cdcmtk_put_bytes(cdcmtk_writer *writer, uint32_t tag, uint16_t vr, const void *bytes, int64_t count);
/// Opens a sequence in the open item; items go into it until it is ended.
int cdcmtk_begin_sequence(cdcmtk_writer *writer, uint32_t tag);
int cdcmtk_begin_item(cdcmtk_writer *writer);
int cdcmtk_end_item(cdcmtk_writer *writer);
int cdcmtk_end_sequence(cdcmtk_writer *writer);
/// Writes the file with new file meta information.
int cdcmtk_save(cdcmtk_writer *writer, const char *path, const char *transfer_syntax);

#ifdef __cplusplus
}
#endif
