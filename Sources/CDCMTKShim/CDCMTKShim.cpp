#include "CDCMTKShim.h"

#include <stdio.h>

#include "CDCMTKInternal.hpp"
#include "dcmtk/oflog/oflog.h"

bool cdcmtk::start() {
    static const bool is_loaded = [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        return dcmDataDict.isDictionaryLoaded();
    }();
    return is_loaded;
}

void cdcmtk::copy_text(char *target, size_t size, const char *text) {
    if (size > 0) snprintf(target, size, "%s", text);
}

extern "C" int cdcmtk_start(void) try { return cdcmtk::start(); } catch (...) { return 0; }

extern "C" const char *cdcmtk_version(void) { return OFFIS_DCMTK_VERSION_STRING; }
