/*
 * Makes one call of the library per line of standard input, and answers each with one line. The Python tests are at
 * the other end (tests/python/c_face.py).
 *
 * Fields are separated by tabs. Inside a field \t, \n and \\ stand for a tab, a line feed and a backslash; \N alone is
 * NULL. All other bytes go as they are, so that texts which are not UTF-8 can be tried too.
 *
 * A command is a function's name without katapult_, then its texts: what functions.h lists, which is made of the
 * header, and
 *
 *     client_new <options>                  openstack_client_new <options>
 *     client_free                           openstack_client_free
 *     status_name <number>                  version, string_free
 *     reply_outcome <reply>                 reply_text <reply> <pointer>
 *     reply_integer <reply> <pointer>       reply_integer_to_null <reply> <pointer>
 *     log_set <level>                       writes the log to standard error; \N for no function
 *     no_reply <command> ...                passes NULL for the reply
 *     no_client <command> ...               passes NULL for the client, or for where to put it
 *     foreign <command> ...                 passes the other service's client
 *
 * After its texts a list of pages takes <how>: all, stop (after a page), none (no function), or count. What can wait takes
 * <timeout> <how>: none (no progress function), count or stop; without a timeout, or with \N, its katapult_wait is NULL. A
 * fleet takes after these <how> for its results, as a list does for its pages; without it, it is all.
 *
 * The answer is the status' name and the reply; of status_name, version and the reply_... the value alone, of the frees
 * "ok". A call with a katapult_wait adds how often the progress function was called, and with what at last; the lists of
 * pages add the pages, or with `count`, which keeps none of them, their number and their bytes. The fleets add their
 * results likewise, each as [index, "status", reply].
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "functions.h"

#define MAX_FIELDS 8
#define MAX_PAGES 64

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

/* What a list or a fleet has handed out: if they are kept, as many pages or results as a test has. */
struct pages {
    int stop;
    int keep;
    int count;
    size_t bytes;
    char *json[MAX_PAGES];
};

/* Takes over `json`. */
static int keep(struct pages *pages, char *json)
{
    if (pages->keep && pages->count == MAX_PAGES) {
        fputs("katapult-c-driver: more pages than it can keep\n", stderr);
        exit(3);
    }
    pages->bytes += strlen(json);
    if (pages->keep)
        pages->json[pages->count] = json;
    else
        free(json);
    pages->count++;
    return pages->stop;
}

static int on_page(const char *page_json, void *user_data)
{
    return keep(user_data, copy(page_json));
}

static int on_result(size_t index, katapult_status status, const char *reply_json, void *user_data)
{
    const char *name = katapult_status_name(status);
    char *json = checked(malloc(strlen(reply_json) + strlen(name) + 64));
    sprintf(json, "[%lu,\"%s\",%s]", (unsigned long)index, name, reply_json);
    return keep(user_data, json);
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

static const struct function *find_function(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

static void put_pages(const struct pages *pages)
{
    if (!pages->keep)
        printf("\t%d\t%lu", pages->count, (unsigned long)pages->bytes);
    for (int page = 0; page < MAX_PAGES && pages->json[page] != NULL; page++) {
        putchar('\t');
        put(pages->json[page]);
        free(pages->json[page]);
    }
}

/* Calls a function with the texts that it takes and what comes after them; answers with all that it says. */
static void call(const struct function *function, char **arg, int no_reply)
{
    char **more = arg + 1 + function->texts, *reply = untouched;
    const char *how = function->results ? more[2] : more[0];
    struct pages pages = {is_name(how, "stop"), !is_name(how, "count"), 0, 0, {NULL}};
    struct progress progress = {0, 0, NULL};
    katapult_wait wait = {0, NULL, &progress};
    struct arguments given = {passed, passed_openstack, {NULL}, NULL, NULL, NULL, &pages, no_reply ? NULL : &reply};

    for (int i = 0; i < function->texts; i++)
        given.text[i] = arg[1 + i];
    if (function->pages && !is_name(how, "none"))
        given.page = on_page;
    if (function->results && !is_name(how, "none"))
        given.result = on_result;
    if (function->waits && more[0] != NULL) {
        wait.timeout_seconds = strtod(more[0], NULL);
        progress.stop = is_name(more[1], "stop");
        if (more[1] != NULL && !is_name(more[1], "none"))
            wait.progress = on_progress;
        given.wait = &wait;
    }
    put(katapult_status_name(function->call(&given)));
    putchar('\t');
    put(no_reply ? NULL : reply);
    if (given.wait != NULL) {
        printf("\t%d\t", progress.calls);
        put(progress.last);
    }
    if (function->pages || function->results)
        put_pages(&pages);
    end_line();
    if (reply != untouched)
        katapult_string_free(reply);
    free(progress.last);
}

/* Runs one command that has a reply. Returns 0 if there is none with this name. */
static int run(char **arg, int no_reply, int no_client)
{
    const char *name = arg[0] == NULL ? "" : arg[0];
    const struct function *function = find_function(name);
    char *text = untouched;
    char **reply = no_reply ? NULL : &text;
    katapult_status status;

    if (function != NULL) {
        call(function, arg, no_reply);
        return 1;
    }
    if (strcmp(name, "client_new") == 0)
        status = new_client(arg[1], no_client, reply);
    else if (strcmp(name, "openstack_client_new") == 0)
        status = new_openstack_client(arg[1], no_client, reply);
    else
        return 0;
    put(katapult_status_name(status));
    putchar('\t');
    put(no_reply ? NULL : text);
    end_line();
    if (text != untouched)
        katapult_string_free(text);
    return 1;
}

/* Reads a number; what is written must be written only if there is one. */
static void put_integer(const char *reply, const char *pointer, int to_null)
{
    int64_t value = -77;
    bool found = katapult_reply_integer(reply, pointer, to_null ? NULL : &value);
    printf("%s\t%lld", found ? "true" : "false", (long long)value);
}

/* The commands that read replies. Returns 0 if there is none with this name. */
static int run_reply(char **arg)
{
    const char *name = arg[0] == NULL ? "" : arg[0];
    if (strcmp(name, "reply_outcome") == 0) {
        printf("%d", (int)katapult_reply_outcome(arg[1]));
    } else if (strcmp(name, "reply_text") == 0) {
        char *text = katapult_reply_text(arg[1], arg[2]);
        put(text);
        katapult_string_free(text);
    } else if (strcmp(name, "reply_integer") == 0 || strcmp(name, "reply_integer_to_null") == 0) {
        put_integer(arg[1], arg[2], strcmp(name, "reply_integer") != 0);
    } else {
        return 0;
    }
    end_line();
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
        known = run_simple(arg) || run_reply(arg) || run(arg, no_reply, no_client);
        if (!known)
            fprintf(stderr, "katapult-c-driver: unknown command %s\n", *arg == NULL ? "" : *arg);
        free(line);
    }
    katapult_client_free(client);
    katapult_openstack_client_free(openstack);
    return known ? 0 : 2;
}
