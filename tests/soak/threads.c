/*
 * One client, many threads, mixed calls and a server that misbehaves. Is each answer the answer to its own request, is
 * each create done once, is what a failure claims true, and is nothing left over?
 *
 *     threads BASE_URL THREADS CALLS SEED
 *
 * The environment says as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER, and the machine to
 * attach disks to in KATAPULT_VIRTUAL_MACHINE. Prints one line of JSON; ends with 1 if anything was wrong.
 */
#include "common.h"

#include <pthread.h>
#include <stdarg.h>

#define PATIENCE 60 /* seconds for a call with its repeats: longer than any fault lasts */
#define RETRIES 20

enum claim { NOT_TRIED, CREATED, NOTHING_HAPPENED, PERHAPS };

struct create {
    enum claim claim;
    int seen;
    char id[TEXT];
};

struct worker {
    pthread_t thread;
    unsigned number;
    uint64_t random;
    long calls, good, refused, broken;
    long tasks, perhaps_tasks;
    /* Its own disk, which no other thread changes; the name is "" while it is not known. */
    char disk_id[TEXT], name[TEXT], task_id[TEXT];
    long renamed, looked;
    struct create *creates;
    long created, most_creates;
    int page; /* of a list that is being read */
};

static katapult_client *client;
static long calls_per_worker;
static const char *machine;
static long half_way_kib, end_kib;

static pthread_mutex_t complaining = PTHREAD_MUTEX_INITIALIZER;
static long wrong;

static void complain(const struct worker *worker, const char *format, ...)
{
    va_list arguments;
    pthread_mutex_lock(&complaining);
    if (wrong++ < 20) {
        fprintf(stderr, "thread %u, call %ld: ", worker->number, worker->calls);
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
    }
    pthread_mutex_unlock(&complaining);
}

/* What the server's faults may end in; anything else that fails is a defect. */
static int is_of_a_fault(katapult_status status)
{
    return status == KATAPULT_STATUS_CONNECTION_FAILED || status == KATAPULT_STATUS_INVALID_RESPONSE ||
           status == KATAPULT_STATUS_SERVICE_UNAVAILABLE || status == KATAPULT_STATUS_RATE_LIMIT_REACHED;
}

/* Counts a call; true if it succeeded. `refusal` is a status besides OK that is right, too. */
static int ended(struct worker *worker, const char *what, katapult_status status, katapult_status refusal, char *reply)
{
    worker->calls++;
    if (status == KATAPULT_STATUS_OK) {
        worker->good++;
        return 1;
    }
    if (is_of_a_fault(status))
        worker->broken++;
    else if (status == refusal)
        worker->refused++;
    else
        complain(worker, "%s: %s: %s", what, katapult_status_name(status), reply);
    return 0;
}

static enum claim claim_of(katapult_status status, const char *reply)
{
    if (status == KATAPULT_STATUS_OK)
        return CREATED;
    return says(reply, "\"outcome\":\"", "unknown") ? PERHAPS : NOTHING_HAPPENED;
}

static void belongs(struct worker *worker, const char *what, char *reply, const char *before, const char *wanted)
{
    if (!says(reply, before, wanted))
        complain(worker, "%s: asked for %s, and the answer is %.200s", what, wanted, reply);
}

static void get_own(struct worker *worker)
{
    char *reply = NULL;
    katapult_status status = katapult_disk_get(client, worker->disk_id, &reply);
    if (ended(worker, "get", status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, "get", reply, "\"disk\":{\"id\":\"", worker->disk_id);
        if (worker->name[0] != '\0')
            belongs(worker, "get", reply, "\"name\":\"", worker->name);
    }
    katapult_string_free(reply);
}

static void get_missing(struct worker *worker)
{
    char *reply = NULL;
    char disk_id[TEXT];
    snprintf(disk_id, sizeof disk_id, "disk_none%ux%ld", worker->number, worker->looked++);
    katapult_status status = katapult_disk_get(client, disk_id, &reply);
    if (ended(worker, "get of no disk", status, KATAPULT_STATUS_DISK_NOT_FOUND, reply))
        complain(worker, "%s does not exist, and the answer is %.200s", disk_id, reply);
    katapult_string_free(reply);
}

static void rename_own(struct worker *worker)
{
    char *reply = NULL;
    char name[TEXT / 2], request[2 * TEXT];
    snprintf(name, sizeof name, "own-%u-%ld", worker->number, ++worker->renamed);
    snprintf(request, sizeof request, "{\"properties\": {\"name\": \"%s\"}}", name);
    katapult_status status = katapult_disk_update(client, worker->disk_id, request, &reply);
    if (ended(worker, "update", status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, "update", reply, "\"disk\":{\"id\":\"", worker->disk_id);
        belongs(worker, "update", reply, "\"name\":\"", name);
        strcpy(worker->name, name);
    } else if (claim_of(status, reply) == PERHAPS) {
        worker->name[0] = '\0';
    }
    katapult_string_free(reply);
}

static void get_task(struct worker *worker)
{
    char *reply = NULL;
    katapult_status status = katapult_task_get(client, worker->task_id, &reply);
    if (ended(worker, "task", status, KATAPULT_STATUS_OK, reply))
        belongs(worker, "task", reply, "\"task\":{\"id\":\"", worker->task_id);
    katapult_string_free(reply);
}

static void attach_or_detach(struct worker *worker, int attach)
{
    char *reply = NULL;
    const char *what = attach ? "attach" : "detach";
    katapult_status status = attach ? katapult_disk_attach(client, worker->disk_id, &reply)
                                    : katapult_disk_detach(client, worker->disk_id, &reply);
    if (ended(worker, what, status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, what, reply, "\"disk\":{\"id\":\"", worker->disk_id);
        text_after(reply, "\"task\":{\"id\":\"", worker->task_id);
        worker->tasks++;
    } else if (claim_of(status, reply) == PERHAPS) {
        worker->perhaps_tasks++;
    }
    katapult_string_free(reply);
}

static void create(struct worker *worker)
{
    char *reply = NULL;
    char name[TEXT / 2], request[2 * TEXT];
    struct create *create = &worker->creates[worker->created];
    if (worker->created == worker->most_creates)
        return;
    snprintf(name, sizeof name, "soak-%u-%ld", worker->number, worker->created++);
    snprintf(request, sizeof request, "{\"properties\": {\"name\": \"%s\", \"size_in_gb\": 10}}", name);
    katapult_status status = katapult_disk_create(client, request, &reply);
    create->claim = claim_of(status, reply);
    if (ended(worker, "create", status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, "create", reply, "\"name\":\"", name);
        text_after(reply, "\"disk\":{\"id\":\"", create->id);
        worker->tasks++;
    } else if (create->claim == PERHAPS) {
        worker->perhaps_tasks++;
    }
    katapult_string_free(reply);
}

static int is_page(const char *json, int page, int per_page)
{
    int current = 0, per = 0;
    const char *at = strstr(json, "\"current_page\":");
    if (at != NULL)
        sscanf(at, "\"current_page\":%d", &current);
    at = strstr(json, "\"per_page\":");
    if (at != NULL)
        sscanf(at, "\"per_page\":%d", &per);
    return current == page && per == per_page;
}

/* The number of items a page tells the threads' lists apart. */
static int items_per_page(const struct worker *worker)
{
    return 1 + (int)worker->number % 25;
}

static void list_page(struct worker *worker)
{
    char *reply = NULL;
    char request[TEXT];
    int page = 1 + (int)draw(&worker->random, 3);
    snprintf(request, sizeof request, "{\"page\": %d, \"per_page\": %d}", page, items_per_page(worker));
    katapult_status status = katapult_disk_list(client, request, &reply);
    if (ended(worker, "list", status, KATAPULT_STATUS_OK, reply) && !is_page(reply, page, items_per_page(worker)))
        complain(worker, "list: asked for %s, and the answer is %.200s", request, reply);
    katapult_string_free(reply);
}

static int on_page(const char *page_json, void *user_data)
{
    struct worker *worker = user_data;
    if (!is_page(page_json, ++worker->page, items_per_page(worker)))
        complain(worker, "list: page %d of a list is %.200s", worker->page, page_json);
    return worker->page == 3;
}

static void list_pages(struct worker *worker)
{
    char *reply = NULL;
    char request[TEXT];
    worker->page = 0;
    snprintf(request, sizeof request, "{\"per_page\": %d}", items_per_page(worker));
    katapult_status status = katapult_disk_list_pages(client, request, on_page, worker, &reply);
    ended(worker, "list of pages", status, KATAPULT_STATUS_INTERRUPTED, reply);
    katapult_string_free(reply);
}

static void get_data_center(struct worker *worker)
{
    char *reply = NULL;
    const char *permalink = getenv("KATAPULT_DATA_CENTER");
    katapult_status status = katapult_data_center_get(client, permalink, &reply);
    if (ended(worker, "data center", status, KATAPULT_STATUS_OK, reply))
        belongs(worker, "data center", reply, "\"permalink\":\"", permalink);
    katapult_string_free(reply);
}

static int create_own(struct worker *worker)
{
    char *reply = NULL;
    char request[TEXT];
    snprintf(request, sizeof request, "{\"properties\": {\"name\": \"own-%u\", \"size_in_gb\": 10}}", worker->number);
    katapult_status status = katapult_disk_create(client, request, &reply);
    int good = ended(worker, "create of its own disk", status, KATAPULT_STATUS_OK, reply);
    if (good) {
        text_after(reply, "\"disk\":{\"id\":\"", worker->disk_id);
        text_after(reply, "\"task\":{\"id\":\"", worker->task_id);
        worker->tasks++;
    } else if (claim_of(status, reply) == PERHAPS) {
        worker->perhaps_tasks++;
    }
    katapult_string_free(reply);
    return good;
}

static int assign_own(struct worker *worker)
{
    char *reply = NULL;
    char request[2 * TEXT];
    snprintf(request, sizeof request, "{\"virtual_machine\": \"%s\"}", machine);
    katapult_status status = katapult_disk_assign(client, worker->disk_id, request, &reply);
    int good = ended(worker, "assign", status, KATAPULT_STATUS_UNABLE_TO_ASSIGN, reply);
    katapult_string_free(reply);
    /* It is refused when an attempt before it was done and its answer was lost. */
    return good || status == KATAPULT_STATUS_UNABLE_TO_ASSIGN;
}

static void insist(struct worker *worker, int (*call)(struct worker *))
{
    for (int tried = 0; tried < RETRIES; tried++)
        if (call(worker))
            return;
    fprintf(stderr, "thread %u has no disk of its own after %d attempts\n", worker->number, RETRIES);
    exit(1);
}

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

struct workers {
    struct worker *all;
    unsigned count;
};

/* Marks the creates whose disks a page shows. */
static int note_created(const char *page_json, void *user_data)
{
    const struct workers *workers = user_data;
    const char *at = page_json;
    while ((at = strstr(at, "{\"id\":\"disk_")) != NULL) {
        char id[TEXT], name[TEXT];
        unsigned thread = 0;
        long number = 0;
        text_after(at, "{\"id\":\"", id);
        text_after(at, "\"name\":\"", name);
        at++;
        if (sscanf(name, "soak-%u-%ld", &thread, &number) != 2)
            continue;
        if (thread >= workers->count || number >= workers->all[thread].created) {
            complain(&workers->all[0], "nobody created %s", name);
            continue;
        }
        struct create *create = &workers->all[thread].creates[number];
        create->seen++;
        if (create->claim == CREATED && strcmp(create->id, id) != 0)
            complain(&workers->all[thread], "%s is %s, and its creator was told %s", name, id, create->id);
    }
    return 0;
}

static void read_all_disks(struct workers *workers)
{
    for (int tried = 0; tried < RETRIES; tried++) {
        for (unsigned i = 0; i < workers->count; i++)
            for (long n = 0; n < workers->all[i].created; n++)
                workers->all[i].creates[n].seen = 0;
        if (katapult_disk_list_pages(client, "{\"per_page\": 200}", note_created, workers, NULL) == KATAPULT_STATUS_OK)
            return;
    }
    complain(&workers->all[0], "the disks could not be listed at the end");
}

/* Every create happened once, not at all, or once at most, as its caller was told. */
static void check_creates(struct workers *workers)
{
    read_all_disks(workers);
    for (unsigned i = 0; i < workers->count; i++) {
        const struct worker *worker = &workers->all[i];
        for (long n = 0; n < worker->created; n++) {
            const struct create *create = &worker->creates[n];
            if (create->seen > 1)
                complain(worker, "soak-%u-%ld was created %d times", i, n, create->seen);
            if (create->claim == CREATED && create->seen != 1)
                complain(worker, "soak-%u-%ld was created and is not there", i, n);
            if (create->claim == NOTHING_HAPPENED && create->seen != 0)
                complain(worker, "soak-%u-%ld was not created, it was said, and is there", i, n);
        }
    }
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
