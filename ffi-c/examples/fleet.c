/*
 * A fleet: creates many disks in one call, at the pace that the service permits. The same call with the same name
 * creates only what is missing, also after Ctrl-C, which ends it at once.
 *
 *     cc fleet.c -lkatapult_disk -o fleet
 *     ./fleet order-4711 200
 *
 * The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER.
 */
#include <katapult_disk.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

static int is_interrupted(void *user_data)
{
    (void)user_data;
    return interrupted;
}

/* Each disk as it completes, on the thread of the call. */
static int on_result(size_t index, katapult_status status, const char *reply_json, void *user_data)
{
    char *text = katapult_reply_text(reply_json, status == KATAPULT_STATUS_OK ? "/disk/id" : "/message");
    (void)user_data;
    printf("disk %lu: %s: %s\n", (unsigned long)index, katapult_status_name(status), text != NULL ? text : "");
    katapult_string_free(text);
    return 0; /* anything else stops the fleet */
}

/* About once a second. */
static int on_progress(const char *json, void *user_data)
{
    int64_t created = 0, pending = 0;
    (void)user_data;
    katapult_reply_integer(json, "/counts/created", &created);
    katapult_reply_integer(json, "/counts/pending", &pending);
    fprintf(stderr, "%ld created, %ld under way\n", (long)created, (long)pending);
    return 0;
}

/* {"fleet": ..., "disks": [...]}; to be freed. The name must need no escapes in JSON. */
static char *request_for(const char *fleet, int count)
{
    const size_t longest = 80; /* of a disk */
    size_t size = strlen(fleet) + longest * (size_t)(count + 1);
    char *request = malloc(size), *end = request;
    if (request == NULL)
        return NULL;
    end += sprintf(end, "{\"fleet\": \"%s\", \"disks\": [", fleet);
    for (int number = 0; number < count; number++)
        end += sprintf(end, "%s{\"properties\": {\"name\": \"data-%04d\", \"size_in_gb\": 20}}", number > 0 ? ", " : "", number);
    strcpy(end, "]}");
    return request;
}

int main(int argc, char **argv)
{
    const katapult_wait wait = {3600.0, on_progress, NULL};
    katapult_client *client = NULL;
    char *reply = NULL, *text, *request;
    katapult_status status;

    if (argc != 3 || atoi(argv[2]) < 1) {
        fputs("fleet NAME COUNT\n", stderr);
        return 2;
    }
    request = request_for(argv[1], atoi(argv[2]));
    signal(SIGINT, on_signal);
    katapult_interrupt_set(is_interrupted, NULL);
    status = katapult_client_new(NULL, &client, &reply);
    if (status == KATAPULT_STATUS_OK)
        status = katapult_disk_create_many(client, request, &wait, on_result, NULL, &reply);

    if (status != KATAPULT_STATUS_OK) {
        text = katapult_reply_text(reply, "/message");
        fprintf(stderr, "%s: %s\n", katapult_status_name(status), text != NULL ? text : "");
        katapult_string_free(text);
    }
    text = katapult_reply_text(reply, "/counts");
    printf("%s\n", text != NULL ? text : "nothing was begun");
    katapult_string_free(text);
    katapult_string_free(reply);
    katapult_client_free(client);
    free(request);
    return status == KATAPULT_STATUS_OK ? 0 : 1;
}
