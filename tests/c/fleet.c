/*
 * Ends fleets in every way that a program has, and checks what runs on which thread. The arguments are a client's options,
 * how many disks a fleet shall have, the seconds that it has for its beginning, in which the server shall not create all
 * of them, and the seconds within which a call that is stopped shall end. The disks' tasks take long.
 */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <katapult_disk.h>

static katapult_client *client;
static pthread_t caller;
static int disks;
static double begun, stopped_at, soon;
static volatile sig_atomic_t stopping, handled_elsewhere;
static volatile int lines_of_others;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "katapult-c-fleet: not so: %s\n", what);
        exit(1);
    }
}

static int is_caller(void)
{
    return pthread_equal(pthread_self(), caller);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void pause_for(double seconds)
{
    struct timespec time = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&time, NULL);
}

/* A request for all disks, before which stands what is no disk: its result comes at once. To be freed. */
static char *request_for(const char *prefix)
{
    size_t size = 80 * (size_t)(disks + 2);
    char *request = malloc(size), *end = request;
    check(request != NULL, "there is memory");
    end += sprintf(end, "{\"threads\": 4, \"disks\": [7");
    for (int number = 0; number < disks; number++)
        end += sprintf(end, ", {\"properties\": {\"name\": \"%s-%04d\", \"size_in_gb\": 20}}", prefix, number);
    strcpy(end, "]}");
    return request;
}

static int64_t count_of(const char *reply, const char *name)
{
    char pointer[64];
    int64_t value = -1;
    snprintf(pointer, sizeof pointer, "/counts/%s", name);
    check(katapult_reply_integer(reply, pointer, &value), pointer);
    return value;
}

/* Runs a fleet that is stopped and comes to `expected`, and checks that all disks are accounted for. */
static void run(const char *prefix, katapult_status expected, const katapult_wait *wait, katapult_result_fn result)
{
    char *request = request_for(prefix), *reply = NULL, pointer[64], *text;
    katapult_status status = katapult_disk_create_many(client, request, wait, result, &stopped_at, &reply);
    double ended_at = now();
    int64_t unknown = count_of(reply, "unknown"), not_started = count_of(reply, "not_started");

    if (status != expected)
        fprintf(stderr, "%s: %s\n", prefix, reply);
    check(status == expected, katapult_status_name(expected));
    if (ended_at - stopped_at > soon)
        fprintf(stderr, "%s: it took %.3f s\n", prefix, ended_at - stopped_at);
    check(ended_at - stopped_at < soon, "it ends soon");
    check(unknown > 0 && not_started > 0, "it was in the middle of its work");
    check(unknown + not_started + count_of(reply, "failed") == disks + 1, "all disks are accounted for");
    check(count_of(reply, "created") == 0 && count_of(reply, "pending") == 0, "none is built, none goes on");
    check(katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN, "some may be there");
    snprintf(pointer, sizeof pointer, "/unfinished/%ld/index", (long)unknown - 1);
    text = katapult_reply_text(reply, pointer);
    check(text != NULL, "each that may be there is named");
    katapult_string_free(text);
    text = katapult_reply_text(reply, "/fleet");
    check(text != NULL, "the fleet's name is told");
    katapult_string_free(text);
    katapult_string_free(reply);
    free(request);
    printf("%ld %ld\n", (long)unknown, (long)not_started);
    fflush(stdout);
}

/* Sees the mistake, waits until others have begun, and makes a call, as it may. */
static int stop_after_a_call(size_t index, katapult_status status, const char *reply_json, void *user_data)
{
    char *reply = NULL;
    check(is_caller(), "results come on the thread of the call");
    check(user_data == &stopped_at, "a function gets its user_data");
    check(index == 0 && status == KATAPULT_STATUS_INVALID_ARGUMENT, "the mistake comes first");
    check(katapult_reply_outcome(reply_json) == KATAPULT_OUTCOME_NOT_SENT, "its result is an error");
    pause_for(begun);
    check(katapult_disk_list(client, NULL, &reply) == KATAPULT_STATUS_OK, "it may make calls");
    katapult_string_free(reply);
    stopped_at = now();
    return 1;
}

static int go_on(size_t index, katapult_status status, const char *reply_json, void *user_data)
{
    (void)index, (void)status, (void)reply_json, (void)user_data;
    check(is_caller(), "results come on the thread of the call");
    return 0;
}

static int stop_progress(const char *json, void *user_data)
{
    check(is_caller(), "progress comes on the thread of the call");
    check(user_data == &client, "a function gets its user_data");
    check(count_of(json, "pending") > 0, "the counts say what is under way");
    stopped_at = now();
    return 1;
}

static void on_alarm(int number)
{
    (void)number;
    handled_elsewhere |= !is_caller();
    stopped_at = now();
    stopping = 1;
}

static int is_stopping(void *user_data)
{
    (void)user_data;
    check(is_caller(), "the interrupt function is asked on the thread of the call");
    return stopping;
}

static void on_log(katapult_log_level level, const char *message, void *user_data)
{
    (void)level, (void)message, (void)user_data;
    if (!is_caller())
        __atomic_fetch_add(&lines_of_others, 1, __ATOMIC_RELAXED);
}

/* Lets a signal come while the next call is in the middle of its work. */
static void set_alarm(void)
{
    struct sigaction action = {0};
    struct itimerval later = {{0, 0}, {(time_t)begun, (suseconds_t)((begun - (double)(time_t)begun) * 1e6)}};
    stopping = 0;
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    katapult_interrupt_set(is_stopping, NULL);
    setitimer(ITIMER_REAL, &later, NULL);
}

static int go_on_slowly(size_t index, katapult_status status, const char *reply_json, void *user_data)
{
    pause_for(0.02);
    return go_on(index, status, reply_json, user_data);
}

/* All are mistakes, so that results are there all the time. */
static void a_signal_ends_it_between_results(void)
{
    char request[2048] = "{\"disks\": [7", *reply = NULL;
    for (int number = 1; number < 500; number++)
        strcat(request, ",7");
    strcat(request, "]}");
    set_alarm();
    check(katapult_disk_create_many(client, request, NULL, go_on_slowly, NULL, &reply) == KATAPULT_STATUS_INTERRUPTED,
          "a signal ends it also between results");
    check(now() - stopped_at < soon, "it ends soon between results, too");
    katapult_string_free(reply);
    katapult_interrupt_set(NULL, NULL);
}

static void a_signal_ends_it(void)
{
    set_alarm();
    run("signal", KATAPULT_STATUS_INTERRUPTED, NULL, go_on);
    check(!handled_elsewhere, "no signal arrives on the library's threads");
    katapult_interrupt_set(NULL, NULL);
}

/* How many threads this process has, 0 where that is not to be seen. */
static int threads(void)
{
    char line[256];
    int count = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        sscanf(line, "Threads: %d", &count);
    if (status != NULL)
        fclose(status);
    return count;
}

/* On a thread whose end frees what Rust keeps of it, so that valgrind sees what else is left. */
static void *end_fleets(void *unused)
{
    const katapult_wait short_time = {begun, NULL, NULL}, shown = {60.0, stop_progress, &client};
    int before = threads();
    sigset_t alarm;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &alarm, NULL);
    caller = pthread_self();
    katapult_log_set(on_log, NULL, KATAPULT_LOG_LEVEL_DEBUG);
    run("result", KATAPULT_STATUS_INTERRUPTED, NULL, stop_after_a_call);
    check(lines_of_others > 0, "the fleet's threads write the log");
    katapult_log_set(NULL, NULL, KATAPULT_LOG_LEVEL_DEBUG);
    run("progress", KATAPULT_STATUS_INTERRUPTED, &shown, NULL);
    stopped_at = now() + begun;
    run("timeout", KATAPULT_STATUS_TIMED_OUT, &short_time, go_on);
    a_signal_ends_it();
    a_signal_ends_it_between_results();
    check(threads() == before, "no thread is left");
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t alarm;
    check(argc == 5, "four arguments: a client's options, how many disks, and seconds twice");
    disks = atoi(argv[2]);
    begun = strtod(argv[3], NULL);
    soon = strtod(argv[4], NULL);
    check(katapult_client_new(argv[1], &client, NULL) == KATAPULT_STATUS_OK, "there is a client");
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &alarm, NULL);
    /* What the header says is enough. */
    check(pthread_attr_init(&attributes) == 0, "there are attributes");
    check(pthread_attr_setstacksize(&attributes, 128 * 1024) == 0, "a stack may be small");
    check(pthread_create(&thread, &attributes, end_fleets, NULL) == 0, "there is a thread");
    pthread_join(thread, NULL);
    katapult_client_free(client);
    puts("done");
    return 0;
}
