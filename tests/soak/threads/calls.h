/* The calls that the threads make, each with what its answer has to say. */
#ifndef SOAK_THREADS_CALLS_H
#define SOAK_THREADS_CALLS_H

#include "worker.h"

static void get_own(struct worker *worker)
{
    char *reply = NULL;
    katapult_status status = katapult_disk_get(client, worker->disk_id, &reply);
    if (ended(worker, "get", status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, "get", reply, "/disk/id", worker->disk_id);
        if (worker->name[0] != '\0')
            belongs(worker, "get", reply, "/disk/name", worker->name);
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
        belongs(worker, "update", reply, "/disk/id", worker->disk_id);
        belongs(worker, "update", reply, "/disk/name", name);
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
        belongs(worker, "task", reply, "/task/id", worker->task_id);
    katapult_string_free(reply);
}

static void attach_or_detach(struct worker *worker, int attach)
{
    char *reply = NULL;
    const char *what = attach ? "attach" : "detach";
    katapult_status status = attach ? katapult_disk_attach(client, worker->disk_id, NULL, &reply)
                                    : katapult_disk_detach(client, worker->disk_id, NULL, &reply);
    if (ended(worker, what, status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, what, reply, "/disk/id", worker->disk_id);
        read_text(reply, "/task/id", worker->task_id);
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
    katapult_status status = katapult_disk_create(client, request, NULL, &reply);
    create->claim = claim_of(status, reply);
    if (ended(worker, "create", status, KATAPULT_STATUS_OK, reply)) {
        belongs(worker, "create", reply, "/disk/name", name);
        read_text(reply, "/disk/id", create->id);
        worker->tasks++;
    } else if (create->claim == PERHAPS) {
        worker->perhaps_tasks++;
    }
    katapult_string_free(reply);
}

static int is_page(const char *json, int page, int per_page)
{
    int64_t current = 0, per = 0;
    katapult_reply_integer(json, "/pagination/current_page", &current);
    katapult_reply_integer(json, "/pagination/per_page", &per);
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
        belongs(worker, "data center", reply, "/data_center/permalink", permalink);
    katapult_string_free(reply);
}

#endif
