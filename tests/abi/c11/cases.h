/* The parts of the C11 program; each stands for itself. */
#ifndef CASES_H
#define CASES_H

void life_of_a_runtime(void);
void errors_and_names(void);
void fork_of_the_process(void);
void deferred_calls(void);
void outcomes(void);
void call_and_wait(void);
void workers(void);
void pump(void);
void posts_and_timers(void);
void tasks(void);
void log_events_and_metrics(void);
void plugins(const char* folder);
void adapters(const char* folder);
void api_table(void);
void invalid_arguments(void);
void wrong_moments(void);
void connections(void);
void sessions(void);
void talk_with_a_service(void);
void actions(void);

#endif
