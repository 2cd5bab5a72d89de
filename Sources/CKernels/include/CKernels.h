// The hot loops of image processing, each in up to three versions that are chosen when the program runs.
//
// Nothing here checks its arguments: the Swift files that call these functions do. There is no global state.
#pragma once
#include "tessera_level.h"
