#define _GNU_SOURCE
#include "CConfined.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#endif

/* Below, everything but `pare_spawn_confined` itself runs in a child of a process that may have threads:
   system calls and what is as plain, no memory of the heap, no locks (signal-safety(7)). */

static void tell(int notices, int kind, int value) {
  pare_notice notice = {kind, value};
  while (write(notices, &notice, sizeof notice) < 0 && errno == EINTR) {
  }
}

#if defined(__linux__)

static int write_text(const char *path, const char *text, size_t count) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t written = write(file, text, count);
  close(file);
  return written == (ssize_t)count ? 0 : -1;
}

static char *append(char *end, unsigned long number) {
  char digits[24];
  int count = 0;
  do digits[count++] = '0' + number % 10;
  while ((number /= 10) > 0);
  while (count > 0) *end++ = digits[--count];
  return end;
}

/* "1000 1000 1": the namespace knows this one user, by the number that the system knows it by. */
static int write_map(const char *path, unsigned long id) {
  char text[64];
  char *end = append(text, id);
  *end++ = ' ';
  end = append(end, id);
  memcpy(end, " 1", 2);
  return write_text(path, text, end + 2 - text);
}

static void start_loopback(void) {
  int socket_file = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_file < 0) return;
  struct ifreq request;
  memset(&request, 0, sizeof request);
  memcpy(request.ifr_name, "lo", 3);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ioctl(socket_file, SIOCSIFFLAGS, &request);
  close(socket_file);
}

/* Whether `path` is `folder` or lies in it. */
static int is_in(const char *path, const char *folder) {
  size_t count = strlen(folder);
  return strncmp(path, folder, count) == 0 && (path[count] == '/' || path[count] == 0);
}

static int contains(char *const *folders, const char *folder) {
  for (; *folders; folders++)
    if (strcmp(*folders, folder) == 0) return 1;
  return 0;
}

static void make_folders(const char *path) {
  char part[4096];
  size_t count = strlen(path);
  if (count >= sizeof part) return;
  for (size_t index = 1; index <= count; index++) {
    if (path[index] != '/' && path[index] != 0) continue;
    memcpy(part, path, index);
    part[index] = 0;
    mkdir(part, 0755);
  }
}

struct mount_attributes {
  unsigned long long set, clear, propagation, user_namespace;
};

#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#define READ_ONLY 1
#define RECURSIVE 0x8000

static int set_attributes(const char *path, unsigned flags, unsigned long long set,
                          unsigned long long clear) {
  struct mount_attributes attributes = {set, clear, 0, 0};
  return syscall(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes, sizeof attributes);
}

enum { most_kept = 64 };

/* mount_setattr(2) came with Linux 5.12; without it nothing is isolated. */
static int isolate_files(const pare_confined_program *program) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return 0;
  int files[most_kept];
  int count = 0;
  for (; program->kept[count]; count++) {
    if (count == most_kept) return 0;
    files[count] = open(program->kept[count], O_PATH | O_CLOEXEC);
    if (files[count] < 0) return 0;
  }
  for (char *const *folder = program->hidden; *folder; folder++) {
    const char *options =
        contains(program->writable, *folder) ? "mode=1777,size=512m" : "mode=755,size=1m";
    if (mount("none", *folder, "tmpfs", MS_NOSUID | MS_NODEV, options) != 0 && errno != ENOENT)
      return 0;
  }
  for (int index = 0; index < count; index++) {
    const char *path = program->kept[index];
    for (char *const *folder = program->hidden; *folder; folder++) {
      if (!is_in(path, *folder)) continue;
      char source[32] = "/proc/self/fd/";
      *append(source + strlen(source), files[index]) = 0;
      make_folders(path);
      if (mount(source, path, NULL, MS_BIND | MS_REC, NULL) != 0) return 0;
      break;
    }
    close(files[index]);
  }
  for (char *const *folder = program->writable; *folder; folder++)
    if (!contains(program->hidden, *folder) &&
        mount(*folder, *folder, NULL, MS_BIND, NULL) != 0)
      return 0;
  /* Refused where parts of the old one are covered, as in containers: then that one stays. */
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
  int has_shared = mount("none", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "size=64m") == 0;
  if (set_attributes("/", RECURSIVE, READ_ONLY, 0) != 0) return 0;
  for (char *const *folder = program->writable; *folder; folder++)
    if (set_attributes(*folder, 0, 0, READ_ONLY) != 0) return 0;
  if (has_shared) set_attributes("/dev/shm", 0, 0, READ_ONLY);
  return PARE_ISOLATES_FILES;
}

/* Which parts of the isolation hold; -1 where none does. */
static int isolate(const pare_confined_program *program, uid_t user, gid_t group) {
  /* The maps of a process that others may not look into belong to the system's root. */
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  if (write_text("/proc/self/setgroups", "deny", 4) != 0 && errno != ENOENT) return -1;
  if (write_map("/proc/self/uid_map", user) != 0) return -1;
  if (write_map("/proc/self/gid_map", group) != 0) return -1;
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  int holds = PARE_ISOLATES_PROCESSES;
  if (program->isolation & PARE_ISOLATES_NETWORK) {
    start_loopback();
    holds |= PARE_ISOLATES_NETWORK;
  }
  if (program->isolation & PARE_ISOLATES_FILES) {
    int files = isolate_files(program);
    if (files == 0) return -1;
    holds |= files;
  }
  return holds;
}

/* Root stays root, without what makes it one: what modes forbid is forbidden (capabilities(7)). */
static void drop_privileges(void) {
  for (int capability = 0; capability < 64; capability++)
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static pid_t make_process(int flags) {
  return (pid_t)syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
}

static void close_on_exec(unsigned from) {
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
  if (syscall(SYS_close_range, from, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
  for (int file = from; file < 4096; file++) fcntl(file, F_SETFD, FD_CLOEXEC);
}

static void end_with_parent(int number) { prctl(PR_SET_PDEATHSIG, number, 0, 0, 0); }

#else

static int isolate(const pare_confined_program *program, uid_t user, gid_t group) { return -1; }
static void drop_privileges(void) {}
static pid_t make_process(int flags) { return fork(); }
static void end_with_parent(int number) {}
static void close_on_exec(unsigned from) {
  for (int file = from; file < 4096; file++) fcntl(file, F_SETFD, FD_CLOEXEC);
}

#endif

static void become(const pare_confined_program *program) {
  end_with_parent(SIGKILL);
  struct sigaction plain;
  memset(&plain, 0, sizeof plain);
  plain.sa_handler = SIG_DFL;
  for (int number = 1; number < 32; number++) sigaction(number, &plain, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int is_good = dup2(program->input, 0) >= 0 && dup2(program->output, 1) >= 0 &&
                dup2(program->errors, 2) >= 0 && dup2(program->channel, 3) >= 0 &&
                fcntl(3, F_SETFD, 0) == 0 && chdir(program->folder) == 0;
  if (is_good) {
    close_on_exec(4);
    struct rlimit memory = {program->memory, program->memory};
    setrlimit(RLIMIT_AS, &memory);
    struct rlimit nothing = {0, 0};
    setrlimit(RLIMIT_CORE, &nothing);
    drop_privileges();
    execve(program->path, program->arguments, program->variables);
  }
  tell(program->notices, PARE_NOTICE_NOT_STARTED, errno);
  _exit(127);
}

static void end_group(int number) { kill(0, SIGKILL); }

/* Waits for the program, and for whatever it leaves behind until then; what is left ends with this. */
static void keep(pid_t process, int notices, int is_isolated) {
  struct sigaction ignored;
  memset(&ignored, 0, sizeof ignored);
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGTERM, &ignored, NULL);
  sigaction(SIGPIPE, &ignored, NULL);
  if (!is_isolated) {
    /* Nothing ends with this process but what it ends. */
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = end_group;
    sigaction(SIGUSR1, &action, NULL);
    end_with_parent(SIGUSR1);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, SIGUSR1);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
  }
  for (int file = 0; file < 4096; file++)
    if (file != notices) close(file);
  while (1) {
    int status = 0;
    pid_t ended = waitpid(-1, &status, 0);
    if (ended == process) {
      tell(notices, PARE_NOTICE_ENDED, status);
      break;
    }
    if (ended < 0 && errno != EINTR) break;
  }
  kill(0, SIGKILL);
  _exit(0);
}

pid_t pare_spawn_confined(const pare_confined_program *program) {
  int flags = 0;
#if defined(__linux__)
  if (program->isolation & PARE_ISOLATES_PROCESSES)
    flags |= CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWIPC;
  if (program->isolation & PARE_ISOLATES_NETWORK) flags |= CLONE_NEWNET;
  if (program->isolation & PARE_ISOLATES_FILES) flags |= CLONE_NEWNS;
#endif
  uid_t user = geteuid();
  gid_t group = getegid();
  /* No signal may find the child while it still has this process's handlers. */
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t keeper = make_process(flags);
  if (keeper == 0) {
    end_with_parent(SIGKILL);
    setpgid(0, 0);
    int holds = 0;
    if (program->isolation != 0) {
      holds = isolate(program, user, group);
      if (holds < 0) {
        tell(program->notices, PARE_NOTICE_NOT_ISOLATED, errno);
        _exit(0);
      }
    }
    tell(program->notices, PARE_NOTICE_ISOLATED, holds);
    pid_t process = make_process(0);
    if (process == 0) become(program);
    if (process < 0) {
      tell(program->notices, PARE_NOTICE_NOT_STARTED, errno);
      _exit(0);
    }
    keep(process, program->notices, holds != 0);
  }
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (keeper > 0) setpgid(keeper, keeper);
  errno = error;
  return keeper;
}

int pare_anonymous_file(void) {
#if defined(__linux__)
  return memfd_create("input", MFD_CLOEXEC);
#else
  char path[] = "/tmp/pare-XXXXXX";
  int file = mkstemp(path);
  if (file < 0) return -1;
  unlink(path);
  fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
#endif
}

void pare_become_opaque(void) {
#if defined(__linux__)
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
