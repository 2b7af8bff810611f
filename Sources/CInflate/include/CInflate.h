/* Inflating (RFC 1951) whole buffers with libdeflate, which is more than twice as fast as zlib at it.

   libdeflate is asked for when the program runs and is not needed to build it: where the system does
   not have it, `pare_libdeflate_make` gives NULL, and the caller keeps to zlib. Both give the same
   bytes; nothing is ever compressed with it, since those bytes would be others than zlib's.
   Interface: libdeflate.h of version 1.0 and newer, library version 0. */
#ifndef CINFLATE_H
#define CINFLATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct pare_libdeflate pare_libdeflate;

/* One decompressor, for one thread at a time; NULL where there is no libdeflate or no memory. */
pare_libdeflate *pare_libdeflate_make(void);

void pare_libdeflate_free(pare_libdeflate *decompressor);

enum {
  PARE_INFLATED = 0,
  /* It is no deflate stream, or ends too early. */
  PARE_BAD_DATA = 1,
  /* It inflates to more or to less than there is room for, or has bytes left over. */
  PARE_WRONG_SIZE = 2,
};

/* Inflates `input` into `output`, which has to come out full. */
int pare_libdeflate_inflate(
    pare_libdeflate *decompressor, const uint8_t *input, size_t input_count, uint8_t *output,
    size_t output_count);

/* CRC-32 as zip files use it. Call it only where `pare_libdeflate_make` has given a decompressor. */
uint32_t pare_libdeflate_crc32(const uint8_t *bytes, size_t count);

#endif
