/*
 * Makes one call of the library per line of standard input, and answers each with one line. The Python tests are at
 * the other end (tests/python/c_face.py).
 *
 * Fields are separated by tabs. Inside a field \t, \n and \\ stand for a tab, a line feed and a backslash; \N alone is
 * NULL. All other bytes go as they are, so that texts which are not UTF-8 can be tried too.
 *
 *     client_new <options>                         openstack_client_new <options>
 *     client_free                                  openstack_client_free
 *     string_free
 *     disk_create <request>                        openstack_volume_detach <server> <volume>
 *     disk_get <id>                                disk_update <id> <request>
 *     disk_delete <id>                             disk_assign <id> <request>
 *     disk_unassign <id>                           disk_resize <id> <request>
 *     disk_attach <id>                             disk_set_io_profile <id> <request>
 *     disk_detach <id>
 *     disk_list <request>                          virtual_machine_disk_list <request>
 *     disk_list_pages <request> <all|stop|none>    virtual_machine_disk_list_pages <request> <all|stop|none>
 *     task_get <id>                                task_wait <id> <timeout> <none|count|stop>
 *     status_name <number>                         version
 *     no_reply <command> ...                       passes NULL for the reply
 *     no_client <command> ...                      passes NULL for the client, or for where to put it
 *
 * The answer is the status' name and the reply; of status_name and version the text alone, of the frees "ok". task_wait
 * adds how often the progress function was called, and with what at last; the lists of pages add the pages.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "katapult_disk.h"

#define MAX_FIELDS 8
#define MAX_PAGES 16

static katapult_client *client;
static katapult_openstack_client *openstack;

/* What a reply is before the call; every call that is given one has to write it. */
static char untouched[] = "the reply was not written";

struct progress {
    int stop;
    int calls;
    char *last;
};

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("katapult-c-driver: out of memory\n", stderr);
        exit(3);
    }
    return memory;
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(checked(malloc(size)), text, size);
}

/* What a list has handed out, as many pages as a test has. */
struct pages {
    int stop;
    int count;
    char *json[MAX_PAGES];
};

static int on_page(const char *page_json, void *user_data)
{
    struct pages *pages = user_data;
    if (pages->count < MAX_PAGES)
        pages->json[pages->count++] = copy(page_json);
    return pages->stop;
}

static int on_progress(const char *task_json, void *user_data)
{
    struct progress *progress = user_data;
    progress->calls++;
    free(progress->last);
    progress->last = copy(task_json);
    return progress->stop;
}

/* A line without its end, or NULL. To be freed. */
static char *read_line(void)
{
    size_t length = 0, size = 256;
    char *line = checked(malloc(size));
    int c;
    while ((c = getchar()) != EOF && c != '\n') {
        if (length + 1 == size) {
            size *= 2;
            line = checked(realloc(line, size));
        }
        line[length++] = (char)c;
    }
    if (c == EOF && length == 0) {
        free(line);
        return NULL;
    }
    line[length] = '\0';
    return line;
}

/* Splits a line in place. Fields that are not there are NULL. */
static void split(char *line, char *fields[MAX_FIELDS])
{
    int count = 0;
    char *in = line;
    while (count < MAX_FIELDS) {
        char *start = in, *out = in;
        int is_null = strncmp(in, "\\N", 2) == 0 && (in[2] == '\t' || in[2] == '\0');
        while (*in != '\t' && *in != '\0') {
            if (*in == '\\' && in[1] != '\0') {
                in++;
                *out++ = *in == 't' ? '\t' : *in == 'n' ? '\n' : *in;
                in++;
            } else {
                *out++ = *in++;
            }
        }
        int ended = *in == '\0';
        *out = '\0';
        fields[count++] = is_null ? NULL : start;
        if (ended)
            break;
        in++;
    }
}

static void put(const char *text)
{
    if (text == NULL) {
        fputs("\\N", stdout);
        return;
    }
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '\t': fputs("\\t", stdout); break;
        case '\n': fputs("\\n", stdout); break;
        case '\\': fputs("\\\\", stdout); break;
        default: putchar(*text);
        }
    }
}

static void end_line(void)
{
    putchar('\n');
    fflush(stdout);
}

static katapult_status wait_for_task(const katapult_client *with, char **arg, struct progress *progress, char **reply)
{
    const char *how = arg[3] == NULL ? "none" : arg[3];
    double timeout = arg[2] == NULL ? INFINITY : strtod(arg[2], NULL);
    if (strcmp(how, "none") == 0)
        return katapult_task_wait(with, arg[1], timeout, NULL, NULL, reply);
    progress->stop = strcmp(how, "stop") == 0;
    return katapult_task_wait(with, arg[1], timeout, on_progress, progress, reply);
}

static katapult_status new_client(const char *options, int no_client, char **reply)
{
    if (no_client)
        return katapult_client_new(options, NULL, reply);
    katapult_client_free(client);
    client = NULL;
    return katapult_client_new(options, &client, reply);
}

static katapult_status new_openstack_client(const char *options, int no_client, char **reply)
{
    if (no_client)
        return katapult_openstack_client_new(options, NULL, reply);
    katapult_openstack_client_free(openstack);
    openstack = NULL;
    return katapult_openstack_client_new(options, &openstack, reply);
}

/* The functions that take one text or two, by the name of their command. */
static const struct function {
    const char *name;
    katapult_status (*one)(const katapult_client *, const char *, char **);
    katapult_status (*two)(const katapult_client *, const char *, const char *, char **);
} functions[] = {
    {"disk_assign", NULL, katapult_disk_assign},
    {"disk_attach", katapult_disk_attach, NULL},
    {"disk_create", katapult_disk_create, NULL},
    {"disk_delete", katapult_disk_delete, NULL},
    {"disk_detach", katapult_disk_detach, NULL},
    {"disk_get", katapult_disk_get, NULL},
    {"disk_list", katapult_disk_list, NULL},
    {"disk_resize", NULL, katapult_disk_resize},
    {"disk_set_io_profile", NULL, katapult_disk_set_io_profile},
    {"disk_unassign", katapult_disk_unassign, NULL},
    {"disk_update", NULL, katapult_disk_update},
    {"task_get", katapult_task_get, NULL},
    {"virtual_machine_disk_list", katapult_virtual_machine_disk_list, NULL},
};

/* The functions that hand a list to a callback. */
static const struct list_function {
    const char *name;
    katapult_status (*pages)(const katapult_client *, const char *, katapult_page_fn, void *, char **);
} list_functions[] = {
    {"disk_list_pages", katapult_disk_list_pages},
    {"virtual_machine_disk_list_pages", katapult_virtual_machine_disk_list_pages},
};

/* Runs `name request_json all|stop|none`; answers with the pages after status and reply. */
static int run_list(char **arg, int no_client)
{
    for (size_t i = 0; i < sizeof list_functions / sizeof *list_functions; i++) {
        struct pages pages = {0, 0, {NULL}};
        char *reply = untouched;
        if (arg[0] == NULL || strcmp(list_functions[i].name, arg[0]) != 0)
            continue;
        pages.stop = arg[2] != NULL && strcmp(arg[2], "stop") == 0;
        int none = arg[2] != NULL && strcmp(arg[2], "none") == 0;
        put(katapult_status_name(list_functions[i].pages(no_client ? NULL : client, arg[1],
                                                         none ? NULL : on_page, &pages, &reply)));
        putchar('\t');
        put(reply);
        for (int page = 0; page < pages.count; page++) {
            putchar('\t');
            put(pages.json[page]);
            free(pages.json[page]);
        }
        end_line();
        katapult_string_free(reply);
        return 1;
    }
    return 0;
}

static const struct function *find_function(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

/* Runs one command. Returns 0 if there is none with this name. */
static int run(char **arg, int no_reply, int no_client)
{
    const char *name = arg[0] == NULL ? "" : arg[0];
    const katapult_client *with = no_client ? NULL : client;
    const katapult_openstack_client *with_openstack = no_client ? NULL : openstack;
    const struct function *function = find_function(name);
    struct progress progress = {0, 0, NULL};
    char *text = untouched;
    char **reply = no_reply ? NULL : &text;
    katapult_status status = KATAPULT_STATUS_OK;
    int is_wait = strcmp(name, "task_wait") == 0;

    if (strcmp(name, "client_new") == 0)
        status = new_client(arg[1], no_client, reply);
    else if (strcmp(name, "openstack_client_new") == 0)
        status = new_openstack_client(arg[1], no_client, reply);
    else if (function != NULL)
        status = function->one != NULL ? function->one(with, arg[1], reply)
                                       : function->two(with, arg[1], arg[2], reply);
    else if (is_wait)
        status = wait_for_task(with, arg, &progress, reply);
    else if (strcmp(name, "openstack_volume_detach") == 0)
        status = katapult_openstack_volume_detach(with_openstack, arg[1], arg[2], reply);
    else
        return 0;

    put(katapult_status_name(status));
    putchar('\t');
    put(no_reply ? NULL : text);
    if (is_wait) {
        printf("\t%d\t", progress.calls);
        put(progress.last);
    }
    end_line();
    if (text != untouched)
        katapult_string_free(text);
    free(progress.last);
    return 1;
}

/* The commands that cannot fail. Returns 0 if there is none with this name. */
static int run_simple(char **arg, int no_client)
{
    const char *name = arg[0] == NULL ? "" : arg[0];
    if (strcmp(name, "client_free") == 0) {
        katapult_client_free(no_client ? NULL : client);
        client = no_client ? client : NULL;
        put("ok");
    } else if (strcmp(name, "openstack_client_free") == 0) {
        katapult_openstack_client_free(no_client ? NULL : openstack);
        openstack = no_client ? openstack : NULL;
        put("ok");
    } else if (strcmp(name, "string_free") == 0) {
        katapult_string_free(NULL);
        put("ok");
    } else if (strcmp(name, "status_name") == 0) {
        put(katapult_status_name((katapult_status)strtol(arg[1] == NULL ? "0" : arg[1], NULL, 10)));
    } else if (strcmp(name, "version") == 0) {
        put(katapult_version());
    } else {
        return 0;
    }
    end_line();
    return 1;
}

static int is_name(const char *field, const char *name)
{
    return field != NULL && strcmp(field, name) == 0;
}

int main(void)
{
    char *line;
    int known = 1;
    while (known && (line = read_line()) != NULL) {
        /* One more than split() fills: nobody goes past the NULL at the end. */
        char *fields[MAX_FIELDS + 1] = {NULL};
        char **arg = fields;
        int no_reply = 0, no_client = 0;
        split(line, fields);
        for (; is_name(*arg, "no_reply") || is_name(*arg, "no_client"); arg++) {
            no_reply |= is_name(*arg, "no_reply");
            no_client |= is_name(*arg, "no_client");
        }
        known = run_simple(arg, no_client) || run_list(arg, no_client) || run(arg, no_reply, no_client);
        if (!known)
            fprintf(stderr, "katapult-c-driver: unknown command %s\n", *arg == NULL ? "" : *arg);
        free(line);
    }
    katapult_client_free(client);
    katapult_openstack_client_free(openstack);
    return known ? 0 : 2;
}
