#include "CDCMTKShim.h"
