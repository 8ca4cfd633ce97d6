/*
 * One client, many threads, mixed calls and a server that misbehaves. Is each answer the answer to its own request, is
 * each create done once, is what a failure claims true, and is nothing left over?
 *
 *     threads BASE_URL THREADS CALLS SEED
 *
 * The environment says as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER, and the machine to
 * attach disks to in KATAPULT_VIRTUAL_MACHINE. Prints one line of JSON; ends with 1 if anything was wrong.
 */
#include "threads/calls.h"
#include "threads/creates.h"
#include "threads/own_disk.h"

#define PATIENCE 60 /* seconds for a call with its repeats: longer than any fault lasts */

static long calls_per_worker;
static long half_way_kib, end_kib;

static void *work(void *argument)
{
    struct worker *worker = argument;
    insist(worker, create_own);
    insist(worker, assign_own);
    while (worker->calls < calls_per_worker) {
        unsigned kind = draw(&worker->random, 100);
        if (worker->number == 0 && half_way_kib == 0 && worker->calls >= calls_per_worker / 2)
            half_way_kib = resident_kib();
        if (kind < 34)
            get_own(worker);
        else if (kind < 50)
            get_missing(worker);
        else if (kind < 64)
            rename_own(worker);
        else if (kind < 76)
            get_task(worker);
        else if (kind < 84)
            attach_or_detach(worker, kind % 2);
        else if (kind < 88)
            create(worker);
        else if (kind < 96)
            list_page(worker);
        else if (kind < 98)
            list_pages(worker);
        else
            get_data_center(worker);
    }
    if (worker->number == 0)
        end_kib = resident_kib();
    return NULL;
}

static void print_totals(const struct workers *workers, double seconds)
{
    struct worker total;
    memset(&total, 0, sizeof total);
    for (unsigned i = 0; i < workers->count; i++) {
        const struct worker *worker = &workers->all[i];
        total.calls += worker->calls;
        total.good += worker->good;
        total.refused += worker->refused;
        total.broken += worker->broken;
        total.created += worker->created;
        total.tasks += worker->tasks;
        total.perhaps_tasks += worker->perhaps_tasks;
    }
    printf("{\"calls\": %ld, \"good\": %ld, \"refused\": %ld, \"broken\": %ld, \"creates\": %ld, \"tasks\": %ld, "
           "\"perhaps_tasks\": %ld, \"seconds\": %.3f, \"half_way_kib\": %ld, \"end_kib\": %ld, \"wrong\": %ld}\n",
           total.calls, total.good, total.refused, total.broken, total.created, total.tasks, total.perhaps_tasks,
           seconds, half_way_kib, end_kib, wrong);
}

static void *nothing(void *argument)
{
    return argument;
}

static void start(pthread_t *thread, void *(*function)(void *), void *argument)
{
    if (pthread_create(thread, NULL, function, argument) != 0) {
        fputs("no thread\n", stderr);
        exit(3);
    }
}

int main(int argc, char **argv)
{
    struct workers workers;
    pthread_t first;
    long descriptors_before, threads_before;
    double started = now();

    machine = getenv("KATAPULT_VIRTUAL_MACHINE");
    if (argc != 5 || machine == NULL || getenv("KATAPULT_DATA_CENTER") == NULL) {
        fputs("usage: threads BASE_URL THREADS CALLS SEED, with the environment that its first lines name\n", stderr);
        return 2;
    }
    workers.count = (unsigned)atoi(argv[2]);
    workers.all = zeroed(workers.count, sizeof *workers.all);
    calls_per_worker = (atol(argv[3]) + (long)workers.count - 1) / (long)workers.count;
    /* A sanitizer starts a thread of its own together with the first. */
    start(&first, nothing, NULL);
    pthread_join(first, NULL);
    descriptors_before = descriptors();
    threads_before = live_threads();

    client = new_client(argv[1], PATIENCE);
    for (unsigned i = 0; i < workers.count; i++) {
        struct worker *worker = &workers.all[i];
        worker->number = i;
        worker->random = seeded(strtoul(argv[4], NULL, 10), i);
        worker->most_creates = calls_per_worker / 10 + 10;
        worker->creates = zeroed((size_t)worker->most_creates, sizeof *worker->creates);
        start(&worker->thread, work, worker);
    }
    for (unsigned i = 0; i < workers.count; i++)
        pthread_join(workers.all[i].thread, NULL);
    check_creates(&workers);
    katapult_client_free(client);

    if (descriptors() != descriptors_before)
        complain(&workers.all[0], "%ld descriptors more than at the start", descriptors() - descriptors_before);
    if (live_threads() != threads_before)
        complain(&workers.all[0], "%ld threads more than at the start", live_threads() - threads_before);
    print_totals(&workers, now() - started);
    for (unsigned i = 0; i < workers.count; i++)
        free(workers.all[i].creates);
    free(workers.all);
    return wrong > 0;
}
