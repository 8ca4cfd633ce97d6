/* The peer in C: one kept libcurl easy handle, and yyjson. Every answer is parsed. */
#include "bench.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

static CURL *handle;
static struct curl_slist *headers;
static const char *base_url;
static struct {
    char *bytes;
    size_t length, capacity;
} body;

static size_t append(char *bytes, size_t size, size_t count, void *user_data)
{
    size_t length = size * count;
    (void)user_data;
    if (body.length + length > body.capacity) {
        body.capacity = 2 * (body.length + length);
        body.bytes = realloc(body.bytes, body.capacity);
        if (body.bytes == NULL)
            bench_fail("answer", "no memory");
    }
    memcpy(body.bytes + body.length, bytes, length);
    body.length += length;
    return length;
}

/* Sends a request with what is set in `handle`; the caller frees the document. */
static yyjson_doc *exchange(const char *path, long expected_status)
{
    char url[512];
    CURLcode code;
    long status = 0;
    yyjson_doc *document;
    snprintf(url, sizeof url, "%s%s", base_url, path);
    body.length = 0;
    curl_easy_setopt(handle, CURLOPT_URL, url);
    code = curl_easy_perform(handle);
    if (code != CURLE_OK)
        bench_fail(url, curl_easy_strerror(code));
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    document = yyjson_read(body.bytes, body.length, 0);
    if (status != expected_status || document == NULL)
        bench_fail(url, "not the answer that was expected");
    return document;
}

static void get(const char *disk_id, int expected_status)
{
    char path[128];
    snprintf(path, sizeof path, "/core/v1/disks/disk?disk%%5Bid%%5D=%s", disk_id);
    yyjson_doc_free(exchange(path, expected_status));
}

static void detach(const char *disk_id)
{
    char request[128];
    snprintf(request, sizeof request, "{\"disk\":{\"id\":\"%s\"}}", disk_id);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request);
    yyjson_doc_free(exchange("/core/v1/disks/disk/detach", 200));
}

static size_t list(int parse)
{
    int page = 1, pages = 1;
    size_t disks = 0;
    (void)parse;
    for (; page <= pages; page++) {
        char path[160];
        yyjson_doc *document;
        yyjson_val *root;
        snprintf(path, sizeof path,
                 "/core/v1/organizations/organization/disks?organization%%5Bsub_domain%%5D=shetland&page=%d&per_page=%d", page,
                 PER_PAGE);
        document = exchange(path, 200);
        root = yyjson_doc_get_root(document);
        pages = yyjson_get_int(yyjson_obj_get(yyjson_obj_get(root, "pagination"), "total_pages"));
        disks += yyjson_arr_size(yyjson_obj_get(root, "disk"));
        yyjson_doc_free(document);
    }
    return disks;
}

int main(int argc, char **argv)
{
    static const struct jobs jobs = {get, detach, list};
    int status;
    base_url = argc > 3 ? argv[3] : "";
    curl_global_init(CURL_GLOBAL_DEFAULT);
    handle = curl_easy_init();
    headers = curl_slist_append(headers, "Authorization: Bearer " TOKEN);
    headers = curl_slist_append(headers, "Accept: application/json");
    headers = curl_slist_append(headers, "Content-Type: application/json");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    if (argc > 4)
        curl_easy_setopt(handle, CURLOPT_CAINFO, argv[4]);
    status = bench_run(&jobs, argc, argv);
    curl_easy_cleanup(handle);
    curl_slist_free_all(headers);
    curl_global_cleanup();
    free(body.bytes);
    return status;
}
