#pragma once

#include <png.h>

#include "CPNGShim.h"

/* The error pointer of every libpng structure is a cpng_failure. */

/* Keeps libpng's text and jumps back to the caller's setjmp. */
void cpng_fail(png_structp png, png_const_charp message);

/* Warnings are not printed. */
void cpng_ignore(png_structp png, png_const_charp message);

/* Writes a text into a failure. */
void cpng_describe(cpng_failure *failure, const char *message);
