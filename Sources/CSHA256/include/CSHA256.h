/* SHA-256's compression function (FIPS 180-4, section 6.2.2), by the processor's own instructions
   where it has them. Padding and lengths are the caller's part. */
#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/* Takes `count` blocks of 64 bytes into `state`. */
void pare_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count);

/* The same in plain C, for processors without the instructions and for comparing. */
void pare_sha256_blocks_portable(uint32_t state[8], const uint8_t *blocks, size_t count);

/* Whether `pare_sha256_blocks` uses the processor's instructions. */
int pare_sha256_is_accelerated(void);

#endif
