/*
 * Uses katapult_log_set as a program with threads and forks does, and checks what comes.
 * The one argument is the base URL of a server that answers every disk.
 */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <katapult_disk.h>

#define THREADS 8
#define CALLS 50

struct lines {
    unsigned long count;
    char last[512];
};

static katapult_client *client;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "katapult-c-log: not so: %s\n", what);
        exit(1);
    }
}

static void get_disk(void)
{
    check(katapult_disk_get(client, "disk_x", NULL) == KATAPULT_STATUS_OK, "the call succeeds");
}

/* Counts without a lock: of the threads, each has lines of its own. */
static void count(katapult_log_level level, const char *message, void *user_data)
{
    struct lines *lines = user_data;
    check(level == KATAPULT_LOG_LEVEL_DEBUG, "a request is logged at level debug");
    lines->count++;
    strncpy(lines->last, message, sizeof lines->last - 1);
}

static void goes_on_and_off(void)
{
    struct lines lines = {0, ""};
    get_disk();
    katapult_log_set(count, &lines, KATAPULT_LOG_LEVEL_DEBUG);
    get_disk();
    check(lines.count == 1, "one line a request");
    check(strncmp(lines.last, "GET ", 4) == 0 && strstr(lines.last, ": 200 in ") != NULL, "it says what came");
    katapult_log_set(count, &lines, KATAPULT_LOG_LEVEL_INFO);
    get_disk();
    katapult_log_set(count, &lines, KATAPULT_LOG_LEVEL_OFF);
    get_disk();
    katapult_log_set(NULL, NULL, KATAPULT_LOG_LEVEL_DEBUG);
    get_disk();
    check(lines.count == 1, "nothing below the limit, nothing without a function");
    katapult_log_set(count, &lines, (katapult_log_level)99);
    get_disk();
    katapult_log_set(count, &lines, (katapult_log_level)-1);
    get_disk();
    check(lines.count == 2, "an invalid level becomes the nearest");
}

/* Tries what it must not do. */
static void call_again(katapult_log_level level, const char *message, void *user_data)
{
    katapult_status *status = user_data;
    char *reply = NULL;
    *status = katapult_disk_get(client, "disk_x", &reply);
    check(katapult_reply_outcome(reply) == KATAPULT_OUTCOME_NOT_SENT, "the reply says that nothing was sent");
    char *description = katapult_reply_text(reply, "/description");
    check(description != NULL && strncmp(description, "the log function must not", 25) == 0, "the reply says why");
    katapult_string_free(description);
    katapult_string_free(reply);
    (void)level, (void)message;
}

static void refuses_calls_within(void)
{
    katapult_status status = KATAPULT_STATUS_OK;
    katapult_log_set(call_again, &status, KATAPULT_LOG_LEVEL_DEBUG);
    get_disk();
    check(status == KATAPULT_STATUS_INVALID_ARGUMENT, "a call within the log function is refused");
    katapult_log_set(NULL, NULL, KATAPULT_LOG_LEVEL_OFF);
    get_disk();
}

static struct lines first, second;

static void count_of_all(katapult_log_level level, const char *message, void *user_data)
{
    check(user_data == &first || user_data == &second, "a function gets its own user_data");
    __sync_fetch_and_add(&((struct lines *)user_data)->count, 1);
    (void)level, (void)message;
}

static void count_of_second(katapult_log_level level, const char *message, void *user_data)
{
    check(user_data == &second, "a function never gets another one's user_data");
    count_of_all(level, message, user_data);
}

static void *call(void *unused)
{
    for (int i = 0; i < CALLS; i++)
        get_disk();
    return unused;
}

static void changes_while_threads_call(void)
{
    pthread_t threads[THREADS];
    katapult_log_set(count_of_all, &first, KATAPULT_LOG_LEVEL_DEBUG);
    for (int i = 0; i < THREADS; i++)
        check(pthread_create(&threads[i], NULL, call, NULL) == 0, "a thread starts");
    for (int i = 0; i < 20000; i++) {
        katapult_log_set(count_of_second, &second, KATAPULT_LOG_LEVEL_DEBUG);
        katapult_log_set(count_of_all, &first, KATAPULT_LOG_LEVEL_DEBUG);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    check(first.count + second.count == THREADS * CALLS, "no line is lost and none comes twice");
}

static void *call_for_ever(void *unused)
{
    for (;;)
        get_disk();
    return unused;
}

/* Forks while other threads log: whatever they hold at that moment, the child must not wait for it. */
static void goes_on_in_children(void)
{
    pthread_t threads[THREADS];
    struct lines lines = {0, ""};
    int status = 0;
    for (int i = 0; i < THREADS; i++)
        check(pthread_create(&threads[i], NULL, call_for_ever, NULL) == 0, "a thread starts");
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(20);
            katapult_log_set(count, &lines, KATAPULT_LOG_LEVEL_DEBUG);
            get_disk();
            _exit(lines.count == 1 ? 0 : 1);
        }
        check(child > 0 && waitpid(child, &status, 0) == child && status == 0, "a child logs its own request");
    }
}

int main(int argc, char **argv)
{
    char options[512];
    check(argc == 2, "one argument: the base URL");
    snprintf(options, sizeof options, "{\"base_url\": \"%s\", \"api_token\": \"t\"}", argv[1]);
    check(katapult_client_new(options, &client, NULL) == KATAPULT_STATUS_OK, "there is a client");
    goes_on_and_off();
    refuses_calls_within();
    changes_while_threads_call();
    goes_on_in_children();
    puts("done");
    /* The threads still call; what ends them is the end. */
    fflush(stdout);
    _exit(0);
}
