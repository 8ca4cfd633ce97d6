/* What the C programs of the soak share: replies, the process' own resources, random numbers, time. */
#ifndef SOAK_COMMON_H
#define SOAK_COMMON_H

#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <katapult_disk.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#define TEXT 96

/* Copies what is at `pointer` in a reply, "" if nothing is. */
static inline void read_text(const char *json, const char *pointer, char *out)
{
    char *text = katapult_reply_text(json, pointer);
    snprintf(out, TEXT, "%s", text != NULL ? text : "");
    katapult_string_free(text);
}

/* Whether the text at `pointer` is `wanted`. */
static inline int says(const char *json, const char *pointer, const char *wanted)
{
    char found[TEXT];
    read_text(json, pointer, found);
    return strcmp(found, wanted) == 0;
}

static inline long entries(const char *directory)
{
    DIR *opened = opendir(directory);
    long count = 0;
    if (opened == NULL)
        return -1;
    while (readdir(opened) != NULL)
        count++;
    closedir(opened);
    return count;
}

/* Open descriptors, and threads (-1 where the system does not tell); only good for comparing. */
static inline long descriptors(void)
{
    return entries("/dev/fd");
}

static inline long live_threads(void)
{
    return entries("/proc/self/task");
}

/* The resident memory in KiB, or -1 where the system does not tell. */
static inline long resident_kib(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;
    if (status == NULL)
        return -1;
    while (fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    fclose(status);
    return kib;
}

static inline double now(void)
{
    struct timeval time;
    gettimeofday(&time, NULL);
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* xorshift64*: a number below `limit`. */
static inline unsigned draw(uint64_t *state, unsigned limit)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (unsigned)((*state * 0x2545F4914F6CDD1DULL) >> 33) % limit;
}

/* Seeds of threads that differ little must not give numbers that differ little. */
static inline uint64_t seeded(unsigned long seed, unsigned thread)
{
    return (seed * 1000003u + thread + 1) * 0x9E3779B97F4A7C15ULL | 1;
}

static inline void *zeroed(size_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(3);
    }
    return memory;
}

/* A client for `base_url`; all else comes from the environment. Ends the program if there is none. */
static inline katapult_client *new_client(const char *base_url, int timeout_seconds)
{
    katapult_client *client = NULL;
    char *reply = NULL;
    char options[512];
    snprintf(options, sizeof options, "{\"base_url\": \"%s\", \"timeout\": %d}", base_url, timeout_seconds);
    if (katapult_client_new(options, &client, &reply) != KATAPULT_STATUS_OK) {
        fprintf(stderr, "no client: %s\n", reply);
        exit(3);
    }
    return client;
}

#endif
