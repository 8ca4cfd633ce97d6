/*
 * Makes a client and a call on a thread with as little stack as the header says is enough. Arguments: the options, and the
 * name of the status that is expected.
 */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <katapult_disk.h>

#define STACK_SIZE (128 * 1024)

static void *get_disk(void *arguments)
{
    char **options_and_status = arguments;
    katapult_client *client = NULL;
    char *reply = NULL;
    katapult_status status = katapult_client_new(options_and_status[0], &client, &reply);
    if (status == KATAPULT_STATUS_OK)
        status = katapult_disk_get(client, "disk_Fa1Lt2Ts3Un4Dr5K", &reply);
    if (strcmp(katapult_status_name(status), options_and_status[1]) != 0) {
        fprintf(stderr, "katapult-c-stack: %s\n", reply != NULL ? reply : "no reply");
        exit(1);
    }
    katapult_string_free(reply);
    katapult_client_free(client);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (argc != 3 || pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, STACK_SIZE) != 0
        || pthread_create(&thread, &attributes, get_disk, argv + 1) != 0) {
        fprintf(stderr, "katapult-c-stack: no thread\n");
        return 1;
    }
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
