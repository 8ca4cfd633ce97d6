/* Calls any function of the library by its number, as a C program does; tests/c/functions.h is the list. */
#include <stddef.h>
#include <string.h>

#include "functions.h"

#define COUNT(table) (sizeof table / sizeof *table)

struct fuzz_call {
    const katapult_client *client;
    const katapult_openstack_client *openstack;
    const char *one;
    const char *two;
    double seconds;
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
    return COUNT(functions) + COUNT(list_functions) + COUNT(wait_functions) + COUNT(openstack_functions) + 2;
}

static katapult_status call_function(const struct function *function, const struct fuzz_call *call, char **reply)
{
    if (function->none != NULL)
        return function->none(call->client, reply);
    if (function->one != NULL)
        return function->one(call->client, call->one, reply);
    return function->two(call->client, call->one, call->two, reply);
}

static katapult_status call_wait(const struct wait_function *function, struct fuzz_call *call, char **reply)
{
    if (function->one != NULL)
        return function->one(call->client, call->one, call->seconds, look, call, reply);
    return function->two(call->client, call->one, call->two, call->seconds, look, call, reply);
}

static katapult_status call_openstack(const struct openstack_function *function, struct fuzz_call *call, char **reply)
{
    if (function->one != NULL)
        return function->one(call->openstack, call->one, reply);
    if (function->two != NULL)
        return function->two(call->openstack, call->one, call->two, reply);
    return function->wait(call->openstack, call->one, call->two, call->seconds, look, call, reply);
}

static katapult_status make_client(const struct fuzz_call *call, char **reply)
{
    katapult_client *client;
    katapult_status status = katapult_client_new(call->one, &client, reply);
    katapult_client_free(client);
    return status;
}

static katapult_status make_openstack_client(const struct fuzz_call *call, char **reply)
{
    katapult_openstack_client *client;
    katapult_status status = katapult_openstack_client_new(call->one, &client, reply);
    katapult_openstack_client_free(client);
    return status;
}

katapult_status fuzz_call(size_t number, struct fuzz_call *call, char **reply)
{
    if (number < COUNT(functions))
        return call_function(&functions[number], call, reply);
    number -= COUNT(functions);
    if (number < COUNT(list_functions))
        return list_functions[number].pages(call->client, call->one, look, call, reply);
    number -= COUNT(list_functions);
    if (number < COUNT(wait_functions))
        return call_wait(&wait_functions[number], call, reply);
    number -= COUNT(wait_functions);
    if (number < COUNT(openstack_functions))
        return call_openstack(&openstack_functions[number], call, reply);
    number -= COUNT(openstack_functions);
    return number == 0 ? make_client(call, reply) : make_openstack_client(call, reply);
}
