/* What the frozen programs check with: the first thing that is wrong ends them. */
#ifndef FROZEN_CHECK_H
#define FROZEN_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                                            \
  do {                                                                              \
    if (!(condition)) {                                                             \
      fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                      \
    }                                                                               \
  } while (0)

#define CHECK_OK(call)                                                                                   \
  do {                                                                                                   \
    const silex_status status_ = (call);                                                                 \
    if (status_ != SILEX_OK) {                                                                           \
      fprintf(stderr, "%s:%d: %s gives %s: %s\n", __FILE__, __LINE__, #call, silex_status_name(status_), \
              silex_last_error()->message);                                                              \
      exit(1);                                                                                           \
    }                                                                                                    \
  } while (0)

#endif
