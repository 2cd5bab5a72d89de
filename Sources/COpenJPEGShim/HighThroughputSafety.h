#pragma once

#include <stddef.h>
#include <stdint.h>

/* Whether OpenJPEG gets through the coded blocks of a codestream, be they damaged.

   Version 2.5.0 ends the process at an assertion where a block that is coded for high throughput (part 15) holds a marker,
   which damage or malice can put there: whole blocks are stuffed so that they have none. Not safe are codestreams that may
   have such blocks and hold a marker inside of their packets, or whose markers cannot be followed. */
int copenjpeg_is_high_throughput_safe(const uint8_t *data, size_t count);
