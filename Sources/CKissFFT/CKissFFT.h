#include <kissfft/kiss_fftnd.h>
