#include "CJPEGFailure.h"

#include "CJPEGShim.h"

#include <string.h>

void cjpeg_fail(cjpeg_failure *failure, int status, const char *text) {
    failure->status = status;
    strncpy(failure->text, text, sizeof failure->text - 1);
    failure->text[sizeof failure->text - 1] = 0;
    longjmp(failure->escape, 1);
}

static int status_of(const cjpeg_failure *failure) {
    switch (failure->base.msg_code) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
        return CJPEG_UNSUPPORTED;
    case JERR_OUT_OF_MEMORY:
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW:
        return CJPEG_TOO_LARGE;
    case JERR_INPUT_EOF:
    case JERR_INPUT_EMPTY:
        return CJPEG_TRUNCATED;
    default:
        return failure->ended ? CJPEG_TRUNCATED : CJPEG_CORRUPT;
    }
}

static void fail_with_message(j_common_ptr codec, int status) {
    cjpeg_failure *failure = (cjpeg_failure *)codec->err;
    char text[JMSG_LENGTH_MAX];
    failure->base.format_message(codec, text);
    cjpeg_fail(failure, status, text);
}

static void error_exit(j_common_ptr codec) { fail_with_message(codec, status_of((cjpeg_failure *)codec->err)); }

/* Warnings after which samples are missing or wrong end the call; the others are counted. */
static void emit_message(j_common_ptr codec, int level) {
    cjpeg_failure *failure = (cjpeg_failure *)codec->err;
    if (level >= 0) return;
    failure->warnings++;
    failure->base.num_warnings++;
    switch (failure->base.msg_code) {
    case JWRN_JPEG_EOF:
        failure->ended = 1;
        if (failure->strict) fail_with_message(codec, CJPEG_TRUNCATED);
        return;
    case JWRN_HIT_MARKER:
        fail_with_message(codec, failure->ended ? CJPEG_TRUNCATED : CJPEG_CORRUPT);
        return;
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
        fail_with_message(codec, CJPEG_CORRUPT);
        return;
    default:
        return;
    }
}

static void output_message(j_common_ptr codec) { (void)codec; }

void cjpeg_failure_reset(cjpeg_failure *failure) {
    failure->status = CJPEG_OK;
    failure->warnings = 0;
    failure->ended = 0;
    failure->text[0] = 0;
    failure->base.num_warnings = 0;
}

void cjpeg_failure_install(cjpeg_failure *failure, struct jpeg_common_struct *codec) {
    codec->err = jpeg_std_error(&failure->base);
    failure->base.error_exit = error_exit;
    failure->base.emit_message = emit_message;
    failure->base.output_message = output_message;
    cjpeg_failure_reset(failure);
}
