/* Starts a program that can do less than its starter: what `fork(2)` and `execve(2)` take between them,
   which Swift cannot say, since a forked child of a process with threads may call next to nothing. */
#ifndef CCONFINED_H
#define CCONFINED_H

#include <sys/types.h>

/* What stands between the program and the machine. */
enum {
  /* User and process namespaces: it sees no other process, and all that it starts ends with it. */
  PARE_ISOLATES_PROCESSES = 1,
  /* A network namespace without a way out. */
  PARE_ISOLATES_NETWORK = 2,
  /* A mount namespace: everything read-only but `writable`, folders of `hidden` empty but `kept`. */
  PARE_ISOLATES_FILES = 4,
};

/* Lists end with NULL; paths are absolute, without links. */
typedef struct {
  const char *path;
  char *const *arguments;
  char *const *variables;
  const char *folder;
  /* Become its descriptors 0 to 3; every other one is closed. */
  int input, output, errors, channel;
  /* Gets a `pare_notice` for each thing that happens; closed on exec. */
  int notices;
  /* Of the address space, in bytes. */
  unsigned long memory;
  /* A set of PARE_ISOLATES_…; without PARE_ISOLATES_PROCESSES there is nothing else. */
  int isolation;
  char *const *hidden;
  char *const *kept;
  /* Stay writable; those that are hidden are empty first. */
  char *const *writable;
} pare_confined_program;

enum {
  /* `value`: which of PARE_ISOLATES_… hold. */
  PARE_NOTICE_ISOLATED = 1,
  /* `value`: an error number; the program was not started. */
  PARE_NOTICE_NOT_STARTED = 2,
  /* `value`: as waitpid(2) has it. */
  PARE_NOTICE_ENDED = 3,
  /* The namespaces cannot be set up; ask again without them. */
  PARE_NOTICE_NOT_ISOLATED = 4,
};

typedef struct {
  int kind;
  int value;
} pare_notice;

/* The process, and leader of a process group, that waits for the program and ends with it, and with the
   thread that called; -1, and errno, where none can be made. */
pid_t pare_spawn_confined(const pare_confined_program *program);

/* A file without a name, for reading and writing; it closes on exec. -1, and errno, where none can be
   made. */
int pare_anonymous_file(void);

/* Keeps other processes of this user from looking into this one (its variables, its memory). */
void pare_become_opaque(void);

#endif
