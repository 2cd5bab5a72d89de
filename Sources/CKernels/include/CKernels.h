// The hot loops of image processing, each in up to three versions that are chosen when the program runs.
//
// Nothing here checks its arguments: the Swift files that call these functions do. There is no global state.
#pragma once
#include "tessera_coordinates.h"
#include "tessera_filter.h"
#include "tessera_level.h"
#include "tessera_noise.h"
#include "tessera_rows.h"
#include "tessera_sample.h"
#include "tessera_tiles.h"
#include "tessera_turn.h"
