/*
 * Many calls of one client, and many clients: what they leave behind, and how they get on with a rate limit.
 *
 *     calls BASE_URL DISK_ID THREADS CALLS MISSES CLIENTS TIMEOUT
 *
 * Reads the disk from so many threads; a call whose number MISSES divides asks for one that does not exist (0: none).
 * Then makes and frees so many clients, one call each. TIMEOUT is in seconds and for each call. The token is in
 * KATAPULT_API_TOKEN. Prints one line of JSON; ends with 1 if an answer was wrong or a descriptor was left over.
 */
#include "common.h"

#include <pthread.h>

#define MINUTES 60 /* of a run */

struct worker {
    pthread_t thread;
    unsigned number;
    long quota, calls, missed, failed, wrong;
    long per_minute[MINUTES];
    char failure[256];
};

static katapult_client *client;
static const char *disk_id;
static long first_minute, misses;
static long warm_kib, warm_descriptors;

static void call(struct worker *worker)
{
    char *reply = NULL;
    char missing[TEXT];
    int misses_it = misses > 0 && worker->calls % misses == 0;
    snprintf(missing, sizeof missing, "disk_none%ux%ld", worker->number, worker->calls);
    katapult_status status = katapult_disk_get(client, misses_it ? missing : disk_id, &reply);
    long minute = (long)(now() / 60) - first_minute;
    worker->calls++;
    if (minute < MINUTES)
        worker->per_minute[minute]++;
    if (status == KATAPULT_STATUS_OK)
        worker->wrong += misses_it || !says(reply, "/disk/id", disk_id);
    else if (status == KATAPULT_STATUS_DISK_NOT_FOUND && misses_it)
        worker->missed++;
    else if (worker->failed++ == 0)
        snprintf(worker->failure, sizeof worker->failure, "%.255s", reply);
    katapult_string_free(reply);
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    while (worker->calls < worker->quota) {
        /* By a tenth of the calls every buffer has been as large as it gets. */
        if (worker->number == 0 && worker->calls == worker->quota / 10) {
            warm_kib = resident_kib();
            warm_descriptors = descriptors();
        }
        call(worker);
    }
    return NULL;
}

static void print_minutes(const struct worker *total)
{
    int last = MINUTES - 1;
    while (last > 0 && total->per_minute[last] == 0)
        last--;
    for (int i = 0; i <= last; i++)
        printf("%s\"%ld\": %ld", i > 0 ? ", " : "", first_minute + i, total->per_minute[i]);
}

static void add(struct worker *total, const struct worker *worker)
{
    total->calls += worker->calls;
    total->missed += worker->missed;
    total->failed += worker->failed;
    total->wrong += worker->wrong;
    for (int i = 0; i < MINUTES; i++)
        total->per_minute[i] += worker->per_minute[i];
    if (worker->failed > 0 && total->failure[0] == '\0')
        memcpy(total->failure, worker->failure, sizeof total->failure);
}

/* Runs all threads to their end. */
static void run(struct worker *total, unsigned threads, long calls)
{
    struct worker *workers = zeroed(threads, sizeof *workers);
    for (unsigned i = 0; i < threads; i++) {
        workers[i].number = i;
        workers[i].quota = calls / threads + (i < calls % threads);
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) {
            fputs("no thread\n", stderr);
            exit(3);
        }
    }
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(workers[i].thread, NULL);
        add(total, &workers[i]);
    }
    free(workers);
}

/* The resident memory in KiB after a tenth of the clients, and after all. */
static void make_clients(const char *base_url, int timeout, long count, long kib[2])
{
    kib[0] = kib[1] = resident_kib();
    for (long i = 0; i < count; i++) {
        katapult_client *one = new_client(base_url, timeout);
        char *reply = NULL;
        katapult_data_center_list(one, &reply);
        katapult_string_free(reply);
        katapult_client_free(one);
        if (i == count / 10)
            kib[0] = resident_kib();
    }
    kib[1] = resident_kib();
}

int main(int argc, char **argv)
{
    struct worker total;
    long end_kib, end_descriptors, clients_kib[2], descriptors_before = descriptors();

    if (argc != 8) {
        fputs("usage: calls BASE_URL DISK_ID THREADS CALLS MISSES CLIENTS TIMEOUT\n", stderr);
        return 2;
    }
    memset(&total, 0, sizeof total);
    disk_id = argv[2];
    misses = atol(argv[5]);
    client = new_client(argv[1], atoi(argv[7]));

    double started = now();
    first_minute = (long)(started / 60);
    run(&total, (unsigned)atoi(argv[3]), atol(argv[4]));
    double seconds = now() - started;
    end_kib = resident_kib();
    end_descriptors = descriptors();
    katapult_client_free(client);

    started = now();
    make_clients(argv[1], atoi(argv[7]), atol(argv[6]), clients_kib);
    printf("{\"calls\": %ld, \"missed\": %ld, \"failed\": %ld, \"wrong\": %ld, \"seconds\": %.3f, \"warm_kib\": %ld, "
           "\"end_kib\": %ld, \"more_descriptors\": %ld, ",
           total.calls, total.missed, total.failed, total.wrong, seconds, warm_kib, end_kib,
           end_descriptors - warm_descriptors);
    printf("\"clients\": %s, \"clients_seconds\": %.3f, \"clients_warm_kib\": %ld, \"clients_end_kib\": %ld, "
           "\"left_descriptors\": %ld, \"minutes\": {",
           argv[6], now() - started, clients_kib[0], clients_kib[1], descriptors() - descriptors_before);
    print_minutes(&total);
    puts("}}");
    if (total.failed > 0)
        fprintf(stderr, "the first of the failures: %s\n", total.failure);
    return total.wrong > 0 || descriptors() != descriptors_before;
}
