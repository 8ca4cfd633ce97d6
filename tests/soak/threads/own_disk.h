/* How a thread gets a disk that no other thread changes. */
#ifndef SOAK_THREADS_OWN_DISK_H
#define SOAK_THREADS_OWN_DISK_H

#include "worker.h"

/* Where the own disks are attached. */
static const char *machine;

static int create_own(struct worker *worker)
{
    char *reply = NULL;
    char request[TEXT];
    snprintf(request, sizeof request, "{\"properties\": {\"name\": \"own-%u\", \"size_in_gb\": 10}}", worker->number);
    katapult_status status = katapult_disk_create(client, request, NULL, &reply);
    int good = ended(worker, "create of its own disk", status, KATAPULT_STATUS_OK, reply);
    if (good) {
        read_text(reply, "/disk/id", worker->disk_id);
        read_text(reply, "/task/id", worker->task_id);
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

#endif
