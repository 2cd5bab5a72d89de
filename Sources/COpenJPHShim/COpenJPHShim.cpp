#include "COpenJPHShim.h"
