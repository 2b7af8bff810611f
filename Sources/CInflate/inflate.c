#include "CInflate.h"

#include <dlfcn.h>
#include <pthread.h>

/* `enum libdeflate_result` */
enum { SUCCESS = 0, SHORT_OUTPUT = 2, INSUFFICIENT_SPACE = 3 };

static struct {
  void *(*make)(void);
  void (*free)(void *);
  int (*inflate)(void *, const void *, size_t, void *, size_t, size_t *, size_t *);
  uint32_t (*crc32)(uint32_t, const void *, size_t);
} library;

static int is_there;

static void look(void) {
  static const char *const names[] = {
#if defined(__APPLE__)
      "libdeflate.0.dylib",
      "/opt/homebrew/lib/libdeflate.0.dylib",
      "/usr/local/lib/libdeflate.0.dylib",
#else
      "libdeflate.so.0",
#endif
  };
  void *handle = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++) {
    handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  }
  if (!handle) return;
  *(void **)&library.make = dlsym(handle, "libdeflate_alloc_decompressor");
  *(void **)&library.free = dlsym(handle, "libdeflate_free_decompressor");
  *(void **)&library.inflate = dlsym(handle, "libdeflate_deflate_decompress_ex");
  *(void **)&library.crc32 = dlsym(handle, "libdeflate_crc32");
  is_there = library.make && library.free && library.inflate && library.crc32;
}

pare_libdeflate *pare_libdeflate_make(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, look);
  return is_there ? library.make() : NULL;
}

void pare_libdeflate_free(pare_libdeflate *decompressor) { library.free(decompressor); }

int pare_libdeflate_inflate(
    pare_libdeflate *decompressor, const uint8_t *input, size_t input_count, uint8_t *output,
    size_t output_count) {
  size_t read = 0, written = 0;
  uint8_t nowhere;
  switch (library.inflate(
      decompressor, input, input_count, output ? output : &nowhere, output_count, &read, &written)) {
    case SUCCESS:
      return read == input_count && written == output_count ? PARE_INFLATED : PARE_WRONG_SIZE;
    case SHORT_OUTPUT:
    case INSUFFICIENT_SPACE:
      return PARE_WRONG_SIZE;
    default:
      return PARE_BAD_DATA;
  }
}

uint32_t pare_libdeflate_crc32(const uint8_t *bytes, size_t count) {
  return library.crc32(0, bytes, count);
}
