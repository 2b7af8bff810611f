#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

ssize_t pare_copy_file_range(int from, off_t *offset, int to, size_t count) {
#if defined(__linux__)
  loff_t position = *offset;
  ssize_t copied = copy_file_range(from, &position, to, NULL, count, 0);
  if (copied >= 0) *offset = position;
  return copied;
#else
  errno = ENOSYS;
  return -1;
#endif
}

void pare_start_writing(int file, off_t offset, off_t count) {
#if defined(__linux__)
  sync_file_range(file, offset, count, SYNC_FILE_RANGE_WRITE);
#endif
}

int pare_pipe(int ends[2]) {
#if defined(__linux__)
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
#else
  if (pipe(ends) != 0) return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
  return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

int pare_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    int count = CPU_COUNT(&set);
    if (count > 0) return count;
  }
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}

int pare_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder) {
  return posix_spawn_file_actions_addchdir_np(actions, folder);
}

long pare_peak_memory(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
#if defined(__APPLE__)
  return usage.ru_maxrss;
#else
  return usage.ru_maxrss * 1024;
#endif
}
