/*
 * Counts where a program's signals are handled while the library looks up names: on the program's own thread only. The one
 * argument is a client's options, with a name in the base URL.
 */
#define _XOPEN_SOURCE 700

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

#include <katapult_disk.h>

/* A name is looked up once for each client. */
#define CLIENTS 300

static pthread_t own_thread;
static volatile sig_atomic_t here, elsewhere;

static void on_alarm(int number)
{
    (void)number;
    if (pthread_equal(pthread_self(), own_thread))
        here++;
    else
        elsewhere++;
}

static int fail(const char *reply)
{
    fprintf(stderr, "katapult-c-signals: %s\n", reply != NULL ? reply : "no reply");
    return 1;
}

int main(int argc, char **argv)
{
    struct sigaction action;
    struct itimerval often = {{0, 200}, {0, 200}};
    int made;
    if (argc != 2)
        return fail("one argument: a client's options");
    own_thread = pthread_self();
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (made = 0; made < CLIENTS; made++) {
        katapult_client *client = NULL;
        char *reply = NULL;
        katapult_status status = katapult_client_new(argv[1], &client, &reply);
        if (status == KATAPULT_STATUS_OK)
            status = katapult_disk_get(client, "disk_Fa1Lt2Ts3Un4Dr5K", &reply);
        if (status != KATAPULT_STATUS_OK)
            return fail(reply);
        katapult_string_free(reply);
        katapult_client_free(client);
    }
    if (here == 0)
        return fail("no signal was handled");
    if (elsewhere != 0)
        return fail("signals were handled on a thread of the library");
    puts("done");
    return 0;
}
