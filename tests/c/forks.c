/*
 * Forks in ways that a connection or a lock could survive: each process goes on with the client that it was forked with.
 * Arguments: the base URL of a server that answers with the disk that was asked for, and what to do: see main.
 * Without pthread_atfork, which "unnoticed" takes away, the library compares the process's id.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <dlfcn.h>
#include <sched.h>
#endif

#include <katapult_disk.h>

#define CALLS 20
#define THREADS 4
#define FORKS 150
/* In seconds: whoever hangs is killed. */
#define LONGEST 20
/* The status of a process whose kernel forbids what it would test. */
#define FORBIDDEN 77

static katapult_client *client;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "katapult-c-forks: not so: %s\n", what);
        _exit(1);
    }
}

static void get_disk(const char *who, int number)
{
    char disk_id[64], *reply = NULL, *got;
    snprintf(disk_id, sizeof disk_id, "disk_%s_%d", who, number);
    check(katapult_disk_get(client, disk_id, &reply) == KATAPULT_STATUS_OK, "the call succeeds");
    got = katapult_reply_text(reply, "/disk/id");
    check(got != NULL && strcmp(got, disk_id) == 0, "a process gets its own responses");
    katapult_string_free(got);
    katapult_string_free(reply);
}

static void get_disks(const char *who)
{
    int number;
    for (number = 0; number < CALLS; number++)
        get_disk(who, number);
}

/* Forks; the child does `work` and ends. */
static pid_t start(void (*work)(void))
{
    pid_t child = fork();
    check(child >= 0, "the process can be forked");
    if (child == 0) {
        alarm(LONGEST);
        work();
        _exit(0);
    }
    return child;
}

static void ended_well(pid_t child)
{
    int status;
    check(waitpid(child, &status, 0) == child, "there is a child");
    if (WIFEXITED(status) && WEXITSTATUS(status) == FORBIDDEN)
        _exit(FORBIDDEN);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the child ended well");
}

static void grandchild(void)
{
    get_disks("grandchild");
}

static void child(void)
{
    pid_t forked;
    get_disk("child", 0);
    forked = start(grandchild);
    get_disks("child");
    ended_well(forked);
    katapult_client_free(client);
}

/* Three processes, each on a connection of its own. */
static void generations(void)
{
    pid_t forked;
    get_disk("parent", 0);
    forked = start(child);
    get_disks("parent");
    ended_well(forked);
}

#ifdef __GLIBC__
static pid_t parents_id;

static void namesake(void)
{
    check(getpid() == parents_id, "the child has its parent's id");
    get_disks("namesake");
}

static void first_of_a_namespace(void)
{
    pid_t forked;
    parents_id = getpid();
    check(parents_id == 1, "it is the first process of its namespace");
    get_disk("parent", 0);
    if (unshare(CLONE_NEWPID) != 0)
        _exit(FORBIDDEN);
    forked = start(namesake);
    get_disks("parent");
    ended_well(forked);
}

/* A child that has its parent's id. */
static void same_id(void)
{
    if (unshare(CLONE_NEWUSER | CLONE_NEWPID) != 0)
        _exit(FORBIDDEN);
    ended_well(start(first_of_a_namespace));
}
#endif

static void *first_call(void *number)
{
    get_disk("thread", *(int *)number);
    return NULL;
}

static void after_a_first_call(void)
{
    get_disk("grandchild", 0);
}

/* Its threads make their process's first calls while it is forked. */
static void beginner(void)
{
    static int numbers[THREADS];
    pthread_t threads[THREADS];
    pid_t forked;
    int made;
    for (made = 0; made < THREADS; made++) {
        numbers[made] = made;
        check(pthread_create(&threads[made], NULL, first_call, &numbers[made]) == 0, "a thread starts");
    }
    forked = start(after_a_first_call);
    for (made = 0; made < THREADS; made++)
        pthread_join(threads[made], NULL);
    ended_well(forked);
}

static void first_calls(void)
{
    int made;
    for (made = 0; made < FORKS; made++)
        ended_well(start(beginner));
}

static pid_t forked_within;

/* The child returns, too. */
static int fork_once(void *unused)
{
    (void)unused;
    if (forked_within == 0) {
        pid_t forked = fork();
        check(forked >= 0, "the process can be forked");
        forked_within = forked == 0 ? -1 : forked;
    }
    return 0;
}

/* The server answers late, so that the function is asked. Only the parent gets the response. */
static void within_a_call(void)
{
    char *reply = NULL;
    katapult_status status;
    katapult_interrupt_set(fork_once, NULL);
    status = katapult_disk_get(client, "disk_parent_0", &reply);
    if (forked_within == -1) {
        check(status == KATAPULT_STATUS_INTERRUPTED, "the child's call ends");
        check(katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN, "the parent had sent it");
        get_disk("child", 1);
        _exit(0);
    }
    check(forked_within > 0 && status == KATAPULT_STATUS_OK, "the parent's call goes on");
    ended_well(forked_within);
}

#ifdef __GLIBC__
static int is_unnoticed;

/* What pthread_atfork of this C library calls. */
int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void), void *library);

int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void), void *library)
{
    int (*real)(void (*)(void), void (*)(void), void (*)(void), void *);
    void *found = dlsym(RTLD_NEXT, "__register_atfork");
    if (is_unnoticed)
        return ENOMEM;
    /* C has no conversion from one to the other. */
    memcpy(&real, &found, sizeof real);
    return real(prepare, parent, child, library);
}
#endif

int main(int argc, char **argv)
{
    char options[512];
    const char *what = argc == 3 ? argv[2] : "";
#ifdef __GLIBC__
    is_unnoticed = strcmp(what, "unnoticed") == 0;
#endif
    snprintf(options, sizeof options, "{\"base_url\": \"%s\", \"api_token\": \"t\"}", argc > 1 ? argv[1] : "");
    check(katapult_client_new(options, &client, NULL) == KATAPULT_STATUS_OK, "there is a client");
    if (strcmp(what, "generations") == 0)
        generations();
    else if (strcmp(what, "first-calls") == 0)
        first_calls();
    else if (strcmp(what, "within-a-call") == 0)
        within_a_call();
#ifdef __GLIBC__
    else if (strcmp(what, "unnoticed") == 0)
        generations();
    else if (strcmp(what, "same-id") == 0)
        same_id();
#endif
    else
        return FORBIDDEN;
    katapult_client_free(client);
    puts("done");
    return 0;
}
