#pragma once

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

/* libjpeg's error manager with a way back to the caller. The first member makes the casts valid. */
typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf escape;
    int status;
    int warnings;
    int strict;      /* a missing end marker is an error */
    int ended;       /* the data ended before its end marker */
    char text[JMSG_LENGTH_MAX];
} cjpeg_failure;

void cjpeg_failure_install(cjpeg_failure *failure, struct jpeg_common_struct *codec);
void cjpeg_failure_reset(cjpeg_failure *failure);
/* Ends the running call. */
void cjpeg_fail(cjpeg_failure *failure, int status, const char *text) __attribute__((noreturn));
