/*
 * Mistakes in the use of the library, which a sanitizer must report: if it does not, it would not see those of the
 * library either.
 *
 *     canary leak | use_after_free | race
 *
 * Each is about memory of the library's, so that what is tried is the sanitizer's view of the library.
 */
#include <katapult_disk.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Nothing listens there, so a call ends at once. */
static const char options[] = "{\"api_token\": \"t\", \"base_url\": \"http://127.0.0.1:1\", \"timeout\": 0.05}";

static char *error_of_a_call(void)
{
    char *reply = NULL;
    katapult_disk_get(NULL, "disk_x", &reply);
    return reply;
}

static int leak(void)
{
    return error_of_a_call() == NULL;
}

static int use_after_free(void)
{
    char *reply = error_of_a_call();
    katapult_string_free(reply);
    return reply[0] == 'x';
}

static void *call(void *client)
{
    katapult_disk_get(client, "disk_x", NULL);
    return NULL;
}

/* Frees a client without waiting for the thread that uses it; the pause only keeps it from crashing. */
static int race(void)
{
    katapult_client *client = NULL;
    pthread_t thread;
    if (katapult_client_new(options, &client, NULL) != KATAPULT_STATUS_OK)
        return 3;
    pthread_create(&thread, NULL, call, client);
    sleep(2);
    katapult_client_free(client);
    pthread_join(thread, NULL);
    return 0;
}

int main(int count, char **arguments)
{
    const char *mistake = count > 1 ? arguments[1] : "";
    if (strcmp(mistake, "leak") == 0)
        return leak();
    if (strcmp(mistake, "use_after_free") == 0)
        return use_after_free();
    if (strcmp(mistake, "race") == 0)
        return race();
    fputs("canary: leak, use_after_free or race\n", stderr);
    return 3;
}
