/* Figures of a runtime since its last start. */
#ifndef SILEX_METRICS_H
#define SILEX_METRICS_H

#include "error.h"

SILEX_BEGIN_C

#define SILEX_HISTOGRAM_BUCKETS 40

/* Durations in nanoseconds. Bucket i counts those in [2^i, 2^(i+1)), bucket 0 also 0, the last also all
 * that are longer (18 minutes). */
typedef struct silex_histogram {
  uint64_t count;
  uint64_t sum_ns;
  uint64_t max_ns;
  uint64_t buckets[SILEX_HISTOGRAM_BUCKETS];
} silex_histogram;

typedef struct silex_metrics {
  uint32_t size;             /* set by the caller; no more than that is written */
  uint32_t worker_threads;   /* started so far */
  uint64_t calls_queued;     /* deferred calls that wait now */
  uint64_t calls_deferred;   /* accepted, ever */
  uint64_t call_outcomes[5]; /* by silex_outcome */
  uint64_t jobs_queued;
  uint64_t jobs_submitted;
  uint64_t job_outcomes[5];
  uint64_t wakes;              /* asked of the adapter */
  uint64_t wakes_failed;       /* to which the adapter said no */
  uint64_t drains;             /* nested ones included */
  uint64_t drains_over_budget; /* that left calls for the next one */
  uint64_t tasks_open;
  uint64_t events;           /* told by the watchdogs */
  silex_histogram call_wait; /* of deferred calls that ran: from acceptance to start */
  silex_histogram call_run;  /* from start to end */
  silex_histogram job_wait;
  silex_histogram job_run;
} silex_metrics;

/* Copies the figures into `metrics`. Each is exact, but they are not of one instant. [any-thread] Never
 * blocks. SILEX_ERROR_INVALID_ARGUMENT where `metrics->size` is too small to hold anything. */
SILEX_API silex_status silex_metrics_read(silex_runtime* runtime, silex_metrics* metrics);

SILEX_END_C

#endif
