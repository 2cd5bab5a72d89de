#include "COpenJPEGShim.h"
