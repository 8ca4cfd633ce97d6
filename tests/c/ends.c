/*
 * Ends threads and memory in the middle of calls. Arguments: a client's options, and what to do: see main;
 * a number is how many KiB of memory are left for a call.
 * "cancel" expects a server that never answers; the others one whose task is pending.
 */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <katapult_disk.h>

static katapult_client *client;
static katapult_status status;
static int returned, freed;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "katapult-c-ends: not so: %s\n", what);
        exit(1);
    }
}

static void free_reply(void *reply)
{
    check(katapult_reply_outcome(*(char **)reply) == KATAPULT_OUTCOME_UNKNOWN, "the reply was handed out");
    katapult_string_free(*(char **)reply);
    freed = 1;
}

static void *get_disk(void *unused)
{
    char *reply = NULL;
    pthread_cleanup_push(free_reply, &reply);
    status = katapult_disk_get(client, "disk_x", &reply);
    returned = 1;
    pthread_testcancel();
    pthread_cleanup_pop(1);
    check(0, "the thread is cancelled after the call");
    return unused;
}

/* The thread is in the call when it is cancelled, and ends after it. */
static void cancel(void)
{
    const struct timespec a_moment = {0, 200000000};
    pthread_t thread;
    void *result;
    check(pthread_create(&thread, NULL, get_disk, NULL) == 0, "a thread starts");
    nanosleep(&a_moment, NULL);
    check(!returned, "the call waits");
    pthread_cancel(thread);
    pthread_join(thread, &result);
    check(returned && status == KATAPULT_STATUS_TIMED_OUT, "the call ends as it would have");
    check(freed && result == PTHREAD_CANCELED, "the thread is cancelled");
}

static int end_thread(const char *task_json, void *user_data)
{
    (void)task_json;
    (void)user_data;
    pthread_exit(NULL);
}

static void end_in_progress(void)
{
    const katapult_wait wait = {10, end_thread, NULL};
    katapult_task_wait(client, "task_x", &wait, NULL);
}

/* Leaves so many KiB of memory for the call. */
static void use_up_memory(size_t left)
{
    char *reply = NULL;
    struct rlimit limit;
    FILE *pages = fopen("/proc/self/statm", "r");
    unsigned long used = 0;
    check(pages != NULL && fscanf(pages, "%lu", &used) == 1, "the system says how much is used");
    fclose(pages);
    limit.rlim_cur = limit.rlim_max = used * 4096 + (left << 10);
    check(setrlimit(RLIMIT_AS, &limit) == 0, "memory can be limited");
    status = katapult_disk_get(client, "disk_x", &reply);
    check(status == KATAPULT_STATUS_RESPONSE_TOO_LARGE, katapult_status_name(status));
    check(katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN, "the request had left");
    katapult_string_free(reply);
}

int main(int argc, char **argv)
{
    check(argc == 3, "two arguments: a client's options, and what to do");
    check(katapult_client_new(argv[1], &client, NULL) == KATAPULT_STATUS_OK, "there is a client");
    if (strcmp(argv[2], "cancel") == 0)
        cancel();
    else if (strcmp(argv[2], "pthread_exit") == 0)
        end_in_progress();
    else
        use_up_memory(strtoul(argv[2], NULL, 10));
    katapult_client_free(client);
    puts("done");
    return 0;
}
