#include "CPNGFailure.h"

#include <stdio.h>

void cpng_describe(cpng_failure *failure, const char *message) {
    snprintf(failure->message, sizeof failure->message, "%s", message);
}

void cpng_fail(png_structp png, png_const_charp message) {
    cpng_failure *failure = png_get_error_ptr(png);
    cpng_describe(failure, message);
    png_longjmp(png, 1);
}

void cpng_ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}
