/* The library: every reply is checked JSON, in text. */
#include "bench.h"

#include <katapult_disk.h>
#include <stdio.h>
#include <string.h>

#ifdef HAVE_YYJSON
#include <yyjson.h>
#endif

static katapult_client *client;

static void expect(katapult_status status, katapult_status expected, char *reply)
{
    if (status != expected)
        bench_fail(katapult_status_name(status), reply != NULL ? reply : "");
    katapult_string_free(reply);
}

static void get(const char *disk_id, int expected_status)
{
    char *reply = NULL;
    katapult_status expected = expected_status == 200 ? KATAPULT_STATUS_OK
        : expected_status == 404 ? KATAPULT_STATUS_DISK_NOT_FOUND : KATAPULT_STATUS_API_ERROR;
    katapult_status status = katapult_disk_get(client, disk_id, &reply);
    expect(status, expected, reply);
}

static void detach(const char *disk_id)
{
    char *reply = NULL;
    katapult_status status = katapult_disk_detach(client, disk_id, NULL, &reply);
    expect(status, KATAPULT_STATUS_OK, reply);
}

static int count_page(const char *page_json, void *user_data)
{
    (void)page_json;
    *(size_t *)user_data += PER_PAGE;
    return 0;
}

#ifdef HAVE_YYJSON
static int parse_page(const char *page_json, void *user_data)
{
    yyjson_doc *document = yyjson_read(page_json, strlen(page_json), 0);
    *(size_t *)user_data += yyjson_arr_size(yyjson_obj_get(yyjson_doc_get_root(document), "disk"));
    yyjson_doc_free(document);
    return 0;
}
#endif

static size_t list(int parse)
{
    char *reply = NULL;
    size_t disks = 0;
    katapult_page_fn page = count_page;
    katapult_status status;
    if (parse) {
#ifdef HAVE_YYJSON
        page = parse_page;
#else
        bench_fail("parse", "built without yyjson");
#endif
    }
    status = katapult_disk_list_pages(client, "{\"per_page\": 200}", page, &disks, &reply);
    expect(status, KATAPULT_STATUS_OK, reply);
    return disks;
}

int main(int argc, char **argv)
{
    static const struct jobs jobs = {get, detach, list};
    char options[1024], *reply = NULL;
    katapult_status made;
    int status;
    snprintf(options, sizeof options,
             "{\"api_token\": \"%s\", \"organization\": \"shetland\", \"base_url\": \"%s\", \"timeout\": 30%s%s%s}", TOKEN,
             argc > 3 ? argv[3] : "", argc > 4 ? ", \"ca_file\": \"" : ", \"allow_http\": true",
             argc > 4 ? argv[4] : "", argc > 4 ? "\"" : "");
    made = katapult_client_new(options, &client, &reply);
    expect(made, KATAPULT_STATUS_OK, reply);
    status = bench_run(&jobs, argc, argv);
    katapult_client_free(client);
    return status;
}
