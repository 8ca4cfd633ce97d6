/*
 * Uses katapult_interrupt_set as a program with signals and threads does, and checks what ends, and when.
 * The one argument is the base URL of a server that never answers, or only with a byte every 30 ms.
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

/* In seconds: what ends soon, and the client's timeout, on a machine that has other things to do. */
#define SOON 0.5
#define TIMEOUT 2.0

static katapult_client *client;
static volatile sig_atomic_t stopping;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "katapult-c-interrupt: not so: %s\n", what);
        exit(1);
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Seconds that a call took which came to `expected`. */
static double get_disk(katapult_status expected)
{
    double began = now();
    char *reply = NULL;
    katapult_status status = katapult_disk_get(client, "disk_x", &reply);
    check(status == expected, katapult_status_name(expected));
    check(katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN, "the request had left");
    katapult_string_free(reply);
    return now() - began;
}

static void on_alarm(int number)
{
    (void)number;
    stopping = 1;
}

static int stop(void *user_data)
{
    check(user_data == &stopping, "a function gets its user_data");
    return stopping;
}

static void a_signal_ends_a_call(void)
{
    struct sigaction action = {0};
    struct itimerval in_200_ms = {{0, 0}, {0, 200000}};
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    katapult_interrupt_set(stop, (void *)&stopping);
    setitimer(ITIMER_REAL, &in_200_ms, NULL);
    check(get_disk(KATAPULT_STATUS_INTERRUPTED) < 0.2 + SOON, "it ends soon after the signal");
    /* It asks in the middle of a call only. */
    check(get_disk(KATAPULT_STATUS_INTERRUPTED) < SOON, "the next call ends soon, too");
}

static void without_it_nothing_ends_a_call(void)
{
    struct itimerval in_200_ms = {{0, 0}, {0, 200000}};
    katapult_interrupt_set(NULL, NULL);
    setitimer(ITIMER_REAL, &in_200_ms, NULL);
    check(get_disk(KATAPULT_STATUS_TIMED_OUT) > TIMEOUT - 0.1, "only the timeout ends it");
    stopping = 0;
}

static int is_asked_on_the_thread_of_the_call(void *user_data)
{
    return pthread_equal(pthread_self(), *(pthread_t *)user_data);
}

static void *time_out(void *unused)
{
    get_disk(KATAPULT_STATUS_TIMED_OUT);
    return unused;
}

static void each_thread_is_asked(void)
{
    pthread_t here = pthread_self(), other;
    check(pthread_create(&other, NULL, time_out, NULL) == 0, "a thread starts");
    katapult_interrupt_set(is_asked_on_the_thread_of_the_call, &here);
    check(get_disk(KATAPULT_STATUS_INTERRUPTED) < SOON, "this thread's call ends");
    pthread_join(other, NULL);
}

/* Tries what it must not do. */
static int call_again(void *user_data)
{
    char *reply = NULL;
    *(katapult_status *)user_data = katapult_disk_get(client, "disk_x", &reply);
    char *description = katapult_reply_text(reply, "/description");
    check(description != NULL && strncmp(description, "the interrupt function must not", 31) == 0, "the reply says why");
    katapult_string_free(description);
    katapult_string_free(reply);
    return 1;
}

static void refuses_calls_within(void)
{
    katapult_status status = KATAPULT_STATUS_OK;
    katapult_interrupt_set(call_again, &status);
    get_disk(KATAPULT_STATUS_INTERRUPTED);
    check(status == KATAPULT_STATUS_INVALID_ARGUMENT, "a call within the function is refused");
    katapult_interrupt_set(NULL, NULL);
}

int main(int argc, char **argv)
{
    char options[512];
    check(argc == 2, "one argument: the base URL");
    snprintf(options, sizeof options, "{\"base_url\": \"%s\", \"api_token\": \"t\", \"timeout\": %g}", argv[1], TIMEOUT);
    check(katapult_client_new(options, &client, NULL) == KATAPULT_STATUS_OK, "there is a client");
    a_signal_ends_a_call();
    without_it_nothing_ends_a_call();
    each_thread_is_asked();
    refuses_calls_within();
    katapult_client_free(client);
    puts("done");
    return 0;
}
