/*
 * What the C programs of the benchmarks share: arguments, clocks, jobs.
 *
 *     PROGRAM JOB N URL [CA_FILE]
 *
 * Jobs: get, detach: N calls; mixed: N calls that are answered with 200, 404 and 500 in turn; list: all pages of the
 * list, N times, as text; parse: the same, parsed. Prints as JSON how many calls there were, the CPU and the wall time
 * that all took, in seconds, how many disks the lists had, and the bytes of heap in use after the last call (null if
 * the C library cannot tell).
 */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>

#define DISK "disk_Tn4LqX8bVw2KzYd6"
#define MISSING_DISK "disk_Missing000000000"
#define FAILING_DISK "disk_Failing000000000"
#define TOKEN "benchmark-token-0123456789abcdefghij"
#define PER_PAGE 200

/* How a client does the jobs; each call ends the program unless it goes as it should. */
struct jobs {
    void (*get)(const char *disk_id, int expected_status);
    void (*detach)(const char *disk_id);
    /* Gives how many disks there were. */
    size_t (*list)(int parse);
};

/* Performs the job of the command line; gives the status to exit with. */
int bench_run(const struct jobs *jobs, int argc, char **argv);

/* Ends the program with a message. */
void bench_fail(const char *what, const char *why);

#endif
