/*
 * Looks for secrets in this process' own memory, while a client lives and after it was freed.
 *
 *     katapult-c-wiped katapult|openstack <options> <secret>...
 *
 * A secret is in hexadecimal digits, each byte XOR 0x5a, and stands whole nowhere in this program but where the library
 * put it. In the options, @ stands for the first one. A secret counts as found where its second half is: freed memory
 * loses its beginning to the allocator. Prints two lines of numbers: in how many places each secret was found while the
 * client lived, and after it was freed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <katapult_disk.h>

#define MASK 0x5a
#define MAX_SECRETS 4
#define MAX_LENGTH 256
#define MAX_AREAS 4096

struct secret {
    unsigned char masked[MAX_LENGTH];
    size_t length;
};

struct area {
    uintptr_t begin, end;
};

static struct secret secrets[MAX_SECRETS];
static size_t count;
static struct area areas[MAX_AREAS];

static void stop(const char *problem)
{
    fprintf(stderr, "katapult-c-wiped: %s\n", problem);
    exit(2);
}

static void read_secret(const char *digits)
{
    struct secret *secret = &secrets[count];
    unsigned int byte;
    if (count++ == MAX_SECRETS || strlen(digits) / 2 > MAX_LENGTH)
        stop("too many secrets, or too long");
    for (; sscanf(digits, "%2x", &byte) == 1; digits += 2)
        secret->masked[secret->length++] = (unsigned char)byte;
}

/* What the process may write to: that is where copies can be. */
static size_t find_areas(void)
{
    size_t found = 0;
    char line[512], mode[8];
    unsigned long begin, end;
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL)
        stop("no /proc/self/maps");
    while (fgets(line, sizeof line, maps) != NULL)
        if (sscanf(line, "%lx-%lx %7s", &begin, &end, mode) == 3 && mode[0] == 'r' && mode[1] == 'w') {
            if (found == MAX_AREAS)
                stop("too many areas");
            areas[found].begin = (uintptr_t)begin;
            areas[found++].end = (uintptr_t)end;
        }
    fclose(maps);
    return found;
}

static int is_here(const unsigned char *memory, const struct secret *secret)
{
    for (size_t i = secret->length / 2; i < secret->length; i++, memory++)
        if ((*memory ^ MASK) != secret->masked[i])
            return 0;
    return 1;
}

static void print_places(void)
{
    size_t number = find_areas();
    for (size_t i = 0; i < count; i++) {
        size_t places = 0, size = secrets[i].length - secrets[i].length / 2;
        for (size_t area = 0; area < number; area++) {
            const unsigned char *memory = (const unsigned char *)areas[area].begin;
            const unsigned char *last = (const unsigned char *)areas[area].end - size;
            for (; memory <= last; memory++)
                places += (size_t)is_here(memory, &secrets[i]);
        }
        printf("%lu ", (unsigned long)places);
    }
    puts("");
    fflush(stdout);
}

/* The options with the secret in them; only as long as a client is made of them. */
static void fill(char *text, const char *options)
{
    for (; *options != '\0'; options++) {
        if (*options == '@')
            for (size_t i = 0; i < secrets[0].length; i++)
                *text++ = (char)(secrets[0].masked[i] ^ MASK);
        else
            *text++ = *options;
    }
    *text = '\0';
}

static void wipe(volatile char *text, size_t size)
{
    while (size-- > 0)
        *text++ = 0;
}

static void check(katapult_status status, char *reply)
{
    if (status != KATAPULT_STATUS_OK)
        stop(reply);
    katapult_string_free(reply);
}

static void use_katapult(char *options, size_t size)
{
    katapult_client *client = NULL;
    char *reply = NULL;
    katapult_status status = katapult_client_new(options, &client, &reply);
    wipe(options, size);
    check(status, reply);
    status = katapult_disk_get(client, "disk_x", &reply);
    check(status, reply);
    print_places();
    katapult_client_free(client);
}

static void use_openstack(char *options, size_t size)
{
    katapult_openstack_client *client = NULL;
    char *reply = NULL;
    katapult_status status = katapult_openstack_client_new(options, &client, &reply);
    wipe(options, size);
    check(status, reply);
    status = katapult_openstack_volume_attachment_list(client, "5e1f", &reply);
    check(status, reply);
    print_places();
    katapult_openstack_client_free(client);
}

int main(int argc, char **argv)
{
    static char options[4096];
    if (argc < 4)
        stop("too few arguments");
    for (int i = 3; i < argc; i++)
        read_secret(argv[i]);
    fill(options, argv[2]);
    if (strcmp(argv[1], "openstack") == 0)
        use_openstack(options, sizeof options);
    else
        use_katapult(options, sizeof options);
    print_places();
    return 0;
}
