#include "CISALShim.h"

#include <errno.h>
#include <isa-l.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct cisal_inflater {
    struct inflate_state state;
    uint32_t container;
};

cisal_inflater *cisal_inflater_new(int is_gzip)
{
    cisal_inflater *inflater = calloc(1, sizeof *inflater);
    if (!inflater) return NULL;
    isal_inflate_init(&inflater->state);
    inflater->container = is_gzip ? ISAL_GZIP : ISAL_ZLIB;
    inflater->state.crc_flag = inflater->container;
    return inflater;
}

void cisal_inflater_free(cisal_inflater *inflater)
{
    free(inflater);
}

void cisal_inflater_restart(cisal_inflater *inflater)
{
    isal_inflate_reset(&inflater->state);
    inflater->state.crc_flag = inflater->container;
}

cisal_step cisal_inflate(cisal_inflater *inflater, const void *input, size_t count, void *output, size_t room)
{
    struct inflate_state *state = &inflater->state;
    /* ISA-L counts in 32 bits. */
    uint32_t available = count < (1u << 30) ? (uint32_t)count : 1u << 30;
    uint32_t space = room < (1u << 30) ? (uint32_t)room : 1u << 30;
    state->next_in = (uint8_t *)input;
    state->avail_in = available;
    state->next_out = output;
    state->avail_out = space;
    int result = isal_inflate(state);
    /* With damaged data it may count one byte more than there was, and wrap around. */
    uint32_t left = state->avail_in <= available ? state->avail_in : 0;
    cisal_step step = {available - left, space - state->avail_out, CISAL_OPEN};
    if (result < 0)
        step.status = result;
    else if (result == ISAL_NEED_DICT)
        step.status = ISAL_INVALID_WRAPPER;
    else if (state->block_state == ISAL_BLOCK_FINISH)
        step.status = CISAL_END;
    return step;
}

const char *cisal_reason(int status)
{
    switch (status) {
    case ISAL_INVALID_BLOCK: return "an invalid block";
    case ISAL_INVALID_SYMBOL: return "an invalid symbol";
    case ISAL_INVALID_LOOKBACK: return "a distance before the beginning";
    case ISAL_INVALID_WRAPPER: return "another header";
    case ISAL_UNSUPPORTED_METHOD: return "another method of compression";
    case ISAL_INCORRECT_CHECKSUM: return "another checksum or length";
    default: return "something else";
    }
}

/* Level 3 is faster, but gives other bytes on each of SSE, AVX2 and AVX-512; levels 0 to 2 do not. */
enum { LEVEL = 1, BUFFER_LENGTH = ISAL_DEF_LVL1_EXTRA_LARGE };

struct cisal_deflater {
    struct isal_zstream stream;
    uint8_t buffer[BUFFER_LENGTH];
};

/* The entry of ISA-L's table that the bits of an address from 16 on stand for: CRC-32C, of which the table takes the low bits. */
static uint32_t entry_of(uintptr_t address)
{
    uint32_t crc = (uint32_t)(address >> 16);
    for (int bit = 0; bit < 32; bit++) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78u : 0);
    return crc % (1 << 13);
}

/*
 * A block at an address whose entry is 0.
 *
 * The loops of ISA-L 2.30 (icf_body_hash_hist) begin with a register that holds the address of the state instead of the first bytes:
 * the third byte of the input is noted under the entry of that address. Another address gives other matches, in about one of 10,000
 * pieces; with the same entry always, the same piece always gives the same bytes.
 */
static void *block_with_entry_0(size_t size)
{
#if defined(__linux__) && defined(__x86_64__)
    /* Where neither the heap nor the system's own choices lie. */
    const uintptr_t first = (uintptr_t)0x7E90 << 32, last = (uintptr_t)0x7EF0 << 32, step = 1 << 16;
    for (uintptr_t address = first; address < last; address += step) {
        if (entry_of(address)) continue;
        void *block = mmap((void *)address, size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
        if (block == (void *)address) return block;
        if (block != MAP_FAILED) munmap(block, size);
        else if (errno == ENOMEM) return NULL;
    }
    return NULL;
#else
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return block == MAP_FAILED ? NULL : block;
#endif
}

cisal_deflater *cisal_deflater_new(void)
{
    return block_with_entry_0(sizeof(cisal_deflater));
}

void cisal_deflater_free(cisal_deflater *deflater)
{
    munmap(deflater, sizeof *deflater);
}

size_t cisal_deflate_bound(size_t count)
{
    /* Stored blocks of at most 64 KiB, each with a header, and room that the library wants to have left. */
    return count + count / 512 + 1024;
}

size_t cisal_deflate(cisal_deflater *deflater, const void *input, size_t count, void *output)
{
    size_t room = cisal_deflate_bound(count);
    if (room > UINT32_MAX) return 0;
    /* What an earlier call left there changes which matches are found: the same input would give other bytes. */
    memset(deflater, 0, sizeof *deflater);
    struct isal_zstream *stream = &deflater->stream;
    isal_deflate_stateless_init(stream);
    stream->level = LEVEL;
    stream->level_buf = deflater->buffer;
    stream->level_buf_size = sizeof deflater->buffer;
    stream->next_in = (uint8_t *)input;
    stream->avail_in = (uint32_t)count;
    stream->next_out = output;
    stream->avail_out = (uint32_t)room;
    stream->end_of_stream = 1;
    stream->flush = NO_FLUSH;
    stream->gzip_flag = IGZIP_DEFLATE;
    int result = isal_deflate_stateless(stream);
    return result == COMP_OK && stream->avail_in == 0 ? stream->total_out : 0;
}

#define TEXT(number) #number
#define VERSION(major, minor, patch) TEXT(major) "." TEXT(minor) "." TEXT(patch)

const char *cisal_version(void)
{
    return VERSION(ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION);
}
