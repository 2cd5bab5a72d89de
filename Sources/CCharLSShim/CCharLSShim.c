#include "CCharLSShim.h"
