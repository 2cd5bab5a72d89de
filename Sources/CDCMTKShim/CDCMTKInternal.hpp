#pragma once

#include <stddef.h>
#include <stdint.h>

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmdata/dctk.h"

namespace cdcmtk {

/// Silences DCMTK and loads its dictionary, once.
bool start();

/// Copies a text that may be too long.
void copy_text(char *target, size_t size, const char *text);

inline DcmTagKey key(uint32_t tag) { return DcmTagKey((Uint16)(tag >> 16), (Uint16)tag); }

/// The two letters of a VR.
inline uint16_t vr_code(DcmEVR vr) {
    const char *name = DcmVR(DcmVR(vr).getValidEVR()).getVRName();
    return (uint16_t)((uint8_t)name[0] << 8 | (uint8_t)name[1]);
}

inline DcmVR vr_of(uint16_t code) {
    const char name[3] = {(char)(code >> 8), (char)code, 0};
    return DcmVR(name);
}

}  // namespace cdcmtk
