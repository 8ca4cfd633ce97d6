/* What a thread knows and counts, and how it judges what a call came to. */
#ifndef SOAK_THREADS_WORKER_H
#define SOAK_THREADS_WORKER_H

#include "../common.h"

#include <pthread.h>
#include <stdarg.h>

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

struct workers {
    struct worker *all;
    unsigned count;
};

static katapult_client *client;

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
    return katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN ? PERHAPS : NOTHING_HAPPENED;
}

static void belongs(struct worker *worker, const char *what, const char *reply, const char *pointer,
                    const char *wanted)
{
    if (!says(reply, pointer, wanted))
        complain(worker, "%s: asked for %s, and the answer is %.200s", what, wanted, reply);
}

#endif
