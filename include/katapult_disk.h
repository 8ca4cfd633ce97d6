/*
 * libkatapult_disk: create, attach, resize and detach cloud disks.
 *
 * A blocking client for the disks of the Katapult Core API and for detaching volumes in OpenStack.
 * Every call returns a status and hands out one JSON string, the reply.
 *
 * Walkthrough
 * -----------
 * Create a disk and wait until it is built. KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION and
 * KATAPULT_DATA_CENTER are set in the environment.
 *
 * ```c
 * #include <katapult_disk.h>
 * #include <stdio.h>
 *
 * int main(void) {
 *     const char *request = "{\"properties\": {\"name\": \"data\", \"size_in_gb\": 20}}";
 *     const katapult_wait wait = {600.0, NULL, NULL};
 *     katapult_client *client = NULL;
 *     char *reply = NULL, *text;
 *     katapult_status status = katapult_client_new(NULL, &client, &reply);
 *     if (status == KATAPULT_STATUS_OK)
 *         status = katapult_disk_create(client, request, &wait, &reply);
 *     text = katapult_reply_text(reply, status == KATAPULT_STATUS_OK ? "/disk/id" : "/message");
 *     printf("%s: %s\n", katapult_status_name(status), text != NULL ? text : "");
 *     if (katapult_reply_outcome(reply) == KATAPULT_OUTCOME_UNKNOWN)
 *         puts("The disk may exist: look before you create it again.");
 *     katapult_string_free(text);
 *     katapult_string_free(reply);
 *     katapult_client_free(client);
 *     return status == KATAPULT_STATUS_OK ? 0 : 1;
 * }
 * ```
 *
 *   cc example.c -lkatapult_disk -o example
 *
 * Replies
 * -------
 * On success the reply is the service's response, byte for byte: a JSON object, of which each function
 * says what it has, such as `disk` and `task`. Calls that wait, workflows and the OpenStack detach put it
 * together from several responses. On failure it is
 *
 *   {"status": "disk_not_found",      the status by name, as katapult_status_name gives it
 *    "operation": "get_disk",         what failed, by its name in Python and Rust; null for what is not an
 *                                     operation, such as katapult_client_new, and
 *                                     for an argument that could not be read
 *    "object_id": "disk_...",         what the call gave as the id of the object that it is about; null if
 *                                     that is a whole organization
 *    "code": "disk_not_found",        the service's own code; null if it did not respond
 *    "message": "get_disk disk_...",  the whole error as one sentence for a person: operation, object_id,
 *                                     description, the service's reasons ("errors" in detail), hint,
 *                                     http_status and request_id; in Python it is str(error)
 *    "description": "No disk was ...",  what has happened, in the service's words or the library's
 *    "hint": null,                    what may help where the service's words do not, such as which name
 *                                     was looked for
 *    "detail": {},                    what the service adds, or the disk and the task that a wait was
 *                                     about; null if there is nothing
 *    "http_status": 404,              null if there was no response
 *    "request_id": "3f0c...",         the service's id of the request, for its support; or null
 *    "outcome": "rejected"}           what is certain about the effect: see "Errors"
 *
 * More members may be added. katapult_reply_outcome, katapult_reply_text and katapult_reply_integer read
 * a reply; so does any JSON library.
 *
 * A list's reply is one page. Its rows are an array:
 *
 *   katapult_disk_list                    disk (not disks)
 *   katapult_virtual_machine_disk_list    disks, each a relation with its disk
 *   katapult_virtual_machine_list         virtual_machines
 *   katapult_disk_io_profile_list         disk_io_profiles
 *   katapult_disk_template_list           disk_templates
 *   katapult_disk_template_version_list   disk_template_versions
 *   katapult_disk_backup_policy_list      disk_backup_policies
 *   katapult_trash_object_list            trash_objects
 *   katapult_data_center_list             data_centers; it has no pages
 *   katapult_openstack_volume_attachment_list   volumeAttachments; it has no pages
 *
 * The first row's id is thus at "/disk/0/id", and the number of the last page at
 * "/pagination/total_pages".
 *
 * Operations and workflows
 * ------------------------
 * Most functions are operations: one request and its response. Those that start a task take a
 * katapult_wait: NULL returns when the service has accepted; anything else also waits until the task has
 * ended and its effect shows. They send their request each time that they are called. Those with _ensure_
 * in their name are workflows, and so is a create with an idempotency_key: several requests that bring a disk
 * into a state safely. Each says which requests it sends. A workflow reads first; what is so already is not
 * sent, so it may be called again; what would not be safe is refused with KATAPULT_STATUS_REFUSED. Workflows
 * of one client on one disk or virtual machine, and creates with one key, wait for each other.
 *
 * What always waits takes NULL as a limit: 600 seconds for the _ensure_ functions of one disk,
 * katapult_task_wait and katapult_disks_wait, an hour for the other fleets. A create with an idempotency_key
 * waits as other creates do: with NULL it returns when the service has accepted, or when it has found the disk.
 *
 * Fleets
 * ------
 * katapult_disk_create_many, katapult_disk_ensure_sizes, katapult_disks_ensure_deleted and
 * katapult_disks_wait do with thousands of disks what others do with one, at the pace that the service
 * permits: a disk costs little more than the request that changes it, since one list shows 200 disks, and
 * nothing is sent that would be answered with 429. `share` is the part of the permitted rate that the
 * token's requests may reach, above 0 and at most 1 (0.95); what others with the same token send counts,
 * too. `threads` is how many requests are under way at once at most, 1 to 64 (16).
 *
 * A katapult_result_fn sees each disk as it completes, on the thread of the call. One disk that fails, or
 * is given wrongly, fails alone. The reply counts them:
 *
 *   {"counts": {"created": 998, "resized": 0, "deleted": 0, "existed": 1,   as wished; existed: before, too
 *               "failed": 1,         rejected, or accepted and failed
 *               "unknown": 0,        something was sent, and what has come of it is not known
 *               "not_started": 0,    nothing was sent
 *               "pending": 0},       under way: only a progress function sees some
 *    "fleet": "order-4711"}          the name; of katapult_disk_create_many only
 *
 * If not all disks are as wished, the reply is an error that has these members, too. When the fleet has
 * run to its end, it is that of the first of `disks` that failed, whose reasons are in its description. When
 * something has stopped the fleet before (the timeout, a function of yours, a token that is not valid), it is
 * that, and `unfinished` lists up to 1,000 disks that were under way,
 * {"index": 17, "name": "data-17", "id": "disk_..."}: their outcome is unknown, and the service goes on. What
 * had come of a disk by then and was not handed out yet is only counted. In both cases the reply's outcome is
 * `unknown` as soon as the call has changed any disk, or may have: `created`, `resized`, `deleted` or
 * `unknown` in the counts, or a task that has failed. `existed` is no change. The same call again does what
 * is left; katapult_disk_create_many needs the same `fleet` for it.
 *
 * The threads that send the requests are the library's own. They live within the call, block all signals and
 * call no function of yours but the log function. They end within 100 ms when the fleet is stopped.
 *
 * Threads
 * -------
 * Every function may be called from any thread. One client serves any number of threads at once and
 * goes on working in a process that was forked. Only freeing a client needs care: no call may be
 * using it, katapult_client_interrupt included. Calls block until they are done or the client's timeout has
 * passed. A call that waits is several requests: katapult_wait's timeout_seconds, which counts from the
 * beginning of the call, is for all of them, their repeats and the rate limit, the client's timeout for each
 * attempt to send one; NaN and negative numbers are refused. katapult_client_with_timeout makes a second handle
 * of a client for calls with another timeout. A thread that makes calls needs a stack of 128 KiB. The threads
 * that the library makes itself, one while a name is looked up and those of fleets, block all signals:
 * handlers never run there. When a call has returned, none of a fleet is left. No call raises SIGPIPE, with TLS
 * or without, through a proxy or not.
 *
 * Processes are forked with fork(), at any time and as often as you like: a child shares no connection
 * with its parent, not even if it has the same process id in another PID namespace. The library learns of
 * it by pthread_atfork, so a child that was made in another way (_Fork, a system call) must not use its
 * parent's clients. A child that frees one leaves the parent's connections open until it ends, since
 * a thread of the parent may have been changing them.
 *
 * Callbacks
 * ---------
 * The functions that a program gives to the library (progress, page, result, log, interrupt) are called on the
 * thread of the call that they are about, and must return: the library is in the middle of a
 * call. (Only the log function is also called on a fleet's threads.) A C++
 * exception that leaves one, and pthread_exit, abort the process, with a line on stderr that names the
 * function. longjmp is forbidden, and nothing notices it: what the call holds is never freed, so other
 * workflows on its disk, virtual machine or key wait until their own timeout, and those of the same thread
 * are refused. A child that is forked in one must not
 * return from it; from the interrupt function it may, which ends the call in the child with
 * KATAPULT_STATUS_INTERRUPTED. A progress, page or result function may make calls, and stops its
 * own call by what it returns. (Within a workflow's progress function, another workflow on the same
 * disk, virtual machine or idempotency key is refused at once: KATAPULT_STATUS_REFUSED.) A log or interrupt function must
 * not: its calls fail at once with KATAPULT_STATUS_INVALID_ARGUMENT. What it may call is
 * katapult_log_set, katapult_interrupt_set, katapult_client_interrupt, katapult_status_name, katapult_version,
 * katapult_reply_... and katapult_string_free.
 *
 * Stopping
 * --------
 * katapult_interrupt_set gives the library a function that is asked, for the whole process, every 50 ms
 * while a call waits for the network, a rate limit, a task or another workflow, and after each signal
 * that arrives meanwhile on the thread of the call; of a fleet on that thread only. When it returns anything but 0, that call ends with
 * KATAPULT_STATUS_INTERRUPTED within 100 ms; `outcome` says whether the request had left. A task that was
 * started goes on. Without it a signal changes nothing, and a call ends by itself or with its timeout.
 *
 *   static volatile sig_atomic_t stopping;     (set by the handler of SIGTERM)
 *   static int stop(void *user_data) { (void)user_data; return stopping; }
 *   ...
 *   katapult_interrupt_set(stop, NULL);
 *
 * Several threads may be in it at a time, without any lock. See "Callbacks".
 *
 * katapult_client_interrupt ends the calls of one client that are under way, on all threads, and no later ones.
 *
 * A signal's handler may call katapult_client_interrupt and katapult_openstack_client_interrupt, which only add one
 * to a number, of a client that is not freed meanwhile; no other function of this library. They miss a signal that
 * arrives between two calls. So let the handler set a flag, and let the interrupt function, which each call asks,
 * and your own loop read it: then no signal is missed, and the handler has nothing to call.
 *
 * pthread_cancel does not stop a call: calls switch cancellation off (pthread_setcancelstate), also for
 * the functions that they call, and a thread that is cancelled meanwhile ends after them, with what they
 * have handed out. Let the interrupt function return 1 to make that soon.
 *
 * Memory
 * ------
 * What a call hands out through `reply`, and what katapult_reply_text returns, is yours: free it with
 * katapult_string_free, on success and on failure. `reply` may always be NULL. When it is not, it is
 * always written, with NULL where there is nothing to say, as katapult_client_new does on success. A call does not
 * free what was there before: free a reply before you pass its variable again. What you pass in stays yours
 * and is not kept.
 * Free functions accept NULL and send nothing.
 *
 * A response for which there is not enough memory is KATAPULT_STATUS_RESPONSE_TOO_LARGE. Anywhere else,
 * where malloc returns NULL, the library writes a line to stderr and aborts the process. The most that a
 * call takes depends on the response, which max_response_bytes limits.
 *
 * Loading at run time
 * -------------------
 * A program may load the shared library with dlopen and close it with dlclose, once its clients are freed
 * and no call is running. On Linux the library stays in memory all the same: threads that have made calls
 * need its code when they end, and so does fork(). A plugin that contains the static library has to be
 * linked with -Wl,-z,nodelete for that. On other systems leave the library open.
 *
 * Logging
 * -------
 * katapult_log_set gives the library a function that takes its log, for the whole process: at level
 * debug one line for each request that was tried, with method, URL, status, duration, attempt and
 * request id; at level warn what should be put right. Nothing in it is secret: no token, no password,
 * no body, no header but the request id.
 *
 *   DEBUG GET https://api.katapult.io/core/v1/disks/disk?disk%5Bid%5D=disk_...: 200 in 41.3 ms,
 *         attempt 1, request 3f0c...
 *
 * Several threads may be in the function at a time, without any lock; lines about a fleet's requests come from
 * its own threads. A process that was forked goes on
 * using it. Without a function nothing is measured or written. See "Callbacks".
 *
 * Errors
 * ------
 * KATAPULT_STATUS_OK is 0. In the reply of a failure, `message` is what to print: the whole error as one
 * sentence. A program decides by the status and by `outcome`, not by the words. `outcome`
 * (katapult_reply_outcome) is what is certain about the effect:
 *
 *   not_sent  no change was sent: nothing happened. A single request never left this machine; a workflow
 *             may have read
 *   rejected  the service rejected the request: nothing happened
 *   unknown   it was sent and the effect is not known: after a write, read before you repeat it
 *
 * After a read, `unknown` has no consequence: repeat it. Once a call that waits has started a task, every
 * failure has the `task`, and the `disk` if it is about one, in `detail`, besides what the service says
 * there. (An OpenStack detach has no task.)
 *
 * Reads are repeated after a broken connection, 429 and 503; writes only when it is certain that
 * nothing happened. NULL, text that is not UTF-8, malformed JSON, a wrong type, a key that is not
 * known or comes twice, a text that is longer than the service can take, a client of the other
 * service: KATAPULT_STATUS_INVALID_ARGUMENT, with a description that names the argument.
 */

/* Generated by cbindgen from ffi-c/src; do not edit. */

#ifndef KATAPULT_DISK_H
#define KATAPULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The header's version. `katapult_version` tells that of the library that runs, which may be newer.
 */
#define KATAPULT_DISK_VERSION_MAJOR 0

/**
 * See `KATAPULT_DISK_VERSION_MAJOR`.
 */
#define KATAPULT_DISK_VERSION_MINOR 1

/**
 * See `KATAPULT_DISK_VERSION_MAJOR`.
 */
#define KATAPULT_DISK_VERSION_PATCH 0

/**
 * What a call came to. The numbers are the C library's status codes: explicit, grouped, never reused.
 *
 * 1 to 99 are this library's own findings, 100 to 899 are codes of the Katapult Core API (named
 * as the API names them), 900 and up are OpenStack's.
 */
typedef enum {
  /**
   * The call succeeded.
   */
  KATAPULT_STATUS_OK = 0,
  /**
   * An argument is missing, of the wrong type or out of range. Nothing was sent.
   */
  KATAPULT_STATUS_INVALID_ARGUMENT = 1,
  /**
   * The client cannot be made from what was configured (token, URL, certificate file, proxy), or there is
   * nothing at the URL of the service (404).
   */
  KATAPULT_STATUS_INVALID_CONFIGURATION = 2,
  /**
   * No connection, or it broke.
   */
  KATAPULT_STATUS_CONNECTION_FAILED = 3,
  /**
   * The TLS handshake failed, for instance because the certificate is not trusted.
   */
  KATAPULT_STATUS_TLS_FAILED = 4,
  /**
   * The time limit was reached.
   */
  KATAPULT_STATUS_TIMED_OUT = 5,
  /**
   * The caller stopped the call: Ctrl-C or a signal handler in Python, a function of the program's that
   * asked to stop.
   */
  KATAPULT_STATUS_INTERRUPTED = 6,
  /**
   * The response is not what the API sends: not JSON, another shape, a proxy's page.
   */
  KATAPULT_STATUS_INVALID_RESPONSE = 7,
  /**
   * The response is larger than the limit (`max_response_bytes`) or than the memory that is left, or
   * has far more values than any that the service sends.
   */
  KATAPULT_STATUS_RESPONSE_TOO_LARGE = 8,
  /**
   * The API rejected the request with a code that this version does not know.
   */
  KATAPULT_STATUS_API_ERROR = 9,
  /**
   * The task that was waited for has failed.
   */
  KATAPULT_STATUS_TASK_FAILED = 10,
  /**
   * A defect in this library. Please report it: <https://github.com/katapult-disk/katapult-disk/issues>.
   */
  KATAPULT_STATUS_INTERNAL_ERROR = 11,
  /**
   * A workflow found that going on would not be safe, and stopped. The description says why, and what to
   * do; the outcome whether it had changed something before.
   */
  KATAPULT_STATUS_REFUSED = 12,
  /**
   * A change was accepted, or its task completed, but the effect does not show, or somebody undid it.
   */
  KATAPULT_STATUS_NO_EFFECT = 13,
  /**
   * No API token was sent (400).
   */
  KATAPULT_STATUS_MISSING_API_TOKEN = 100,
  /**
   * The API token does not exist or has expired (403).
   */
  KATAPULT_STATUS_INVALID_API_TOKEN = 101,
  /**
   * The caller's network may not use this API token (403).
   */
  KATAPULT_STATUS_UNAUTHORIZED_NETWORK_FOR_API_TOKEN = 102,
  /**
   * The capabilities token is not valid (403).
   */
  KATAPULT_STATUS_INVALID_CAPABILITIES_TOKEN = 103,
  /**
   * The token lacks the scope that this operation needs (403).
   */
  KATAPULT_STATUS_SCOPE_NOT_GRANTED = 104,
  /**
   * The identity may not do this (403).
   */
  KATAPULT_STATUS_PERMISSION_DENIED = 105,
  /**
   * Too many requests in this minute (429).
   */
  KATAPULT_STATUS_RATE_LIMIT_REACHED = 106,
  /**
   * The API is unavailable at the moment (503).
   */
  KATAPULT_STATUS_SERVICE_UNAVAILABLE = 107,
  /**
   * The API found the properties invalid; `detail.errors` says why (422).
   */
  KATAPULT_STATUS_VALIDATION_ERROR = 108,
  /**
   * The object is in the trash: restore it first (406).
   */
  KATAPULT_STATUS_OBJECT_IN_TRASH = 109,
  /**
   * The background task could not be queued; it may be tried again (406).
   */
  KATAPULT_STATUS_TASK_QUEUEING_ERROR = 110,
  /**
   * A timestamp is out of its range (400).
   */
  KATAPULT_STATUS_INVALID_TIMESTAMP = 111,
  /**
   * No such organization (404).
   */
  KATAPULT_STATUS_ORGANIZATION_NOT_FOUND = 200,
  /**
   * The organization is suspended (403).
   */
  KATAPULT_STATUS_ORGANIZATION_SUSPENDED = 201,
  /**
   * The organization is not activated yet (403).
   */
  KATAPULT_STATUS_ORGANIZATION_NOT_ACTIVATED = 202,
  /**
   * No such data center (404).
   */
  KATAPULT_STATUS_DATA_CENTER_NOT_FOUND = 203,
  /**
   * No such disk (404).
   */
  KATAPULT_STATUS_DISK_NOT_FOUND = 300,
  /**
   * The disk is not assigned to a virtual machine (422).
   */
  KATAPULT_STATUS_UNASSIGNED_DISK = 301,
  /**
   * The disk cannot be assigned (422).
   */
  KATAPULT_STATUS_UNABLE_TO_ASSIGN = 302,
  /**
   * The disk cannot be unassigned (422).
   */
  KATAPULT_STATUS_UNABLE_TO_UNASSIGN = 303,
  /**
   * No such I/O profile (404).
   */
  KATAPULT_STATUS_DISK_IO_PROFILE_NOT_FOUND = 304,
  /**
   * No such disk template (404).
   */
  KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND = 305,
  /**
   * No such disk template version (404).
   */
  KATAPULT_STATUS_DISK_TEMPLATE_VERSION_NOT_FOUND = 306,
  /**
   * No such operating system (404).
   */
  KATAPULT_STATUS_OPERATING_SYSTEM_NOT_FOUND = 307,
  /**
   * No such backup policy (404).
   */
  KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND = 308,
  /**
   * No such virtual machine (404).
   */
  KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND = 400,
  /**
   * No such task (404).
   */
  KATAPULT_STATUS_TASK_NOT_FOUND = 500,
  /**
   * No such trash object (404).
   */
  KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND = 501,
  /**
   * OpenStack answered 400.
   */
  KATAPULT_STATUS_OPENSTACK_BAD_REQUEST = 900,
  /**
   * OpenStack answered 401.
   */
  KATAPULT_STATUS_OPENSTACK_UNAUTHORIZED = 901,
  /**
   * OpenStack answered 403.
   */
  KATAPULT_STATUS_OPENSTACK_FORBIDDEN = 902,
  /**
   * OpenStack has no such server, volume or attachment (404), or has none under an id that was given like
   * that.
   */
  KATAPULT_STATUS_OPENSTACK_NOT_FOUND = 903,
  /**
   * OpenStack answered 409.
   */
  KATAPULT_STATUS_OPENSTACK_CONFLICT = 904,
  /**
   * OpenStack answered with any other failure.
   */
  KATAPULT_STATUS_OPENSTACK_ERROR = 905,
  /**
   * The volume is the server's root device (400, in older clouds 403).
   */
  KATAPULT_STATUS_OPENSTACK_ROOT_DEVICE = 906,
  /**
   * A detach of the volume is under way already, by the server's actions (400).
   */
  KATAPULT_STATUS_OPENSTACK_ALREADY_DETACHING = 907,
  /**
   * The detach was accepted and has failed.
   */
  KATAPULT_STATUS_OPENSTACK_DETACH_FAILED = 908,
  /**
   * No such server (404), at least not in this project and region.
   */
  KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND = 909,
  /**
   * The server exists and the volume is not attached to it (404).
   */
  KATAPULT_STATUS_OPENSTACK_VOLUME_NOT_ATTACHED = 910,
} katapult_status;

/**
 * The level of a log line. As a limit, it includes all more severe levels.
 */
typedef enum {
  /**
   * As a limit: no lines.
   */
  KATAPULT_LOG_LEVEL_OFF = 0,
  /**
   * A failure that no call can report.
   */
  KATAPULT_LOG_LEVEL_ERROR = 1,
  /**
   * Something to fix, such as a file with a password that other users of the machine can read.
   */
  KATAPULT_LOG_LEVEL_WARN = 2,
  /**
   * Not used so far.
   */
  KATAPULT_LOG_LEVEL_INFO = 3,
  /**
   * Each attempt to send a request.
   */
  KATAPULT_LOG_LEVEL_DEBUG = 4,
} katapult_log_level;

/**
 * What is certain about the effect of a call that failed.
 */
typedef enum {
  /**
   * The call succeeded: its reply is not an error.
   */
  KATAPULT_OUTCOME_NONE = 0,
  /**
   * No change was sent: nothing happened. A single request never left this machine; a workflow may
   * have read.
   */
  KATAPULT_OUTCOME_NOT_SENT = 1,
  /**
   * The service rejected the request: nothing happened.
   */
  KATAPULT_OUTCOME_REJECTED = 2,
  /**
   * It was sent, and the effect is not known: after a write, read before you repeat it.
   */
  KATAPULT_OUTCOME_UNKNOWN = 3,
} katapult_outcome;

/**
 * A client of the Katapult Core API. Any number of threads may use one at the same time; a
 * process that was forked may go on using it.
 */
typedef struct katapult_client katapult_client;

/**
 * A client of OpenStack's compute service (Nova). Any number of threads may use one at the same
 * time; a process that was forked may go on using it.
 */
typedef struct katapult_openstack_client katapult_openstack_client;

/**
 * Sees a page of a list, on the thread that calls. It may make calls of the library. See "Callbacks"
 * above.
 *
 * Items may be created and deleted while a list is read, by the function itself, too. When the service's
 * count of them (`total`) changes, pages have shifted, and the list is read again from the page that it
 * began with; the function sees only what it has not seen. So every item that is there all the time comes
 * exactly once, unless one is deleted and another created between two pages, which leaves the count as it
 * was. (A program that reads single pages has to do that itself: remember the ids, and begin
 * again with page 1 until `total` is the same on all pages.)
 *
 * @param page_json  The page as the API sent it, what the call for one page replies, without the items
 *   of earlier pages. Valid during the call; do not free it. `katapult_reply_text` and
 *   `katapult_reply_integer` read it.
 * @param user_data  What was given to the call that lists.
 * @return 0 to go on, anything else to stop.
 */
typedef int (*katapult_page_fn)(const char *page_json, void *user_data);

/**
 * Sees what is waited for after each poll, on the thread that waits: at once, after 1 s, every 2 s, and
 * after half a minute every 5 to 10 s. It may make calls of the library. See "Callbacks" above.
 *
 * @param task_json  The task: `{"id": ..., "name": ..., "status": ..., "progress": 0 to 100, ...}`;
 *   of `katapult_openstack_volume_detach` the attachment: `{"volumeId": ..., ...}`; of a fleet, about once a
 *   second, `{"counts": {...}}`. Valid during the call; do not free it. `katapult_reply_text` and `katapult_reply_integer` read it.
 * @param user_data  That of `katapult_wait`.
 * @return 0 to go on, anything else to stop waiting (the task goes on).
 */
typedef int (*katapult_progress_fn)(const char *task_json, void *user_data);

/**
 * How a call waits for what it has started.
 *
 * A call that starts a task sends its request, then `GET /tasks/task` until the task has ended, then,
 * where the reply has a `disk`, `GET /disks/disk` until that shows the effect: the reply is that of the
 * call without a wait, but with the task as it ended, and the disk as it is *after* the task with its
 * `annotations`. (A purge of one object: `GET /trash_objects/trash_object` until it is not found, and of a disk then
 * `GET /disks/disk`, which must not find it either.) When
 * the task has failed, the status is `KATAPULT_STATUS_TASK_FAILED`; when it has completed and its effect
 * does not show within 10 s, `KATAPULT_STATUS_NO_EFFECT`. After `KATAPULT_STATUS_TIMED_OUT` and
 * `KATAPULT_STATUS_INTERRUPTED` (`progress` said to stop) the task goes on. Once the task was started,
 * the `outcome` of every failure is `unknown`, and `detail` has the `task` and, where there is one, the
 * `disk`, as they were seen last.
 *
 * `katapult_disk_ensure_...`, `katapult_openstack_volume_detach` and the functions of fleets send other requests:
 * see there.
 */
typedef struct {
  /**
   * When to give up, in seconds from the beginning of the call. INFINITY (of math.h): never; 0, so also
   * `katapult_wait wait = {0}`: look once (a fleet: end at once). NaN and negative numbers are
   * `KATAPULT_STATUS_INVALID_ARGUMENT`.
   */
  double timeout_seconds;
  /**
   * Called after each poll. May be NULL.
   */
  katapult_progress_fn progress;
  /**
   * Passed to `progress`.
   */
  void *user_data;
} katapult_wait;

/**
 * Sees what has come of a disk, on the thread that calls, as soon as it is known: in the order in which the
 * disks complete. It may make calls of the library. See "Callbacks" above.
 *
 * @param index  The disk's number in the request's `disks`, from 0.
 * @param status  `KATAPULT_STATUS_OK` if the disk is as wished, otherwise what went wrong.
 * @param reply_json  `{"name": "...", "existed": false, "disk": {...}}` (of a deletion `trash_object` instead
 *   of `disk`, with null when it is gone for good); `existed` says that it was so before the call. After a
 *   failure the error, as a reply has it, with the disk's `name`, which may be null, as a further member.
 *   Valid during the call; do not free it. `katapult_reply_text` and `katapult_reply_outcome` read it.
 * @param user_data  What was given to the call.
 * @return 0 to go on, anything else to stop.
 */
typedef int (*katapult_result_fn)(size_t index,
                                  katapult_status status,
                                  const char *reply_json,
                                  void *user_data);

/**
 * Decides whether a waiting call stops, on the thread of that call. Several threads may call it at
 * once. See "Callbacks" above.
 *
 * @param user_data  What was given to `katapult_interrupt_set`.
 * @return 0 to continue, anything else to end the call with `KATAPULT_STATUS_INTERRUPTED`.
 */
typedef int (*katapult_interrupt_fn)(void *user_data);

/**
 * Receives a log line, on the thread of the call it is about. Several threads may call it at once.
 * See "Callbacks" above.
 *
 * @param level  The level of the line.
 * @param message  One line without a line break. Valid during the call; do not free it.
 * @param user_data  What was given to `katapult_log_set`.
 */
typedef void (*katapult_log_fn)(katapult_log_level level, const char *message, void *user_data);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Makes a client. Nothing is sent yet.
 *
 * @param options_json  A JSON object, or NULL for the environment alone. Keys, all optional:
 *   - `api_token` (else the environment's `KATAPULT_API_TOKEN` or `KATAPULT_API_KEY`), without "Bearer"; blanks
 *     and line breaks around it do not count
 *   - `base_url` (`KATAPULT_API_URL`); `https://api.katapult.io/core/v1`. One without a path gets `/core/v1`
 *   - `organization`, `data_center`: what calls use that name none (`KATAPULT_ORGANIZATION`,
 *     `KATAPULT_DATA_CENTER`); a string (an id, or the sub_domain or permalink), or
 *     `{"id": "..."}`
 *   - `timeout`: the seconds that one call may take, with its repeats and its waits for the rate limit (up to
 *     63 s), 90; null for no limit. A call that waits ends by the time of its `katapult_wait` instead; `timeout`
 *     is then what each attempt to send one of its requests may take
 *   - `connect_timeout`: seconds for making a connection, 10; null for no limit of its own
 *   - `ca_file`: PEM file with certificates to trust besides the system's
 *   - `cert_file`: PEM file with the client's own certificate, for a service that demands one, and
 *     `key_file`: PEM file with its private key (by default that of `cert_file`)
 *   - `verify` (true): false accepts any certificate, so that anybody on the way can read and change
 *     what is sent, the token included
 *   - `proxy`: URL of an HTTP proxy, "" for none (else `HTTPS_PROXY`, `NO_PROXY` and so on)
 *   - `user_agent`, `allow_http` (true permits http:// to other hosts than this one),
 *     `max_response_bytes` (67108864)
 * @param client  Receives the client, to be freed with `katapult_client_free`; NULL on failure.
 * @param reply   Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_INVALID_ARGUMENT` or
 *   `KATAPULT_STATUS_INVALID_CONFIGURATION`.
 */
katapult_status katapult_client_new(const char *options_json,
                                    katapult_client **client,
                                    char **reply);

/**
 * Makes a second handle of a client, whose calls have another timeout: for a single call, or for some. It
 * shares the connections, the rate limit and all else, and costs next to nothing. Of a call with a
 * `katapult_wait` the timeout is for each attempt to send a request, as the client's.
 *
 * @param client  Stays as it is. Of the two, each is freed with `katapult_client_free`, in any order.
 * @param timeout_seconds  More than 0; INFINITY (of math.h) is no limit.
 * @param derived  Receives the second handle; NULL on failure.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` or `KATAPULT_STATUS_INVALID_ARGUMENT`.
 */
katapult_status katapult_client_with_timeout(const katapult_client *client,
                                             double timeout_seconds,
                                             katapult_client **derived,
                                             char **reply);

/**
 * Ends all calls of a client that are under way, on all threads, within 100 ms: they return
 * `KATAPULT_STATUS_INTERRUPTED`. That includes calls of handles that were made by
 * `katapult_client_with_timeout`, waits for tasks and for the rate limit, workflows, and fleets. Calls that begin later
 * are not concerned. The service goes on with what it has accepted.
 *
 * May be called at any time from any thread, also from a signal's handler, unless the client is freed meanwhile;
 * see "Stopping" above. In a process that was forked it concerns that one's calls only.
 *
 * @param client  NULL is fine.
 */
void katapult_client_interrupt(const katapult_client *client);

/**
 * Frees a client and closes its connections, unless a handle that `katapult_client_with_timeout` made of
 * it is left. No call may be using it. NULL is fine.
 */
void katapult_client_free(katapult_client *client);

/**
 * Reads all data centers; the list has no pages. `GET /data_centers`
 *
 * @param reply  Receives the API's response with `data_centers`, an array, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_INVALID_API_TOKEN`.
 */
katapult_status katapult_data_center_list(const katapult_client *client, char **reply);

/**
 * Reads a data center. `GET /data_centers/data_center`
 *
 * @param data_center  Its id, its permalink, or for instance `{"permalink": "uk-lon-01"}`.
 * @param reply  Receives the API's response with `data_center`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DATA_CENTER_NOT_FOUND`.
 */
katapult_status katapult_data_center_get(const katapult_client *client,
                                         const char *data_center,
                                         char **reply);

/**
 * Creates a backup policy for one disk or for a whole virtual machine, at once and without a task.
 * `POST /disks/disk/disk_backup_policies` or
 * `POST /virtual_machines/virtual_machine/disk_backup_policies`
 *
 * The service knows no idempotency key: when `outcome` is `unknown` the policy may exist, and the
 * same call again may make a second one.
 *
 * @param request_json  The API's own body: `{"disk": ..., "properties": {...}}`, or with
 *   `virtual_machine` (an id, an fqdn, or for instance `{"fqdn": "..."}`) in place of `disk` (an
 *   id). Properties: `retention` (how many backups to keep) and `schedule` {`interval` (hourly,
 *   daily, weekly, monthly), `frequency`, `minute`, `time`}.
 * @param reply  Receives the API's response with `disk_backup_policy`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
 */
katapult_status katapult_disk_backup_policy_create(const katapult_client *client,
                                                   const char *request_json,
                                                   char **reply);

/**
 * Reads a backup policy. `GET /disk_backup_policies/disk_backup_policy`
 *
 * @param disk_backup_policy_id  The policy's id.
 * @param reply  Receives the API's response with `disk_backup_policy`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
 *   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_disk_backup_policy_get(const katapult_client *client,
                                                const char *disk_backup_policy_id,
                                                char **reply);

/**
 * Changes a backup policy, at once and without a task.
 * `PATCH /disk_backup_policies/disk_backup_policy`
 *
 * @param disk_backup_policy_id  The policy's id.
 * @param request_json  The API's own body without its `disk_backup_policy`:
 *   `{"properties": {"retention": 7}}`; what is not given stays. Properties as in
 *   `katapult_disk_backup_policy_create`.
 * @param reply  Receives the API's response with `disk_backup_policy` (changed), or the error; free
 *   it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
 *   `KATAPULT_STATUS_VALIDATION_ERROR`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_disk_backup_policy_update(const katapult_client *client,
                                                   const char *disk_backup_policy_id,
                                                   const char *request_json,
                                                   char **reply);

/**
 * Puts a backup policy into the trash, at once and without a task.
 * `DELETE /disk_backup_policies/disk_backup_policy`
 *
 * @param disk_backup_policy_id  The policy's id.
 * @param reply  Receives the API's response with `disk_backup_policy`, of which it gives the id only
 *   (its trash object is found by `{"object_id": "..."}`), or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
 *   `KATAPULT_STATUS_OBJECT_IN_TRASH` (it is there already).
 */
katapult_status katapult_disk_backup_policy_delete(const katapult_client *client,
                                                   const char *disk_backup_policy_id,
                                                   char **reply);

/**
 * Has a backup policy put into the trash at a time to come.
 * `DELETE /disk_backup_policies/disk_backup_policy/schedule`
 *
 * @param disk_backup_policy_id  The policy's id.
 * @param request_json  The API's own body without its `disk_backup_policy`:
 *   `{"timestamp": 1767225600}`, in Unix seconds, at least 5 minutes ahead.
 * @param reply  Receives the API's response with `disk_backup_policy`, of which it gives `id`,
 *   `target` and that time as `auto_move_to_trash_at`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_INVALID_TIMESTAMP`,
 *   `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_disk_backup_policy_schedule_deletion(const katapult_client *client,
                                                              const char *disk_backup_policy_id,
                                                              const char *request_json,
                                                              char **reply);

/**
 * Reads one page of the backup policies of an organization, a virtual machine or a disk.
 * `GET /organizations/organization/disk_backup_policies`,
 * `GET /virtual_machines/virtual_machine/disk_backup_policies` or
 * `GET /disks/disk/disk_backup_policies`
 *
 * @param request_json  NULL, or a JSON object; keys, all optional: one of `organization` (else
 *   the client's), `virtual_machine` (an id, an fqdn, or for instance `{"fqdn": "..."}`) and
 *   `disk` (an id); with `virtual_machine` also `include_disks` (true adds the policies of its
 *   single disks); `page` (from 1), `per_page` (30; at most 200).
 * @param reply  Receives the API's response with `pagination` and `disk_backup_policies`, an array
 *   of policies with less of their `schedule`, or the error; free it with `katapult_string_free`.
 *   May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_PERMISSION_DENIED`,
 *   `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`, `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`.
 */
katapult_status katapult_disk_backup_policy_list(const katapult_client *client,
                                                 const char *request_json,
                                                 char **reply);

/**
 * Reads the backup policies of an organization, a virtual machine or a disk page by page, and
 * holds one page at a time.
 *
 * @param request_json  As in `katapult_disk_backup_policy_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_disk_backup_policy_list`.
 */
katapult_status katapult_disk_backup_policy_list_pages(const katapult_client *client,
                                                       const char *request_json,
                                                       katapult_page_fn page,
                                                       void *user_data,
                                                       char **reply);

/**
 * Reads one page of the I/O profiles that an organization may use.
 * `GET /organizations/organization/disk_io_profiles`
 *
 * @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
 *   client's), `page` (from 1), `per_page` (30; at most 200).
 * @param reply  Receives the API's response with `pagination` and `disk_io_profiles`, an array, or
 *   the error; free it with `katapult_string_free`. May be NULL. A profile without limits has null
 *   for `speed_in_mb` and `iops`.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
 */
katapult_status katapult_disk_io_profile_list(const katapult_client *client,
                                              const char *request_json,
                                              char **reply);

/**
 * Reads the I/O profiles that an organization may use page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_disk_io_profile_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_disk_io_profile_list`.
 */
katapult_status katapult_disk_io_profile_list_pages(const katapult_client *client,
                                                    const char *request_json,
                                                    katapult_page_fn page,
                                                    void *user_data,
                                                    char **reply);

/**
 * Reads one page of an organization's disk templates.
 * `GET /organizations/organization/disk_templates`
 *
 * @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
 *   client's), `operating_system` (an id: only its templates), `include_universal` (true adds the
 *   templates that every organization may use; an organization without templates of its own has an
 *   empty list otherwise), `page` (from 1), `per_page` (30; at most 200).
 * @param reply  Receives the API's response with `pagination` and `disk_templates`, an array, or the
 *   error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
 *   `KATAPULT_STATUS_OPERATING_SYSTEM_NOT_FOUND`.
 */
katapult_status katapult_disk_template_list(const katapult_client *client,
                                            const char *request_json,
                                            char **reply);

/**
 * Reads an organization's disk templates page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_disk_template_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_disk_template_list`.
 */
katapult_status katapult_disk_template_list_pages(const katapult_client *client,
                                                  const char *request_json,
                                                  katapult_page_fn page,
                                                  void *user_data,
                                                  char **reply);

/**
 * Reads a disk template. `GET /disk_templates/disk_template`
 *
 * @param disk_template  Its id, its permalink, or for instance `{"permalink": "..."}`.
 * @param reply  Receives the API's response with `disk_template`, its `latest_version` and
 *   `operating_system` among it, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND`.
 */
katapult_status katapult_disk_template_get(const katapult_client *client,
                                           const char *disk_template,
                                           char **reply);

/**
 * Reads one page of a disk template's versions.
 * `GET /disk_templates/disk_template/versions`
 *
 * @param request_json  A JSON object; keys: `disk_template` (an id, a permalink, or for instance
 *   `{"permalink": "..."}`), and optionally `page` (from 1) and `per_page` (30; at most 200).
 * @param reply  Receives the API's response with `disk_template`, `pagination` and
 *   `disk_template_versions`, an array, or the error; free it with `katapult_string_free`. May be
 *   NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND`.
 */
katapult_status katapult_disk_template_version_list(const katapult_client *client,
                                                    const char *request_json,
                                                    char **reply);

/**
 * Reads a disk template's versions page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_disk_template_version_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_disk_template_version_list`.
 */
katapult_status katapult_disk_template_version_list_pages(const katapult_client *client,
                                                          const char *request_json,
                                                          katapult_page_fn page,
                                                          void *user_data,
                                                          char **reply);

/**
 * Reads a version of a disk template. `GET /disk_template_versions/disk_template_version`
 *
 * @param disk_template_version_id  The version's id.
 * @param reply  Receives the API's response with `disk_template_version`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance
 *   `KATAPULT_STATUS_DISK_TEMPLATE_VERSION_NOT_FOUND`.
 */
katapult_status katapult_disk_template_version_get(const katapult_client *client,
                                                   const char *disk_template_version_id,
                                                   char **reply);

/**
 * Reads the fields that a version of a disk template asks for.
 * `GET /disk_template_versions/disk_template_version/spec`
 *
 * @param disk_template_version_id  The version's id.
 * @param reply  Receives the API's response with `disk_template_version` and `spec`, whose `fields`
 *   is an array, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance
 *   `KATAPULT_STATUS_DISK_TEMPLATE_VERSION_NOT_FOUND`.
 */
katapult_status katapult_disk_template_version_spec_get(const katapult_client *client,
                                                        const char *disk_template_version_id,
                                                        char **reply);

/**
 * Brings a disk to its virtual machine: now if that runs, and at each start.
 *
 * Sends `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
 * `POST /disks/disk/assign`, `PATCH /disks/disk` (attach_on_boot) and, if the virtual machine is
 * started, `POST /disks/disk/attach`, `GET /tasks/task` until that has ended and `GET /disks/disk`
 * until it is `attached`. What is so already is not sent, so it may be called again and again.
 * Refuses a virtual machine that is neither started nor stopped, and an attachment that is on its
 * way or has failed. The disk of a stopped virtual machine is `detached`, with `attach_on_boot`.
 *
 * @param disk_id  The disk's id.
 * @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
 *   `{"fqdn": "..."}`): a disk without one is assigned to it, a disk of another one is refused.
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`; `KATAPULT_STATUS_REFUSED` when acting would not be safe (the description
 *   says what to do); `KATAPULT_STATUS_NO_EFFECT` when a change was accepted and does not show, or is
 *   undone again and again; or for instance `KATAPULT_STATUS_TIMED_OUT`, `KATAPULT_STATUS_DISK_NOT_FOUND`.
 *   Once something was changed, `outcome` is `unknown` and the description says what was done.
 */
katapult_status katapult_disk_ensure_attached(const katapult_client *client,
                                              const char *disk_id,
                                              const char *request_json,
                                              const katapult_wait *wait,
                                              char **reply);

/**
 * Detaches a disk for good: the next start of its virtual machine does not attach it again. It stays
 * assigned.
 *
 * Sends `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
 * `PATCH /disks/disk` (attach_on_boot off, first) and `POST /disks/disk/detach`, `GET /tasks/task`
 * until that has ended and `GET /disks/disk` until it is `detached`. What is so already is not sent,
 * so it may be called again and again. Refuses a boot disk, a virtual machine that is neither started
 * nor stopped, and an attachment that is on its way or has failed.
 *
 * @param disk_id  The disk's id.
 * @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
 *   `{"fqdn": "..."}`): a disk of another one is refused.
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
 */
katapult_status katapult_disk_ensure_detached(const katapult_client *client,
                                              const char *disk_id,
                                              const char *request_json,
                                              const katapult_wait *wait,
                                              char **reply);

/**
 * Removes a disk from its virtual machine: detaches it as `katapult_disk_ensure_detached` does, then
 * unassigns it.
 *
 * Sends, after what that sends, `POST /disks/disk/unassign` and `GET /disks/disk` until the disk has
 * no virtual machine. The virtual machine may also be failed or orphaned. Never a boot disk.
 *
 * @param disk_id  The disk's id.
 * @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
 *   `{"fqdn": "..."}`): a disk of another one is refused.
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
 */
katapult_status katapult_disk_ensure_unassigned(const katapult_client *client,
                                                const char *disk_id,
                                                const char *request_json,
                                                const katapult_wait *wait,
                                                char **reply);

/**
 * Gives a disk a size in the way that its attachment permits, and makes sure that it has it.
 *
 * Sends `GET /disks/disk`, for a disk that might be about to be attached
 * `GET /virtual_machines/virtual_machine` and `GET /disks/disk` again, then `PUT /disks/disk/resize`,
 * `GET /tasks/task` until that has ended, and `GET /disks/disk` until it has the size. A disk that
 * has it already is only read. Refuses to shrink an attached disk, and to grow one unless the method
 * is `online`; a disk that is not attached is resized offline, whatever the method.
 *
 * @param disk_id  The disk's id.
 * @param request_json  `{"size_in_gb": 40, "method": "online"}`, the size as in `katapult_disk_create`; the
 *   method is `offline` unless given (`katapult_disk_resize` leaves it to the service then).
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
 */
katapult_status katapult_disk_ensure_size(const katapult_client *client,
                                          const char *disk_id,
                                          const char *request_json,
                                          const katapult_wait *wait,
                                          char **reply);

/**
 * Deletes a disk that no virtual machine has; one that is in the trash or gone already counts. Of an id
 * (`disk_` and 16 letters or digits) nobody can tell whether it ever was one; what has another shape
 * and is not found is `KATAPULT_STATUS_DISK_NOT_FOUND`.
 *
 * Sends `GET /disks/disk`, `DELETE /disks/disk` and `GET /trash_objects/trash_object`; with `purge` also
 * `DELETE /trash_objects/trash_object`, `GET /tasks/task` until that has ended and `GET /disks/disk`
 * until it is not found. Refuses unless the disk's answer says `"virtual_machine_disk": null`. A disk that
 * somebody restores meanwhile is not deleted again.
 *
 * @param disk_id  The disk's id.
 * @param request_json  NULL, or `{"purge": true}`: destroy it at once, which cannot be undone,
 *   instead of leaving it in the trash for 48 hours.
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param reply  Receives `{"trash_object": {...}}`, with null when the disk is gone for good, or the
 *   error; free it with `katapult_string_free`. May be NULL.
 * @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
 */
katapult_status katapult_disk_ensure_deleted(const katapult_client *client,
                                             const char *disk_id,
                                             const char *request_json,
                                             const katapult_wait *wait,
                                             char **reply);

/**
 * Creates a disk; a task builds it. `POST /organizations/organization/disks`
 *
 * When `outcome` is `unknown` the disk may exist, and the same call again may make a second one.
 * With an `idempotency_key`, a text of yours that no other disk has, it does not: the key becomes an
 * annotation of the disk (`katapult_disk_idempotency_key`, beside `katapult_disk_idempotency_fingerprint`
 * of the properties), and the call first looks for a disk that has it, also after your process was killed
 * and started again. Then it sends `GET /organizations/organization/disks`, for each disk found
 * `GET /disks/disk`, and only if there is none the POST, once; when the outcome of that is not known it looks for the disk until the time
 * is over: that of `wait`, else the client's `timeout`, anew. Then `outcome` is `unknown`, and the
 * same call finds the disk later. The same key with other properties is `KATAPULT_STATUS_REFUSED`.
 * Two processes that send the first request with one key at the same time are not kept apart; and an
 * update whose `annotations` leave out the key takes it away.
 *
 * @param request_json  The API's own body:
 *   `{"organization": ..., "properties": {"name": "...", "size_in_gb": 20, ...},
 *     "annotations": [{"key": "...", "value": "..."}]}`, and optionally `idempotency_key`. Annotations may
 *   be an object, too, here and wherever they are given: `{"team": "storage"}`.
 *   `name` and `size_in_gb` are required; the size is in GB, not bytes: 1 to 1,000,000, and the service's own
 *   smallest disk has 10 GB. Other properties: `data_center`, `io_profile`,
 *   `bus_type` (scsi, virtio), `storage_speed` (nvme, ssd), `initial_file_system` (ext4, xfs),
 *   `virtual_machine_disk` {`virtual_machine`, `boot`, `attach_on_boot`, `attach`}.
 *   Organization and data center are the client's unless given. Wherever the API takes a lookup
 *   such as `{"permalink": "uk-lon-01"}`, a string will do.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `disk`, `task` and `annotations`, or the error;
 *   free it with `katapult_string_free`. May be NULL. Without `wait` the disk is the one *before* the
 *   task, `not_built`. One that an earlier call with the key created is as it is now, and `task` is null.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
 *   `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
 */
katapult_status katapult_disk_create(const katapult_client *client,
                                     const char *request_json,
                                     const katapult_wait *wait,
                                     char **reply);

/**
 * Reads a disk. `GET /disks/disk`
 *
 * @param disk_id  The disk's id.
 * @param reply  Receives the API's response with `disk` and `annotations`, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_NOT_FOUND`,
 *   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_disk_get(const katapult_client *client, const char *disk_id, char **reply);

/**
 * Changes properties of a disk, at once and without a task. `PATCH /disks/disk`
 *
 * @param disk_id  The disk's id.
 * @param request_json  The API's own body without its `disk`:
 *   `{"properties": {"name": "..."}, "annotations": [...]}`; what is not given stays, but
 *   `annotations`, where given, replace all of the disk's, an idempotency key among them. Properties
 *   as in `katapult_disk_create`, but `size_in_gb` and `virtual_machine_disk.attach` are refused:
 *   they are only for creating.
 * @param reply  Receives the API's response with `disk` (changed) and `annotations`, or the error;
 *   free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_NOT_FOUND`,
 *   `KATAPULT_STATUS_UNASSIGNED_DISK`, `KATAPULT_STATUS_VALIDATION_ERROR`.
 */
katapult_status katapult_disk_update(const katapult_client *client,
                                     const char *disk_id,
                                     const char *request_json,
                                     char **reply);

/**
 * Puts a disk into the trash, where it stays for 48 hours. `DELETE /disks/disk`
 *
 * What the service does with a disk that a virtual machine has is not documented: unassign it first, or call
 * `katapult_disk_ensure_deleted`, which refuses such a disk.
 *
 * @param disk_id  The disk's id.
 * @param reply  Receives the API's response with `disk` (as it was) and `trash_object`, or the
 *   error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OBJECT_IN_TRASH` (it is there
 *   already), `KATAPULT_STATUS_DISK_NOT_FOUND`.
 */
katapult_status katapult_disk_delete(const katapult_client *client,
                                     const char *disk_id,
                                     char **reply);

/**
 * Binds a disk to a virtual machine, at once and without a task. It is not attached by that.
 * `POST /disks/disk/assign`
 *
 * @param disk_id  The disk's id.
 * @param request_json  The API's own body without its `disk`: `{"virtual_machine": ...}`, an id,
 *   an fqdn, or for instance `{"fqdn": "..."}`.
 * @param reply  Receives the API's response with `disk`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNABLE_TO_ASSIGN`,
 *   `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
 */
katapult_status katapult_disk_assign(const katapult_client *client,
                                     const char *disk_id,
                                     const char *request_json,
                                     char **reply);

/**
 * Takes a disk from its virtual machine, at once and without a task.
 * `POST /disks/disk/unassign`
 *
 * Of a disk without a virtual machine this changes nothing. Detach it first.
 *
 * @param disk_id  The disk's id.
 * @param reply  Receives the API's response with `disk`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNABLE_TO_UNASSIGN`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`.
 */
katapult_status katapult_disk_unassign(const katapult_client *client,
                                       const char *disk_id,
                                       char **reply);

/**
 * Attaches a disk to the virtual machine that it is assigned to; a task does it.
 * `POST /disks/disk/attach`
 *
 * A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
 *
 * @param disk_id  The disk's id.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task, still
 *   `detached`) and `task`, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_disk_attach(const katapult_client *client,
                                     const char *disk_id,
                                     const katapult_wait *wait,
                                     char **reply);

/**
 * Detaches a disk from its virtual machine; a task does it. `POST /disks/disk/detach`
 *
 * The disk is free when the task has completed, not before. It stays assigned, and the next start
 * of the virtual machine attaches it again unless `attach_on_boot` is false.
 *
 * @param disk_id  The disk's id.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task, still
 *   `attached`) and `task`, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_disk_detach(const katapult_client *client,
                                     const char *disk_id,
                                     const katapult_wait *wait,
                                     char **reply);

/**
 * Grows or shrinks a disk; a task does it. `PUT /disks/disk/resize`
 *
 * A task that completed does not prove that a blank disk has shrunk: with a `wait` the call reads the
 * disk until it has the size. See also `katapult_disk_ensure_size`, whose method is `offline` unless given.
 *
 * @param disk_id  The disk's id.
 * @param request_json  `{"size_in_gb": 40, "method": "online"}`, the size as in `katapult_disk_create`. The
 *   method may be `offline` (not attached) or `online` (attached; it can only grow); without one the service
 *   decides. The API's own name, `resize_method`, will do, too.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task, with the
 *   old size) and `task`, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`.
 */
katapult_status katapult_disk_resize(const katapult_client *client,
                                     const char *disk_id,
                                     const char *request_json,
                                     const katapult_wait *wait,
                                     char **reply);

/**
 * Gives a disk other limits of speed; a task does it. `PUT /disks/disk/io_profile`
 *
 * @param disk_id  The disk's id.
 * @param request_json  The API's own body without its `disk`: `{"io_profile": ...}`, an id, a
 *   permalink, or for instance `{"permalink": "..."}`.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task) and
 *   `task`, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_IO_PROFILE_NOT_FOUND`,
 *   `KATAPULT_STATUS_DISK_NOT_FOUND`.
 */
katapult_status katapult_disk_set_io_profile(const katapult_client *client,
                                             const char *disk_id,
                                             const char *request_json,
                                             const katapult_wait *wait,
                                             char **reply);

/**
 * Reads one page of an organization's disks. `GET /organizations/organization/disks`
 *
 * @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
 *   client's), `page` (from 1), `per_page` (30; at most 200), `annotations`
 *   (`[{"key": "...", "value": "..."}]`: only disks with these).
 * @param reply  Receives the API's response with `pagination` and `disk`, an array of disks with few
 *   fields, or the error; free it with `katapult_string_free`. May be NULL. An empty list has 0
 *   pages.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
 */
katapult_status katapult_disk_list(const katapult_client *client,
                                   const char *request_json,
                                   char **reply);

/**
 * Reads an organization's disks page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_disk_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_disk_list`.
 */
katapult_status katapult_disk_list_pages(const katapult_client *client,
                                         const char *request_json,
                                         katapult_page_fn page,
                                         void *user_data,
                                         char **reply);

/**
 * Creates many disks and waits until they are built.
 *
 * Sends `GET /organizations/organization/disks` with a filter that must give nothing, then with the fleet's;
 * for each missing disk `POST /organizations/organization/disks`; `GET /tasks/task` for one of them; a
 * `GET /organizations/organization/disks` for each 200; `GET /disks/disk` and `GET /tasks/task` for those that
 * take unusually long or fail. A disk thus costs 1.01 requests. The names must be unique within the fleet, and
 * all disks are of one organization.
 *
 * The disks get two annotations, `katapult_disk_fleet` and `katapult_disk_batch`. The same call with the same
 * `fleet` finds by them what is there already, and creates only what is missing, also after your process was
 * killed. Do not run one fleet twice at the same time.
 *
 * @param request_json  `{"fleet": "order-4711", "share": 0.95, "threads": 16, "disks": [{...}, ...]}`. Each of
 *   `disks` is a body as of `katapult_disk_create`, without `idempotency_key`; a mistake in one is that disk's
 *   result. `fleet` is a text of yours that no other fleet has; without it a name is made up. For `share` and
 *   `threads` see "Fleets" above.
 * @param wait  How long to wait; NULL is an hour, without progress.
 * @param result  Called with each disk's result. NULL for none: then only the reply tells.
 * @param user_data  Passed to `result`.
 * @param reply  Receives `{"fleet": "...", "counts": {...}}`, or the error, which has these members, too, once
 *   the fleet has begun; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` only if every disk is there; the status of the first of `disks` that failed; or
 *   what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`, `KATAPULT_STATUS_INTERRUPTED`,
 *   `KATAPULT_STATUS_INVALID_API_TOKEN`, or `KATAPULT_STATUS_REFUSED`, before anything is created, if the
 *   service's list does not heed the filter.
 */
katapult_status katapult_disk_create_many(const katapult_client *client,
                                          const char *request_json,
                                          const katapult_wait *wait,
                                          katapult_result_fn result,
                                          void *user_data,
                                          char **reply);

/**
 * Gives many disks their sizes, each as `katapult_disk_ensure_size` does, and waits for all together.
 *
 * Sends `GET /organizations/organization/disks`, for each disk that has another size `GET /disks/disk` (and
 * `GET /virtual_machines/virtual_machine` where it might be about to be attached) and `PUT /disks/disk/resize`;
 * then `GET /tasks/task` for one of them and the list again until the sizes show. Where that takes fewer
 * requests it reads disks one by one. All disks are of the client's organization. The same call again resizes
 * only those that do not have their size.
 *
 * @param request_json  `{"method": "online", "share": 0.95, "threads": 16,
 *     "disks": [{"disk": "disk_...", "size_in_gb": 40}, ...]}`; the method is `offline` unless given.
 *   Sizes are as in `katapult_disk_create`. For `share` and `threads` see "Fleets" above.
 * @param wait  How long to wait; NULL is an hour, without progress.
 * @param result  Called with each disk's result. NULL for none: then only the reply tells.
 * @param user_data  Passed to `result`.
 * @param reply  Receives `{"counts": {...}}`, or the error, which has that member, too, once the fleet has
 *   begun; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` only if every disk has its size; the status of the first of `disks` that failed,
 *   such as `KATAPULT_STATUS_REFUSED`; or what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`.
 */
katapult_status katapult_disk_ensure_sizes(const katapult_client *client,
                                           const char *request_json,
                                           const katapult_wait *wait,
                                           katapult_result_fn result,
                                           void *user_data,
                                           char **reply);

/**
 * Deletes many disks, each as `katapult_disk_ensure_deleted` does, and waits for all together.
 *
 * Sends, for each disk, `GET /disks/disk`, `DELETE /disks/disk` and `GET /trash_objects/trash_object`; with
 * `purge` also `DELETE /trash_objects/trash_object`, then `GET /tasks/task` for one of them,
 * `GET /organizations/organization/trash_objects` until they are no longer there, and `GET /disks/disk` for
 * each, which must not find it. The same call again goes on with those that are left.
 *
 * @param request_json  `{"purge": true, "share": 0.95, "threads": 16, "disks": ["disk_...", ...]}`; without
 *   `purge` they stay in the trash for 48 hours. For `share` and `threads` see "Fleets" above.
 * @param wait  How long to wait; NULL is an hour, without progress.
 * @param result  Called with each disk's result. NULL for none: then only the reply tells.
 * @param user_data  Passed to `result`.
 * @param reply  Receives `{"counts": {...}}`, or the error, which has that member, too, once the fleet has
 *   begun; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` only if every disk is gone; the status of the first of `disks` that failed, such
 *   as `KATAPULT_STATUS_REFUSED`; or what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`.
 */
katapult_status katapult_disks_ensure_deleted(const katapult_client *client,
                                              const char *request_json,
                                              const katapult_wait *wait,
                                              katapult_result_fn result,
                                              void *user_data,
                                              char **reply);

/**
 * Waits until disks are built that were created before, such as by threads of your own with
 * `katapult_disk_create`: by one list for 200 of them, instead of a poll of each task.
 *
 * Sends `GET /tasks/task` for the task of one of them, if any has one, and
 * `GET /organizations/organization/disks` until all are built; where that takes fewer requests
 * `GET /disks/disk` for each. All disks are of the client's organization.
 *
 * @param request_json  `{"share": 0.95, "threads": 16, "disks": [{"disk": "disk_...", "task": "task_..."}, ...]}`;
 *   a disk's id will do instead of an object. The task tells when to look. For `share` and `threads` see
 *   "Fleets" above.
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param result  Called with each disk's result. NULL for none: then only the reply tells.
 * @param user_data  Passed to `result`.
 * @param reply  Receives `{"counts": {...}}`, or the error, which has that member, too, once the fleet has
 *   begun; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` only if every disk is built; the status of the first of `disks` that failed,
 *   such as `KATAPULT_STATUS_TASK_FAILED`; or what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`.
 */
katapult_status katapult_disks_wait(const katapult_client *client,
                                    const char *request_json,
                                    const katapult_wait *wait,
                                    katapult_result_fn result,
                                    void *user_data,
                                    char **reply);

/**
 * Lets a function stop the calls of the whole process; see "Stopping" above.
 *
 * May be called at any time. Calls that are running may ask the previous function once more, so its
 * `user_data` must stay valid until they have returned.
 *
 * @param interrupt  The function; NULL (the default) for none.
 * @param user_data  Passed to `interrupt`.
 */
void katapult_interrupt_set(katapult_interrupt_fn interrupt, void *user_data);

/**
 * Sends the log of the whole process to a function; see "Logging" above.
 *
 * May be called at any time. Calls that are running may pass one more line to the previous function,
 * so its `user_data` must stay valid until they have returned.
 *
 * @param log  The function; NULL (the default) for none.
 * @param user_data  Passed to `log`.
 * @param max_level  Log this level and all more severe ones.
 */
void katapult_log_set(katapult_log_fn log,
                      void *user_data,
                      katapult_log_level max_level);

/**
 * Makes a client of OpenStack's compute service. Nothing is sent yet: it logs in at the first call,
 * renews its token two minutes before its end (a tenth of its life before, if that is less) and once
 * for each request when it is refused, for all threads at once.
 *
 * @param options_json  A JSON object, or NULL for the environment alone. Keys:
 *   - `cloud` (else the environment's `OS_CLOUD`): the entry of clouds.yaml, with that of secure.yaml
 *     over it, that completes what is not given here. They are looked for as the OpenStack tools do:
 *     `OS_CLIENT_CONFIG_FILE` (a pipe will do), `OS_CLIENT_SECURE_FILE`, the current directory,
 *     ~/.config/openstack, /etc/openstack. Of the variables that follow only `OS_REGION_NAME` counts
 *     beside a cloud. Where no cloud is named, or `envvars`, they complete it. If nothing at all is
 *     said, a clouds.yaml with one cloud is used
 *   - `auth_url` (`OS_AUTH_URL`): the identity service, with credentials: either `username` or
 *     `user_id`, `password`, and `project_name` or `project_id`; or `application_credential_id` (or
 *     `application_credential_name` with the user) and `application_credential_secret`. Names are in
 *     `user_domain_name` or `user_domain_id`, `project_domain_name` or `project_domain_id` (the
 *     domain `default` by default). All as `OS_...` variables, too; `OS_DOMAIN_NAME`, `OS_DOMAIN_ID` and
 *     `OS_DEFAULT_DOMAIN` stand for both domains
 *   - `auth_type` (`OS_AUTH_TYPE`): which credentials count, if there are several kinds: password, token
 *     or v3applicationcredential. By default those that are given here
 *   - `region_name` (`OS_REGION_NAME`; one of the entry's `regions`, whose first is the default; must be
 *     given where only the catalog has several),
 *     `interface` (`OS_INTERFACE`; public, internal or admin, or several with commas, in order of
 *     preference), `service_type` (`OS_COMPUTE_SERVICE_TYPE`; compute) and `service_name`
 *     (`OS_COMPUTE_SERVICE_NAME`): which compute service of the catalog
 *   - `endpoint` (`OS_COMPUTE_ENDPOINT_OVERRIDE` or `OS_ENDPOINT`): the compute service's URL instead
 *     of the catalog's. It may end in `/v2/{project_id}`, `/v2.1` or `/v2.1/{project_id}`. A bare one
 *     is asked for its versions at the first call and gets `/v2.1`; one that tells of none gets
 *     `/v2/{project_id}`
 *   - `token` (`OS_TOKEN` or `OS_AUTH_TOKEN`): instead of credentials. With `auth_url` and a project it is
 *     exchanged for a token of that project, which is renewed; otherwise it is used as it is
 *   - `compute_api_version` (`OS_COMPUTE_API_VERSION`): a microversion such as 2.89, which needs `/v2.1`
 *   - `timeout`, `connect_timeout`, `ca_file` (`OS_CACERT`), `cert_file` (`OS_CERT`), `key_file`
 *     (`OS_KEY`), `verify`, `proxy`, `user_agent`, `allow_http`, `max_response_bytes` as in
 *     `katapult_client_new`
 * @param client  Receives the client, to be freed with `katapult_openstack_client_free`; NULL on
 *   failure.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_INVALID_ARGUMENT` or
 *   `KATAPULT_STATUS_INVALID_CONFIGURATION`.
 */
katapult_status katapult_openstack_client_new(const char *options_json,
                                              katapult_openstack_client **client,
                                              char **reply);

/**
 * Makes a second handle of a client, whose calls have another timeout, as `katapult_client_with_timeout`
 * does. It shares the login, too.
 *
 * @param client  Stays as it is. Of the two, each is freed with `katapult_openstack_client_free`, in any order.
 * @param timeout_seconds  More than 0; INFINITY (of math.h) is no limit.
 * @param derived  Receives the second handle; NULL on failure.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` or `KATAPULT_STATUS_INVALID_ARGUMENT`.
 */
katapult_status katapult_openstack_client_with_timeout(const katapult_openstack_client *client,
                                                       double timeout_seconds,
                                                       katapult_openstack_client **derived,
                                                       char **reply);

/**
 * Ends all calls of a client that are under way, on all threads, within 100 ms: they return
 * `KATAPULT_STATUS_INTERRUPTED`. That includes calls of handles that were made by
 * `katapult_openstack_client_with_timeout`, logins, and waits. Calls that begin later
 * are not concerned. The service goes on with what it has accepted.
 *
 * May be called at any time from any thread, also from a signal's handler, unless the client is freed meanwhile;
 * see "Stopping" above. In a process that was forked it concerns that one's calls only.
 *
 * @param client  NULL is fine.
 */
void katapult_openstack_client_interrupt(const katapult_openstack_client *client);

/**
 * Frees a client and closes its connections, unless a handle that `katapult_openstack_client_with_timeout`
 * made of it is left. No call may be using it. NULL is fine.
 */
void katapult_openstack_client_free(katapult_openstack_client *client);

/**
 * Tells what the options, clouds.yaml and the environment come to. Nothing is sent, and nothing secret
 * is in it.
 *
 * @param reply  Receives the description, or the error; free it with `katapult_string_free`. May be
 *   NULL. It has `cloud`, `auth_url`, `auth_type` (password, token, v3applicationcredential or
 *   admin_token), `user`, `user_domain`, `application_credential`, `project`, `project_domain` (names or
 *   ids), `region_name`, `interface`, `service_type`, `service_name`, `endpoint` (the compute service's
 *   URL), `compute_api_version`, `verify` and `ca_file`. What is not known is null: `endpoint`, and the
 *   project of an application credential, before the first login.
 * @return `KATAPULT_STATUS_OK` or `KATAPULT_STATUS_INVALID_ARGUMENT`.
 */
katapult_status katapult_openstack_client_description(const katapult_openstack_client *client,
                                                      char **reply);

/**
 * Detaches a volume from a server.
 * `DELETE {endpoint}/servers/{server_id}/os-volume_attachments/{volume_id}`
 *
 * The service responds before it is done: the volume is free only when the attachment is gone. With
 * `wait` the call then sends GET of the same at once, after 0.5, 1, 2 s and so on, until that is not
 * found; while nothing changes it asks `GET .../os-instance-actions/{request id}` whether the detach has
 * failed. After a response that was lost it reads before anything else, and never sends the DELETE again.
 * After a refusal it reads what explains it: the list of attachments, the servers, or the server's actions.
 *
 * Nova refuses a volume that is not in use. If the server's actions show a detach under way, `wait` waits for
 * that, and ends with Nova's words if the volume is still attached after it. If they show an attach under
 * way, and while the server is busy (409, `task_state`), `wait` repeats the DELETE after 2 s and every 5 s
 * within its timeout; once, and at once, after an attach that has just ended. Else, for instance of a
 * reserved volume, Nova's words are the error at once (`KATAPULT_STATUS_OPENSTACK_BAD_REQUEST`).
 *
 * @param server_id  The server's id: digits, lower-case letters and hyphens only.
 * @param volume_id  The volume's id, likewise. (What OpenStack's old documents call the
 *   attachment's id is the volume's.)
 * @param request_json  NULL, or `{"missing_ok": true}`: a volume that is not attached counts as
 *   detached, if that is proven: the server exists, its list of attachments was read, and the volume is not
 *   in it. A server that is not found and an id that is not the volume's (an attachment's, a name, one
 *   without its hyphens or cut short) are errors, whose `hint` says what the id is where that can be known.
 * @param wait  NULL to return when the service has accepted. Else how long to wait, and what to call
 *   after each poll that still finds the volume attached, with the attachment.
 * @param reply  Receives `{"request_id": "req-..."}`, or the error, whose `code` is OpenStack's fault key
 *   such as `itemNotFound`; free it with `katapult_string_free`. May be NULL. The request id is null if the
 *   service gave none, if with `missing_ok` nothing was left to detach, and after a wait if the response was
 *   lost or the volume was being detached already.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_VOLUME_NOT_ATTACHED` (proven),
 *   `KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND`, `KATAPULT_STATUS_OPENSTACK_NOT_FOUND` (of another id),
 *   `KATAPULT_STATUS_OPENSTACK_ALREADY_DETACHING`, `KATAPULT_STATUS_OPENSTACK_ROOT_DEVICE`,
 *   `KATAPULT_STATUS_OPENSTACK_CONFLICT` (the server's state does not permit it). With `wait`
 *   `KATAPULT_STATUS_OPENSTACK_DETACH_FAILED` when the service has recorded a failure; after
 *   `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the detach may still happen.
 */
katapult_status katapult_openstack_volume_detach(const katapult_openstack_client *client,
                                                 const char *server_id,
                                                 const char *volume_id,
                                                 const char *request_json,
                                                 const katapult_wait *wait,
                                                 char **reply);

/**
 * Reads one attachment of a server.
 * `GET /servers/{server_id}/os-volume_attachments/{volume_id}`
 *
 * @param server_id  The server's id. Digits, lower-case letters and hyphens, as of `volume_id`.
 * @param volume_id  The volume's id (not the `attachment_id` of newer microversions).
 * @param reply  Receives the service's response with `volumeAttachment`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND`,
 *   `KATAPULT_STATUS_OPENSTACK_VOLUME_NOT_ATTACHED` (what Nova says of any UUID that is not an attached
 *   volume's), `KATAPULT_STATUS_OPENSTACK_NOT_FOUND`.
 */
katapult_status katapult_openstack_volume_attachment_get(const katapult_openstack_client *client,
                                                         const char *server_id,
                                                         const char *volume_id,
                                                         char **reply);

/**
 * Reads all attachments of a server. `GET /servers/{server_id}/os-volume_attachments`
 *
 * @param server_id  The server's id. Digits, lower-case letters and hyphens.
 * @param reply  Receives the service's response with `volumeAttachments`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND`.
 */
katapult_status katapult_openstack_volume_attachment_list(const katapult_openstack_client *client,
                                                          const char *server_id,
                                                          char **reply);

/**
 * The `outcome` of an error.
 *
 * @param reply  What a call replied. May be NULL.
 * @return `KATAPULT_OUTCOME_NONE` for NULL and for what is not an error: the reply of a call that
 *   succeeded, or a text that no call replied.
 */
katapult_outcome katapult_reply_outcome(const char *reply);

/**
 * Reads a part of a reply, or of what a progress or page function is given.
 *
 * @param reply  The reply. May be NULL.
 * @param pointer  Where the part is, as RFC 6901 writes it: `/disk/id`, `/disks/0/name`, "" for the
 *   whole reply; in a key ~ is written ~0 and / is written ~1. May be NULL.
 * @return A string's text; of anything else its JSON, as it was sent (`20`, `true`, `{"id": ...}`).
 *   NULL if nothing or null is there, if an argument is NULL, not UTF-8 or malformed, or if the string has what
 *   a string of C cannot hold (U+0000, half a surrogate pair). Free it with `katapult_string_free`.
 */
char *katapult_reply_text(const char *reply,
                          const char *pointer);

/**
 * Reads a whole number in a reply, or in what a progress or page function is given.
 *
 * @param reply  As in `katapult_reply_text`.
 * @param pointer  As in `katapult_reply_text`: `/disk/size_in_gb`.
 * @param value  Receives the number; stays as it is when there is none. May be NULL.
 * @return Whether a number is there that is whole, written without a fraction or an exponent, and fits.
 */
bool katapult_reply_integer(const char *reply,
                            const char *pointer,
                            int64_t *value);

/**
 * Sends a request that this library has no function for, as when the API has grown: with the same
 * connections, limits, repeats (of a GET only), errors and outcomes as all calls.
 *
 * @param method  `GET`, `POST`, `PUT`, `PATCH` or `DELETE`, in capitals or not.
 * @param path  Below the base URL, such as `/disks/disk`; percent-encoded, without a query.
 * @param request_json  NULL, or `{"query": {"disk": {"id": "disk_..."}}, "body": {...}, "timeout": 5}`, all
 *   optional. The query may be nested, as the API's own; what is null in it is left out. The body is sent as
 *   it is written; a GET has none. `timeout` is in seconds, for this call instead of the client's; null is no
 *   limit.
 * @param reply  Receives the response's body, byte for byte, which may be any JSON; NULL if it is empty, as
 *   after a 204. Or the error. Free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_API_ERROR` for a code that this version does
 *   not know, `KATAPULT_STATUS_INVALID_RESPONSE` if the response is not JSON.
 */
katapult_status katapult_request(const katapult_client *client,
                                 const char *method,
                                 const char *path,
                                 const char *request_json,
                                 char **reply);

/**
 * Sends a request to the compute service that this library has no function for, as `katapult_request` does.
 *
 * @param method  As in `katapult_request`.
 * @param path  Below the compute service's URL, such as `/servers/detail`.
 * @param request_json  NULL, or as in `katapult_request`.
 * @param reply  As in `katapult_request`.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_NOT_FOUND`.
 */
katapult_status katapult_openstack_request(const katapult_openstack_client *client,
                                           const char *method,
                                           const char *path,
                                           const char *request_json,
                                           char **reply);

/**
 * Frees a reply. NULL is fine.
 */
void katapult_string_free(char *string);

/**
 * The name of a status in lower case without its prefix, such as `disk_not_found`.
 *
 * @return A string that lives for ever, `unknown_status` for a number that is not a status. Never
 *   NULL; do not free it.
 */
const char *katapult_status_name(katapult_status status);

/**
 * Reads a task. `GET /tasks/task`
 *
 * @param task_id  The task's id, from the response of the call that started it.
 * @param reply  Receives the API's response with `task`, whose `status` is `pending`, `running`,
 *   `completed` or `failed`, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TASK_NOT_FOUND`.
 */
katapult_status katapult_task_get(const katapult_client *client, const char *task_id, char **reply);

/**
 * Waits until a task has completed: polls at once, after 1 s, then every 2 s, later less often,
 * and once more just before the timeout. `GET /tasks/task`
 *
 * Read the disk again afterwards: the one that came with the task is from before it.
 *
 * @param task_id  The task's id.
 * @param wait  How long to wait; NULL is 600 s, without progress.
 * @param reply  Receives the API's last response with `task`, or the error, whose `detail` has the
 *   `task` as it was seen last; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED` when it
 *   has failed. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` (the progress
 *   function said to stop) it goes on.
 */
katapult_status katapult_task_wait(const katapult_client *client,
                                   const char *task_id,
                                   const katapult_wait *wait,
                                   char **reply);

/**
 * Reads an object in the trash. `GET /trash_objects/trash_object`
 *
 * @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
 *   was deleted. Any text that is not a JSON object is the trash object's own id.
 * @param reply  Receives the API's response with `trash_object`, which has the `object_id` and
 *   `object_type` of what was deleted and `keep_until`, in Unix seconds, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND` (it was
 *   purged or restored).
 */
katapult_status katapult_trash_object_get(const katapult_client *client,
                                          const char *trash_object,
                                          char **reply);

/**
 * Takes an object out of the trash, at once and without a task.
 * `POST /trash_objects/trash_object/restore`
 *
 * @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
 *   was deleted. Any text that is not a JSON object is the trash object's own id.
 * @param reply  Receives the API's response with `trash_object`, as it was, or the error; free it
 *   with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`,
 *   `KATAPULT_STATUS_PERMISSION_DENIED`.
 */
katapult_status katapult_trash_object_restore(const katapult_client *client,
                                              const char *trash_object,
                                              char **reply);

/**
 * Destroys an object in the trash for good, which cannot be undone; a task does it.
 * `DELETE /trash_objects/trash_object`
 *
 * @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
 *   was deleted. Any text that is not a JSON object is the trash object's own id.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `task`, or the error; free it with
 *   `katapult_string_free`. May be NULL. The object is gone when `katapult_trash_object_get`
 *   answers `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`,
 *   `KATAPULT_STATUS_PERMISSION_DENIED`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
 */
katapult_status katapult_trash_object_purge(const katapult_client *client,
                                            const char *trash_object,
                                            const katapult_wait *wait,
                                            char **reply);

/**
 * Destroys everything in an organization's trash for good, which cannot be undone; a task does it.
 * `POST /organizations/organization/trash_objects/purge_all`
 *
 * @param request_json  NULL (the trash of the client's organization), or the API's own body:
 *   `{"organization": ...}`, an id, a sub_domain, or for instance `{"sub_domain": "..."}`.
 * @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
 * @param reply  Receives the API's response with `task`, or the error; free it with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
 *   `KATAPULT_STATUS_PERMISSION_DENIED`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
 */
katapult_status katapult_trash_purge_all(const katapult_client *client,
                                         const char *request_json,
                                         const katapult_wait *wait,
                                         char **reply);

/**
 * Reads one page of an organization's trash. `GET /organizations/organization/trash_objects`
 *
 * @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
 *   client's), `page` (from 1), `per_page` (30; at most 200).
 * @param reply  Receives the API's response with `pagination` and `trash_objects`, an array, each
 *   with the `object_id` and `object_type` of what was deleted and `keep_until`, in Unix seconds,
 *   or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
 *   `KATAPULT_STATUS_SCOPE_NOT_GRANTED`.
 */
katapult_status katapult_trash_object_list(const katapult_client *client,
                                           const char *request_json,
                                           char **reply);

/**
 * Reads an organization's trash page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_trash_object_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_trash_object_list`.
 */
katapult_status katapult_trash_object_list_pages(const katapult_client *client,
                                                 const char *request_json,
                                                 katapult_page_fn page,
                                                 void *user_data,
                                                 char **reply);

/**
 * The version of the library, such as `0.1.0`.
 *
 * @return A string that lives for ever; do not free it.
 */
const char *katapult_version(void);

/**
 * Reads a virtual machine. `GET /virtual_machines/virtual_machine`
 *
 * The reply holds the machine's `initial_root_password` in clear: do not log it.
 *
 * @param virtual_machine  Its id, its fqdn, or for instance `{"fqdn": "..."}`.
 * @param reply  Receives the API's response with `virtual_machine` and `annotations`, or the error;
 *   free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`,
 *   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
 */
katapult_status katapult_virtual_machine_get(const katapult_client *client,
                                             const char *virtual_machine,
                                             char **reply);

/**
 * Reads one page of an organization's virtual machines.
 * `GET /organizations/organization/virtual_machines`
 *
 * @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
 *   client's), `page` (from 1), `per_page` (30; at most 200), `annotations`
 *   (`[{"key": "...", "value": "..."}]`: only virtual machines with these).
 * @param reply  Receives the API's response with `pagination` and `virtual_machines`, an array of
 *   virtual machines with few fields, or the error; free it with `katapult_string_free`. May be
 *   NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
 */
katapult_status katapult_virtual_machine_list(const katapult_client *client,
                                              const char *request_json,
                                              char **reply);

/**
 * Reads an organization's virtual machines page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_virtual_machine_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_virtual_machine_list`.
 */
katapult_status katapult_virtual_machine_list_pages(const katapult_client *client,
                                                    const char *request_json,
                                                    katapult_page_fn page,
                                                    void *user_data,
                                                    char **reply);

/**
 * Reads one page of a virtual machine's disks. `GET /virtual_machines/virtual_machine/disks`
 *
 * @param request_json  A JSON object; keys: `virtual_machine` (an id, an fqdn, or for instance
 *   `{"fqdn": "..."}`), and optionally `page` (from 1) and `per_page` (30; at most 200).
 * @param reply  Receives the API's response with `pagination` and `disks`, an array of relations,
 *   each with its `disk`, or the error; free it with `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
 */
katapult_status katapult_virtual_machine_disk_list(const katapult_client *client,
                                                   const char *request_json,
                                                   char **reply);

/**
 * Reads a virtual machine's disks page by page, and holds one page at a time.
 *
 * @param request_json  As in `katapult_virtual_machine_disk_list`; begins at its `page`.
 * @param page  Called with each page.
 * @param user_data  Passed to `page`.
 * @param reply  Receives NULL on success and the error on failure, to be freed with
 *   `katapult_string_free`. May be NULL.
 * @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
 *   to stop, or as `katapult_virtual_machine_disk_list`.
 */
katapult_status katapult_virtual_machine_disk_list_pages(const katapult_client *client,
                                                         const char *request_json,
                                                         katapult_page_fn page,
                                                         void *user_data,
                                                         char **reply);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* KATAPULT_DISK_H */

/** Whether the header is this version or newer, for `#if`. */
#define KATAPULT_DISK_VERSION_AT_LEAST(major, minor, patch)                                        \
    (KATAPULT_DISK_VERSION_MAJOR > (major) ||                                                      \
     (KATAPULT_DISK_VERSION_MAJOR == (major) &&                                                    \
      (KATAPULT_DISK_VERSION_MINOR > (minor) ||                                                    \
       (KATAPULT_DISK_VERSION_MINOR == (minor) && KATAPULT_DISK_VERSION_PATCH >= (patch)))))
