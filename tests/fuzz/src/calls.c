/* Calls any function of the library by its number, as a C program does; functions.h is made of the header. */
#include <stddef.h>
#include <string.h>

#include "functions.h"

#define COUNT(table) (sizeof table / sizeof *table)

struct fuzz_call {
    const katapult_client *client;
    const katapult_openstack_client *openstack;
    const char *text[3];
    double seconds;
    /* Whether the call gets a katapult_wait, as a workflow always does: it would wait for ten minutes. */
    int waits;
    /* Whether the callbacks ask to stop. */
    int stop;
};

/* A callback that reads all that it is given. */
static int look(const char *json, void *user_data)
{
    const struct fuzz_call *call = user_data;
    return strlen(json) == 0 || call->stop;
}

size_t fuzz_functions(void)
{
    return COUNT(functions) + 2;
}

static int look_at_result(size_t index, katapult_status status, const char *reply_json, void *user_data)
{
    return (index > 0 && status == KATAPULT_STATUS_OK) | look(reply_json, user_data);
}

static katapult_status call_function(const struct function *function, struct fuzz_call *call, char **reply)
{
    const katapult_wait wait = {call->seconds, look, call};
    struct arguments given = {call->client, call->openstack, {NULL}, NULL, look, look_at_result, call, reply};
    int always_waits = function->results || strstr(function->name, "_ensure_") != NULL || strcmp(function->name, "task_wait") == 0;
    for (int i = 0; i < function->texts; i++)
        given.text[i] = call->text[i];
    if (call->waits || always_waits)
        given.wait = &wait;
    return function->call(&given);
}

static katapult_status make_client(const struct fuzz_call *call, char **reply)
{
    katapult_client *client;
    katapult_status status = katapult_client_new(call->text[0], &client, reply);
    katapult_client_free(client);
    return status;
}

static katapult_status make_openstack_client(const struct fuzz_call *call, char **reply)
{
    katapult_openstack_client *client;
    katapult_status status = katapult_openstack_client_new(call->text[0], &client, reply);
    katapult_openstack_client_free(client);
    return status;
}

katapult_status fuzz_call(size_t number, struct fuzz_call *call, char **reply)
{
    if (number < COUNT(functions))
        return call_function(&functions[number], call, reply);
    return number == COUNT(functions) ? make_client(call, reply) : make_openstack_client(call, reply);
}

/* Reads any text as a reply. The sum of what it was given keeps the compiler from leaving it out. */
long fuzz_read(const char *reply, const char *pointer)
{
    int64_t number = 0;
    char *text = katapult_reply_text(reply, pointer);
    long sum = text != NULL ? (long)strlen(text) : -1;
    sum += katapult_reply_integer(reply, pointer, &number) ? (long)(number % 7) : 0;
    sum += (long)katapult_reply_outcome(reply);
    katapult_string_free(text);
    return sum;
}
