// DCMTK for Swift: data sets and JPEG read, errors as text, nothing printed, no exception leaves.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "CDCMTKDataSet.h"
#include "CDCMTKJPEG.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Silences DCMTK and loads its dictionary, once per process; 0 when the dictionary is missing. Other calls of this shim
/// do it by themselves.
int cdcmtk_start(void);

/// The version of DCMTK, as text.
const char *cdcmtk_version(void);

#ifdef __cplusplus
}
#endif
