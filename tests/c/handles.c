/*
 * Second handles of a client, which have another timeout, and calls that another thread or a signal's handler ends.
 * The arguments are the base URL of a server that never answers, and how many seconds "soon" is.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include <katapult_disk.h>

/* In seconds: the client's timeout. */
#define TIMEOUT 20.0
#define THREADS 4

static katapult_client *client;
static double soon;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "katapult-c-handles: not so: %s\n", what);
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
static double get_disk(const katapult_client *with, katapult_status expected)
{
    double began = now();
    char *reply = NULL;
    katapult_status status = katapult_disk_get(with, "disk_x", &reply);
    check(status == expected, katapult_status_name(expected));
    check(katapult_reply_outcome(reply) != KATAPULT_OUTCOME_NONE, "the reply is an error");
    katapult_string_free(reply);
    return now() - began;
}

static katapult_client *with_timeout(double seconds)
{
    katapult_client *derived = NULL;
    char *reply = (char *)"not written";
    check(katapult_client_with_timeout(client, seconds, &derived, &reply) == KATAPULT_STATUS_OK, "it is made");
    check(derived != NULL && reply == NULL, "the reply of a success is NULL");
    return derived;
}

static void a_second_handle_has_its_own_timeout(void)
{
    katapult_client *second = with_timeout(soon), *third = NULL;
    check(get_disk(second, KATAPULT_STATUS_TIMED_OUT) < 2 * soon, "it governs the calls");
    check(katapult_client_with_timeout(second, soon / 2, &third, NULL) == KATAPULT_STATUS_OK, "of a second one, too");
    katapult_client_free(second);
    check(get_disk(third, KATAPULT_STATUS_TIMED_OUT) < 2 * soon, "it outlives what it was made of");
    katapult_client_free(third);
}

static void refuses(double seconds, const char *words)
{
    katapult_client *derived = client;
    char *reply = NULL, *text;
    check(katapult_client_with_timeout(client, seconds, &derived, &reply) == KATAPULT_STATUS_INVALID_ARGUMENT, words);
    check(derived == NULL, "a handle that was not made is NULL");
    text = katapult_reply_text(reply, "/description");
    check(text != NULL && strstr(text, words) != NULL, text);
    katapult_string_free(text);
    katapult_string_free(reply);
}

static void wrong_arguments_are_named(void)
{
    refuses(0, "timeout_seconds must be more than 0");
    refuses(-1, "timeout_seconds must be");
    refuses(NAN, "timeout_seconds must be");
    check(katapult_client_with_timeout(client, 1, NULL, NULL) == KATAPULT_STATUS_INVALID_ARGUMENT, "derived is NULL");
    katapult_client *derived = client;
    check(katapult_client_with_timeout(NULL, 1, &derived, NULL) == KATAPULT_STATUS_INVALID_ARGUMENT, "client is NULL");
    check(derived == NULL, "a handle that was not made is NULL");
    katapult_client_free(with_timeout(INFINITY));
}

static void *be_interrupted(void *with)
{
    double *took = malloc(sizeof *took);
    check(took != NULL, "there is memory");
    *took = get_disk(with, KATAPULT_STATUS_INTERRUPTED);
    return took;
}

static void sleep_ms(long milliseconds)
{
    struct timespec time = {0, milliseconds * 1000000};
    nanosleep(&time, NULL);
}

static void another_thread_ends_calls(void)
{
    pthread_t threads[THREADS];
    katapult_client *second = with_timeout(INFINITY);
    for (int i = 0; i < THREADS; i++)
        check(pthread_create(&threads[i], NULL, be_interrupted, i % 2 ? client : second) == 0, "a thread starts");
    sleep_ms(200);
    katapult_client_interrupt(second);
    for (int i = 0; i < THREADS; i++) {
        void *took;
        pthread_join(threads[i], &took);
        check(*(double *)took < 0.2 + soon, "the calls of all handles of the client end soon");
        free(took);
    }
    katapult_client_free(second);
    second = with_timeout(soon);
    check(get_disk(second, KATAPULT_STATUS_TIMED_OUT) > 0.9 * soon, "a call that begins later is not ended");
    katapult_client_free(second);
}

static void on_alarm(int number)
{
    (void)number;
    katapult_client_interrupt(client);
}

static void a_signals_handler_ends_calls(void)
{
    struct sigaction action = {0};
    struct itimerval in_200_ms = {{0, 0}, {0, 200000}};
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &in_200_ms, NULL);
    check(get_disk(client, KATAPULT_STATUS_INTERRUPTED) < 0.2 + soon, "it ends soon after the signal");
}

int main(int count, char **arguments)
{
    char options[300];
    check(count == 3, "there are two arguments");
    soon = strtod(arguments[2], NULL);
    snprintf(options, sizeof options, "{\"base_url\": \"%s/core/v1\", \"api_token\": \"t\", \"timeout\": %g}", arguments[1],
             TIMEOUT);
    check(katapult_client_new(options, &client, NULL) == KATAPULT_STATUS_OK, "a client is made");
    katapult_client_interrupt(NULL);
    katapult_openstack_client_interrupt(NULL);
    a_second_handle_has_its_own_timeout();
    wrong_arguments_are_named();
    another_thread_ends_calls();
    a_signals_handler_ends_calls();
    katapult_client_free(client);
    puts("done");
    return 0;
}
