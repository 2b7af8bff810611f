/* What Swift's overlay of the C library does not show: functions behind _GNU_SOURCE. */
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include "CConfined.h"

#include <spawn.h>
#include <sys/types.h>

/* As copy_file_range(2): reads at *offset and moves it, appends at the position of `to`.
   Fails with ENOSYS where there is none. */
ssize_t pare_copy_file_range(int from, off_t *offset, int to, size_t count);

/* Begins to bring a part of a file to the disk, where the system can be told to; does not wait. */
void pare_start_writing(int file, off_t offset, off_t count);

/* Both ends close on exec; the reading end does not wait. */
int pare_pipe(int ends[2]);

/* Processors that this process may use. */
int pare_processor_count(void);

/* The child starts in `folder`. Returns an error number. */
int pare_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder);

/* Peak resident memory in bytes. */
long pare_peak_memory(void);

#endif
