#include "CJPEGShim.h"

#include <stdio.h>
#include <jpeglib.h>

#define TEXT(value) #value
#define EXPANDED(value) TEXT(value)

const char *cjpeg_version(void) { return EXPANDED(LIBJPEG_TURBO_VERSION); }
