/*
 * Lists the disks of the organization with a JSON library, cJSON here; any other reads the replies as well.
 *
 *     cc disks_cjson.c -lkatapult_disk -lcjson -o disks_cjson
 *
 * The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION.
 */
#include <cjson/cJSON.h>
#include <katapult_disk.h>
#include <stdio.h>

static const char *text(const cJSON *object, const char *name)
{
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return value != NULL ? value : "";
}

static int show_page(const char *reply_json, void *user_data)
{
    cJSON *page = cJSON_Parse(reply_json);
    const cJSON *disk;
    cJSON_ArrayForEach(disk, cJSON_GetObjectItemCaseSensitive(page, "disk"))
    {
        const cJSON *size = cJSON_GetObjectItemCaseSensitive(disk, "size_in_gb");
        printf("%s %s %d GB %s\n", text(disk, "id"), text(disk, "name"), (int)cJSON_GetNumberValue(size), text(disk, "state"));
        ++*(int *)user_data;
    }
    cJSON_Delete(page);
    return 0; /* anything else stops the list */
}

int main(void)
{
    katapult_client *client = NULL;
    char *reply = NULL;
    int count = 0;
    katapult_status status = katapult_client_new(NULL, &client, &reply);
    if (status == KATAPULT_STATUS_OK)
        status = katapult_disk_list_pages(client, NULL, show_page, &count, &reply);
    if (status == KATAPULT_STATUS_OK) {
        printf("%d disks\n", count);
    } else {
        cJSON *error = cJSON_Parse(reply);
        fprintf(stderr, "%s: %s (%s)\n", text(error, "status"), text(error, "message"), text(error, "outcome"));
        cJSON_Delete(error);
    }
    katapult_string_free(reply);
    katapult_client_free(client);
    return status != KATAPULT_STATUS_OK;
}
