/*
 * The life of a disk: created on a virtual machine, waited for, read, renamed, detached, unassigned,
 * grown, deleted; then a volume detached through OpenStack.
 *
 *     cc lifecycle.c -lkatapult_disk -o lifecycle
 *
 * The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION,
 * KATAPULT_DATA_CENTER, KATAPULT_VIRTUAL_MACHINE (id or fqdn of a running machine), and for
 * OpenStack OS_AUTH_URL and what else its tools read, OS_SERVER_ID and OS_VOLUME_ID. `make demo` sets them
 * for the simulator, and so does `katapult-sim -- ./lifecycle`.
 */
#define _POSIX_C_SOURCE 200112L /* isatty */
#include <katapult_disk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Copies what is at `pointer` in a reply, "" if nothing is. */
static void read_text(const char *reply, const char *pointer, char *out, size_t size)
{
    char *text = katapult_reply_text(reply, pointer);
    snprintf(out, size, "%s", text != NULL ? text : "");
    katapult_string_free(text);
}

/* Ends the program when a call has failed; frees the reply otherwise. */
static void finish(const char *step, katapult_status status, char *reply)
{
    if (status != KATAPULT_STATUS_OK) {
        char *message = katapult_reply_text(reply, "/message");
        fprintf(stderr, "%s: %s: %s\n", step, katapult_status_name(status), message != NULL ? message : "");
        if (katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN)
            fputs("It may have happened all the same: look before you repeat it.\n", stderr);
        katapult_string_free(message);
        exit(1);
    }
    katapult_string_free(reply);
}

static int show_progress(const char *task_json, void *user_data)
{
    static const char full[] = "####################";
    char name[64], status[32];
    int64_t percent = 0;
    int redraws = isatty(STDERR_FILENO); /* one line then, otherwise one for each poll */
    (void)user_data;
    read_text(task_json, "/name", name, sizeof name);
    read_text(task_json, "/status", status, sizeof status);
    katapult_reply_integer(task_json, "/progress", &percent);
    fprintf(stderr, "%s    %s [%-20.*s] %3d%% %-9s", redraws ? "\r" : "", name, (int)percent / 5, full, (int)percent, status);
    if (!redraws || strcmp(status, "completed") == 0 || strcmp(status, "failed") == 0)
        fputc('\n', stderr);
    return 0; /* anything else stops the wait */
}

/* Ten minutes, and a bar. */
static const katapult_wait waiting = {600.0, show_progress, NULL};

static void wait_for(const katapult_client *client, const char *task_id)
{
    char *reply = NULL;
    katapult_status status = katapult_task_wait(client, task_id, &waiting, &reply);
    finish("wait", status, reply);
}

static void show_disk(const katapult_client *client, const char *disk_id)
{
    char *reply = NULL;
    char name[128], state[32], attachment[32];
    katapult_status status = katapult_disk_get(client, disk_id, &reply);
    if (status == KATAPULT_STATUS_OK) {
        read_text(reply, "/disk/name", name, sizeof name);
        read_text(reply, "/disk/state", state, sizeof state);
        read_text(reply, "/disk/virtual_machine_disk/state", attachment, sizeof attachment);
        printf("get      %s \"%s\" %s %s\n", disk_id, name, state, attachment);
    }
    finish("get", status, reply);
}

/* Workflows: each reads, decides, acts, waits and verifies. */
static void unassign_grow_delete(const katapult_client *client, const char *disk_id)
{
    const char *size = "{\"size_in_gb\": 30}", *purge = "{\"purge\": true}";
    char *reply = NULL;
    katapult_status status = katapult_disk_ensure_unassigned(client, disk_id, NULL, &waiting, &reply);
    finish("unassign", status, reply);
    printf("unassign %s\n", disk_id);

    status = katapult_disk_ensure_size(client, disk_id, size, &waiting, &reply);
    finish("grow", status, reply);
    printf("grow     %s 30 GB\n", disk_id);

    status = katapult_disk_ensure_deleted(client, disk_id, purge, &waiting, &reply);
    finish("delete", status, reply);
    printf("delete   %s is gone for good\n", disk_id);
}

static void detach_volume(void)
{
    const char *server_id = getenv("OS_SERVER_ID"), *volume_id = getenv("OS_VOLUME_ID");
    katapult_openstack_client *client = NULL;
    char *reply = NULL, request_id[64];
    katapult_status status;

    if (server_id == NULL || volume_id == NULL) {
        puts("detach   no OpenStack volume: OS_SERVER_ID and OS_VOLUME_ID are not set");
        return;
    }
    status = katapult_openstack_client_new(NULL, &client, &reply);
    if (status == KATAPULT_STATUS_OK)
        status = katapult_openstack_volume_detach(client, server_id, volume_id, NULL, NULL, &reply);
    if (status == KATAPULT_STATUS_OK) {
        read_text(reply, "/request_id", request_id, sizeof request_id);
        printf("detach   volume %s from server %s: %s\n", volume_id, server_id, request_id);
    }
    finish("detach volume", status, reply);
    katapult_openstack_client_free(client);
}

int main(void)
{
    const char *machine = getenv("KATAPULT_VIRTUAL_MACHINE");
    katapult_client *client = NULL;
    char *reply = NULL;
    char request[512], disk_id[64], task_id[64];

    setvbuf(stdout, NULL, _IOLBF, BUFSIZ); /* in step with the progress on stderr */
    if (machine == NULL) {
        fputs("KATAPULT_VIRTUAL_MACHINE is not set: the machine to create the disk on\n", stderr);
        return 1;
    }
    katapult_status status = katapult_client_new(NULL, &client, &reply);
    finish("client", status, reply);

    snprintf(request, sizeof request,
             "{\"properties\": {\"name\": \"data\", \"size_in_gb\": 20, \"virtual_machine_disk\": "
             "{\"virtual_machine\": \"%s\", \"attach\": true}}, "
             "\"annotations\": [{\"key\": \"made-by\", \"value\": \"lifecycle.c\"}]}",
             machine);
    status = katapult_disk_create(client, request, NULL, &reply);
    if (status == KATAPULT_STATUS_OK) {
        read_text(reply, "/disk/id", disk_id, sizeof disk_id);
        read_text(reply, "/task/id", task_id, sizeof task_id);
        printf("create   %s, by %s\n", disk_id, task_id);
    }
    finish("create", status, reply);
    wait_for(client, task_id);
    show_disk(client, disk_id);

    status = katapult_disk_update(client, disk_id, "{\"properties\": {\"name\": \"database\"}}", &reply);
    finish("update", status, reply);
    printf("update   %s \"database\"\n", disk_id);

    status = katapult_disk_detach(client, disk_id, NULL, &reply);
    if (status == KATAPULT_STATUS_OK) {
        read_text(reply, "/task/id", task_id, sizeof task_id);
        printf("detach   %s, by %s\n", disk_id, task_id);
    }
    finish("detach", status, reply);
    wait_for(client, task_id);
    show_disk(client, disk_id);
    unassign_grow_delete(client, disk_id);

    katapult_client_free(client);
    detach_volume();
    return 0;
}
