/*
 * Lists the disks of the organization, a page at a time, in C++11:
 *
 *     c++ disks.cpp -lkatapult_disk -o disks
 *
 * The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION.
 */
#include <katapult_disk.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

struct Free {
    void operator()(char *string) const { katapult_string_free(string); }
    void operator()(katapult_client *client) const { katapult_client_free(client); }
};
using Text = std::unique_ptr<char, Free>;
using Client = std::unique_ptr<katapult_client, Free>;

static std::string text_at(const char *reply, const std::string &pointer)
{
    Text text(katapult_reply_text(reply, pointer.c_str()));
    return text ? text.get() : "";
}

/* A failed call as an exception. */
static void check(katapult_status status, const char *reply)
{
    if (status != KATAPULT_STATUS_OK)
        throw std::runtime_error(std::string(katapult_status_name(status)) + ": " + text_at(reply, "/message"));
}

/* No exception may leave it: it is called from C. */
static int show_page(const char *reply_json, void *user_data) noexcept
{
    int64_t rows = 0;
    for (;; ++rows) {
        const std::string row = "/disk/" + std::to_string(rows);
        const std::string id = text_at(reply_json, row + "/id");
        if (id.empty())
            break;
        std::cout << id << ' ' << text_at(reply_json, row + "/name") << ' ' << text_at(reply_json, row + "/state") << '\n';
    }
    *static_cast<int64_t *>(user_data) += rows;
    return 0; /* anything else stops the list */
}

int main()
{
    try {
        katapult_client *made = nullptr;
        char *reply = nullptr;
        katapult_status status = katapult_client_new(nullptr, &made, &reply);
        Client client(made);
        check(status, Text(reply).get());

        int64_t count = 0;
        status = katapult_disk_list_pages(client.get(), nullptr, show_page, &count, &reply);
        check(status, Text(reply).get());
        std::cout << count << " disks\n";
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
