/*
 * Makes one call of the library per line of standard input, and answers each with one line. The Python tests are at
 * the other end (tests/python/c_face.py).
 *
 * Fields are separated by tabs. Inside a field \t, \n and \\ stand for a tab, a line feed and a backslash; \N alone is
 * NULL. All other bytes go as they are, so that texts which are not UTF-8 can be tried too.
 *
 * A command is a function's name without katapult_, then its texts: what functions.h lists, and
 *
 *     client_new <options>                  openstack_client_new <options>
 *     client_free                           openstack_client_free
 *     ..._list_pages <request> <how>        how: all, stop (after a page), none (no function), or count
 *     ..._wait, ..._ensure_... <texts> <timeout> <how>   how: none (no function), count or stop
 *     status_name <number>                  version, string_free
 *     log_set <level>                       writes the log to standard error; \N for no function
 *     no_reply <command> ...                passes NULL for the reply
 *     no_client <command> ...               passes NULL for the client, or for where to put it
 *     foreign <command> ...                 passes the other service's client
 *
 * The answer is the status' name and the reply; of status_name and version the text alone, of the frees "ok". What waits
 * adds how often the progress function was called, and with what at last; the lists of pages add the pages, or with
 * `count`, which keeps none of them, their number and their bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "functions.h"

#define MAX_FIELDS 8
#define MAX_PAGES 16

static katapult_client *client;
static katapult_openstack_client *openstack;

/* What the functions get: those, NULL, or each instead of the other. */
static katapult_client *passed;
static katapult_openstack_client *passed_openstack;

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

/* What a list has handed out: if they are kept, as many pages as a test has. */
struct pages {
    int stop;
    int keep;
    int count;
    size_t bytes;
    char *json[MAX_PAGES];
};

static int on_page(const char *page_json, void *user_data)
{
    struct pages *pages = user_data;
    if (pages->keep && pages->count == MAX_PAGES) {
        fputs("katapult-c-driver: more pages than it can keep\n", stderr);
        exit(3);
    }
    if (pages->keep)
        pages->json[pages->count] = copy(page_json);
    pages->count++;
    pages->bytes += strlen(page_json);
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

static int is_name(const char *field, const char *name)
{
    return field != NULL && strcmp(field, name) == 0;
}

/* Runs `name request_json how`; answers with the pages after status and reply. */
static int run_list(char **arg, int no_reply)
{
    for (size_t i = 0; i < sizeof list_functions / sizeof *list_functions; i++) {
        struct pages pages = {is_name(arg[2], "stop"), !is_name(arg[2], "count"), 0, 0, {NULL}};
        char *reply = untouched;
        if (!is_name(arg[0], list_functions[i].name))
            continue;
        put(katapult_status_name(list_functions[i].pages(passed, arg[1],
                                                         is_name(arg[2], "none") ? NULL : on_page, &pages,
                                                         no_reply ? NULL : &reply)));
        putchar('\t');
        put(no_reply ? NULL : reply);
        if (!pages.keep)
            printf("\t%d\t%lu", pages.count, (unsigned long)pages.bytes);
        for (int page = 0; page < MAX_PAGES && pages.json[page] != NULL; page++) {
            putchar('\t');
            put(pages.json[page]);
            free(pages.json[page]);
        }
        end_line();
        if (reply != untouched)
            katapult_string_free(reply);
        return 1;
    }
    return 0;
}

/* Calls a function with the texts that it takes. */
static katapult_status call(const struct function *function, char **arg, char **reply)
{
    if (function->none != NULL)
        return function->none(passed, reply);
    if (function->one != NULL)
        return function->one(passed, arg[1], reply);
    return function->two(passed, arg[1], arg[2], reply);
}

/* How long to wait and what to do at each look, as a command's last two fields say. */
static double timeout_of(char **more)
{
    return more[0] == NULL ? INFINITY : strtod(more[0], NULL);
}

static katapult_progress_fn progress_of(char **more, struct progress *progress)
{
    if (more[0] == NULL || more[1] == NULL || is_name(more[1], "none"))
        return NULL;
    progress->stop = is_name(more[1], "stop");
    return on_progress;
}

static katapult_status call_wait(const struct wait_function *function, char **arg, struct progress *progress,
                                 char **reply)
{
    char **more = arg + (function->one != NULL ? 2 : 3);
    katapult_progress_fn look = progress_of(more, progress);
    if (function->one != NULL)
        return function->one(passed, arg[1], timeout_of(more), look, progress, reply);
    return function->two(passed, arg[1], arg[2], timeout_of(more), look, progress, reply);
}

static katapult_status call_openstack(const struct openstack_function *function, char **arg, struct progress *progress,
                                      char **reply)
{
    if (function->one != NULL)
        return function->one(passed_openstack, arg[1], reply);
    if (function->two != NULL)
        return function->two(passed_openstack, arg[1], arg[2], reply);
    katapult_progress_fn look = progress_of(arg + 3, progress);
    return function->wait(passed_openstack, arg[1], arg[2], timeout_of(arg + 3), look, progress, reply);
}

static const struct function *find_function(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

static const struct wait_function *find_wait_function(const char *name)
{
    for (size_t i = 0; i < sizeof wait_functions / sizeof *wait_functions; i++)
        if (strcmp(wait_functions[i].name, name) == 0)
            return &wait_functions[i];
    return NULL;
}

static const struct openstack_function *find_openstack_function(const char *name)
{
    for (size_t i = 0; i < sizeof openstack_functions / sizeof *openstack_functions; i++)
        if (strcmp(openstack_functions[i].name, name) == 0)
            return &openstack_functions[i];
    return NULL;
}

/* Runs one command. Returns 0 if there is none with this name. */
static int run(char **arg, int no_reply, int no_client)
{
    const char *name = arg[0] == NULL ? "" : arg[0];
    const struct function *function = find_function(name);
    const struct wait_function *waits = find_wait_function(name);
    const struct openstack_function *of_openstack = find_openstack_function(name);
    struct progress progress = {0, 0, NULL};
    char *text = untouched;
    char **reply = no_reply ? NULL : &text;
    katapult_status status = KATAPULT_STATUS_OK;

    if (strcmp(name, "client_new") == 0)
        status = new_client(arg[1], no_client, reply);
    else if (strcmp(name, "openstack_client_new") == 0)
        status = new_openstack_client(arg[1], no_client, reply);
    else if (function != NULL)
        status = call(function, arg, reply);
    else if (waits != NULL)
        status = call_wait(waits, arg, &progress, reply);
    else if (of_openstack != NULL)
        status = call_openstack(of_openstack, arg, &progress, reply);
    else
        return 0;

    put(katapult_status_name(status));
    putchar('\t');
    put(no_reply ? NULL : text);
    if (waits != NULL || (of_openstack != NULL && of_openstack->wait != NULL)) {
        printf("\t%d\t", progress.calls);
        put(progress.last);
    }
    end_line();
    if (text != untouched)
        katapult_string_free(text);
    free(progress.last);
    return 1;
}

static void on_log(katapult_log_level level, const char *message, void *user_data)
{
    fprintf(stderr, "%s %d %s\n", (const char *)user_data, (int)level, message);
}

/* The commands that cannot fail. Returns 0 if there is none with this name. */
static int run_simple(char **arg)
{
    const char *name = arg[0] == NULL ? "" : arg[0];
    if (strcmp(name, "client_free") == 0) {
        katapult_client_free(passed);
        client = passed == client ? NULL : client;
        put("ok");
    } else if (strcmp(name, "openstack_client_free") == 0) {
        katapult_openstack_client_free(passed_openstack);
        openstack = passed_openstack == openstack ? NULL : openstack;
        put("ok");
    } else if (strcmp(name, "string_free") == 0) {
        katapult_string_free(NULL);
        put("ok");
    } else if (strcmp(name, "status_name") == 0) {
        put(katapult_status_name((katapult_status)strtol(arg[1] == NULL ? "0" : arg[1], NULL, 10)));
    } else if (strcmp(name, "log_set") == 0) {
        static char mark[] = "log";
        long level = arg[1] == NULL ? 0 : strtol(arg[1], NULL, 10);
        katapult_log_set(arg[1] == NULL ? NULL : on_log, mark, (katapult_log_level)level);
        put("ok");
    } else if (strcmp(name, "version") == 0) {
        put(katapult_version());
    } else {
        return 0;
    }
    end_line();
    return 1;
}

int main(void)
{
    char *line;
    int known = 1;
    while (known && (line = read_line()) != NULL) {
        /* One more than split() fills: nobody goes past the NULL at the end. */
        char *fields[MAX_FIELDS + 1] = {NULL};
        char **arg = fields;
        int no_reply = 0, no_client = 0, foreign = 0;
        split(line, fields);
        for (; is_name(*arg, "no_reply") || is_name(*arg, "no_client") || is_name(*arg, "foreign"); arg++) {
            no_reply |= is_name(*arg, "no_reply");
            no_client |= is_name(*arg, "no_client");
            foreign |= is_name(*arg, "foreign");
        }
        passed = no_client ? NULL : foreign ? (katapult_client *)openstack : client;
        passed_openstack = no_client ? NULL : foreign ? (katapult_openstack_client *)client : openstack;
        known = run_simple(arg) || run_list(arg, no_reply) || run(arg, no_reply, no_client);
        if (!known)
            fprintf(stderr, "katapult-c-driver: unknown command %s\n", *arg == NULL ? "" : *arg);
        free(line);
    }
    katapult_client_free(client);
    katapult_openstack_client_free(openstack);
    return known ? 0 : 2;
}
