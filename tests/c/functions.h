/* Every function of the library that takes a client, by the name of its command and the kind of its signature. */
#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include "katapult_disk.h"

/* The functions that take a client and up to two texts, by the name of their command. */
static const struct function {
    const char *name;
    katapult_status (*none)(const katapult_client *, char **);
    katapult_status (*one)(const katapult_client *, const char *, char **);
    katapult_status (*two)(const katapult_client *, const char *, const char *, char **);
} functions[] = {
#define NONE(name) {#name, katapult_##name, NULL, NULL}
#define ONE(name) {#name, NULL, katapult_##name, NULL}
#define TWO(name) {#name, NULL, NULL, katapult_##name}
    NONE(data_center_list),
    ONE(data_center_get),
    ONE(disk_attach),
    ONE(disk_backup_policy_create),
    ONE(disk_backup_policy_delete),
    ONE(disk_backup_policy_get),
    ONE(disk_backup_policy_list),
    ONE(disk_create),
    ONE(disk_delete),
    ONE(disk_detach),
    ONE(disk_get),
    ONE(disk_io_profile_list),
    ONE(disk_list),
    ONE(disk_template_get),
    ONE(disk_template_list),
    ONE(disk_template_version_get),
    ONE(disk_template_version_list),
    ONE(disk_template_version_spec_get),
    ONE(disk_unassign),
    ONE(task_get),
    ONE(trash_object_get),
    ONE(trash_object_list),
    ONE(trash_object_purge),
    ONE(trash_object_restore),
    ONE(trash_purge_all),
    ONE(virtual_machine_disk_list),
    ONE(virtual_machine_get),
    ONE(virtual_machine_list),
    TWO(disk_assign),
    TWO(disk_backup_policy_schedule_deletion),
    TWO(disk_backup_policy_update),
    TWO(disk_resize),
    TWO(disk_set_io_profile),
    TWO(disk_update),
};

/* The functions that hand a list to a callback. */
static const struct list_function {
    const char *name;
    katapult_status (*pages)(const katapult_client *, const char *, katapult_page_fn, void *, char **);
} list_functions[] = {
#define PAGES(name) {#name, katapult_##name}
    PAGES(disk_backup_policy_list_pages),
    PAGES(disk_io_profile_list_pages),
    PAGES(disk_list_pages),
    PAGES(disk_template_list_pages),
    PAGES(disk_template_version_list_pages),
    PAGES(trash_object_list_pages),
    PAGES(virtual_machine_disk_list_pages),
    PAGES(virtual_machine_list_pages),
};

/* The functions that wait. */
static const struct wait_function {
    const char *name;
    katapult_status (*one)(const katapult_client *, const char *, double, katapult_progress_fn, void *, char **);
    katapult_status (*two)(const katapult_client *, const char *, const char *, double, katapult_progress_fn, void *,
                           char **);
} wait_functions[] = {
#define ONE_WAIT(name) {#name, katapult_##name, NULL}
#define TWO_WAIT(name) {#name, NULL, katapult_##name}
    ONE_WAIT(disk_attach_wait),
    ONE_WAIT(disk_create_wait),
    ONE_WAIT(disk_detach_wait),
    TWO_WAIT(disk_ensure_attached),
    TWO_WAIT(disk_ensure_deleted),
    TWO_WAIT(disk_ensure_detached),
    TWO_WAIT(disk_ensure_size),
    TWO_WAIT(disk_ensure_unassigned),
    TWO_WAIT(disk_resize_wait),
    TWO_WAIT(disk_set_io_profile_wait),
    ONE_WAIT(task_wait),
    ONE_WAIT(trash_object_purge_wait),
    ONE_WAIT(trash_purge_all_wait),
};

/* The functions of OpenStack: of a server, of a server and a volume, and one that waits. */
static const struct openstack_function {
    const char *name;
    katapult_status (*one)(const katapult_openstack_client *, const char *, char **);
    katapult_status (*two)(const katapult_openstack_client *, const char *, const char *, char **);
    katapult_status (*wait)(const katapult_openstack_client *, const char *, const char *, double, katapult_progress_fn,
                            void *, char **);
} openstack_functions[] = {
    {"openstack_volume_attachment_list", katapult_openstack_volume_attachment_list, NULL, NULL},
    {"openstack_volume_attachment_get", NULL, katapult_openstack_volume_attachment_get, NULL},
    {"openstack_volume_detach", NULL, katapult_openstack_volume_detach, NULL},
    {"openstack_volume_detach_wait", NULL, NULL, katapult_openstack_volume_detach_wait},
};

#endif
