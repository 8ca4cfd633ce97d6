#include "bench.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

void bench_fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double wall_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void print_heap_in_use(void)
{
#ifdef __GLIBC__
    printf("%lu", (unsigned long)mallinfo2().uordblks);
#else
    printf("null");
#endif
}

static void get_in_turn(const struct jobs *jobs, long number)
{
    if (number % 3 == 0)
        jobs->get(DISK, 200);
    else if (number % 3 == 1)
        jobs->get(MISSING_DISK, 404);
    else
        jobs->get(FAILING_DISK, 500);
}

/* Gives how many disks a list had. `number` counts the calls from 0. */
static size_t perform(const struct jobs *jobs, const char *job, long number)
{
    if (strcmp(job, "get") == 0)
        jobs->get(DISK, 200);
    else if (strcmp(job, "mixed") == 0)
        get_in_turn(jobs, number);
    else if (strcmp(job, "detach") == 0)
        jobs->detach(DISK);
    else if (strcmp(job, "list") == 0)
        return jobs->list(0);
    else if (strcmp(job, "parse") == 0)
        return jobs->list(1);
    else
        bench_fail(job, "no such job");
    return 0;
}

int bench_run(const struct jobs *jobs, int argc, char **argv)
{
    long calls, done;
    double cpu, wall;
    size_t disks = 0;
    if (argc < 4)
        bench_fail(argv[0], "JOB N URL [CA_FILE]");
    calls = atol(argv[2]);
    cpu = cpu_seconds();
    wall = wall_seconds();
    for (done = 0; done < calls; done++)
        disks += perform(jobs, argv[1], done);
    cpu = cpu_seconds() - cpu;
    wall = wall_seconds() - wall;
    printf("{\"calls\": %ld, \"cpu\": %.6f, \"wall\": %.6f, \"disks\": %lu, \"heap\": ", calls, cpu, wall,
           (unsigned long)disks);
    print_heap_in_use();
    printf("}\n");
    return 0;
}
