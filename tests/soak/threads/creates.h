/* Was every create done as its caller was told: once, not at all, or once at most? */
#ifndef SOAK_THREADS_CREATES_H
#define SOAK_THREADS_CREATES_H

#include "worker.h"

/* Marks the create whose disk has this name, if one of this run's has. */
static void note_disk(const struct workers *workers, const char *id, const char *name)
{
    unsigned thread = 0;
    long number = 0;
    if (sscanf(name, "soak-%u-%ld", &thread, &number) != 2)
        return;
    if (thread >= workers->count || number >= workers->all[thread].created) {
        complain(&workers->all[0], "nobody created %s", name);
        return;
    }
    struct create *create = &workers->all[thread].creates[number];
    create->seen++;
    if (create->claim == CREATED && strcmp(create->id, id) != 0)
        complain(&workers->all[thread], "%s is %s, and its creator was told %s", name, id, create->id);
}

static int note_created(const char *page_json, void *user_data)
{
    for (int row = 0;; row++) {
        char pointer[TEXT], id[TEXT], name[TEXT];
        snprintf(pointer, sizeof pointer, "/disk/%d/id", row);
        read_text(page_json, pointer, id);
        if (id[0] == '\0')
            return 0;
        snprintf(pointer, sizeof pointer, "/disk/%d/name", row);
        read_text(page_json, pointer, name);
        note_disk(user_data, id, name);
    }
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

#endif
