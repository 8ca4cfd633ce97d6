/*
 * Loads the library, makes a call and unloads it, all on threads that end afterwards: then the system frees what the library
 * keeps for each thread, with the library's code. fork() runs code of it, too. Arguments: the library, a client's options, and the name of the status that is
 * expected.
 */
#define _POSIX_C_SOURCE 200809L

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <katapult_disk.h>

#define THREADS 20

static void fail(const char *what)
{
    fprintf(stderr, "katapult-c-unload: %s\n", what != NULL ? what : "no reply");
    exit(1);
}

/* Writes a pointer to the function. */
static void find(void *library, const char *name, void *pointer)
{
    void *found = dlsym(library, name);
    if (found == NULL)
        fail(dlerror());
    /* C has no conversion from one to the other. */
    memcpy(pointer, &found, sizeof found);
}

static void *load_and_call(void *arguments)
{
    const char *path = ((char **)arguments)[0], *options = ((char **)arguments)[1], *expected = ((char **)arguments)[2];
    katapult_status (*client_new)(const char *, katapult_client **, char **);
    katapult_status (*disk_get)(katapult_client *, const char *, char **);
    void (*client_free)(katapult_client *);
    void (*string_free)(char *);
    const char *(*status_name)(katapult_status);
    katapult_client *client = NULL;
    katapult_status status;
    char *reply = NULL;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        fail(dlerror());
    find(library, "katapult_client_new", &client_new);
    find(library, "katapult_disk_get", &disk_get);
    find(library, "katapult_client_free", &client_free);
    find(library, "katapult_string_free", &string_free);
    find(library, "katapult_status_name", &status_name);
    status = client_new(options, &client, &reply);
    if (status == KATAPULT_STATUS_OK)
        status = disk_get(client, "disk_Fa1Lt2Ts3Un4Dr5K", &reply);
    if (strcmp(status_name(status), expected) != 0)
        fail(reply);
    string_free(reply);
    client_free(client);
    if (dlclose(library) != 0)
        fail(dlerror());
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    pid_t child;
    int made, status;
    if (argc != 4)
        fail("three arguments: the library, a client's options, a status");
    for (made = 0; made < THREADS; made++) {
        if (pthread_create(&thread, NULL, load_and_call, argv + 1) != 0)
            fail("no thread");
        pthread_join(thread, NULL);
    }
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(0);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        fail("the process can still be forked");
    puts("done");
    return 0;
}
