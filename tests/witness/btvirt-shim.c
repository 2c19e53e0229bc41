/*
 * Preloaded into BlueZ's btvirt, which is the independent radio of this test.
 *
 * 1. btvirt makes its sockets in /tmp, and removes those of another btvirt there. Here they go into the folder BTVIRT_SOCKETS, so that
 *    tests side by side do not meet.
 * 2. btvirt opens the kernel's ciphers (AF_ALG) for every controller with Low Energy, and makes none where the kernel has no such
 *    family, as in most containers. Nothing here is encrypted, so any socket will do in their place.
 * 3. btvirt ends with whoever started it, also where that is killed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#ifndef AF_ALG
#define AF_ALG 38
#endif

__attribute__((constructor)) static void end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }

static const char made_in[] = "/tmp/bt-server-";

/* The path in the folder; what is no such path, or does not fit, stays as it is. */
static const char *moved(const char *path, char *place, size_t size) {
  const char *folder = getenv("BTVIRT_SOCKETS");
  if (!folder || strncmp(path, made_in, strlen(made_in)) != 0) return path;
  const int length = snprintf(place, size, "%s/%s", folder, path + strlen("/tmp/"));
  return length > 0 && (size_t)length < size ? place : path;
}

int socket(int domain, int type, int protocol) {
  int (*next)(int, int, int) = dlsym(RTLD_NEXT, "socket");
  const int fd = next(domain, type, protocol);
  if (fd < 0 && domain == AF_ALG && errno == EAFNOSUPPORT) return next(AF_UNIX, SOCK_DGRAM | (type & SOCK_CLOEXEC), 0);
  return fd;
}

int bind(int fd, const struct sockaddr *address, socklen_t length) {
  int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
  if (address->sa_family == AF_UNIX) {
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    const char *path = ((const struct sockaddr_un *)address)->sun_path;
    if (moved(path, there.sun_path, sizeof there.sun_path) != path) return next(fd, (const struct sockaddr *)&there, sizeof there);
  }
  const int result = next(fd, address, length);
  return address->sa_family == AF_ALG ? 0 : result;
}

int unlink(const char *path) {
  int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");
  char there[sizeof(((struct sockaddr_un *)0)->sun_path)];
  return next(moved(path, there, sizeof there));
}
