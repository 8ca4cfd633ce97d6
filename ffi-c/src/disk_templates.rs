use std::ffi::{c_char, c_void};

use katapult::{
    GetDiskTemplate, GetDiskTemplateVersion, GetDiskTemplateVersionSpec, ListDiskTemplateVersions,
    ListDiskTemplates, Result, Status,
};

use crate::boundary::{arguments, optional_request, reference, request, text};
use crate::calls;
use crate::client::katapult_client;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of an organization's disk templates.
/// `GET /organizations/organization/disk_templates`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `operating_system` (an id: only its templates), `include_universal` (true adds the
///   templates that every organization may use; an organization without templates of its own has an
///   empty list otherwise), `page` (from 1), `per_page` (30; at most 200).
/// @param reply  Receives the API's response with `pagination` and `disk_templates`, an array, or the
///   error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
///   `KATAPULT_STATUS_OPERATING_SYSTEM_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list(request_json))
}

/// Reads an organization's disk templates page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_disk_template_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_template_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    pages::each(client, page, user_data, reply, || list(request_json))
}

fn list(request_json: *const c_char) -> Result<ListDiskTemplates> {
    arguments::<ListDiskTemplates>(optional_request(request_json)?, &[])
}

/// Reads a disk template. `GET /disk_templates/disk_template`
///
/// @param disk_template  Its id, its permalink, or for instance `{"permalink": "..."}`.
/// @param reply  Receives the API's response with `disk_template`, its `latest_version` and
///   `operating_system` among it, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_get(
    client: Option<&katapult_client>,
    disk_template: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        Ok(GetDiskTemplate::new(reference("disk_template", disk_template)?))
    })
}

/// Reads one page of a disk template's versions.
/// `GET /disk_templates/disk_template/versions`
///
/// @param request_json  A JSON object; keys: `disk_template` (an id, a permalink, or for instance
///   `{"permalink": "..."}`), and optionally `page` (from 1) and `per_page` (30; at most 200).
/// @param reply  Receives the API's response with `disk_template`, `pagination` and
///   `disk_template_versions`, an array, or the error; free it with `katapult_string_free`. May be
///   NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list_versions(request_json))
}

/// Reads a disk template's versions page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_disk_template_version_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_template_version_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    pages::each(client, page, user_data, reply, || list_versions(request_json))
}

fn list_versions(request_json: *const c_char) -> Result<ListDiskTemplateVersions> {
    arguments::<ListDiskTemplateVersions>(request(request_json)?, &[])
}

/// Reads a version of a disk template. `GET /disk_template_versions/disk_template_version`
///
/// @param disk_template_version_id  The version's id.
/// @param reply  Receives the API's response with `disk_template_version`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance
///   `KATAPULT_STATUS_DISK_TEMPLATE_VERSION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_get(
    client: Option<&katapult_client>,
    disk_template_version_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        Ok(GetDiskTemplateVersion::new(text("disk_template_version_id", disk_template_version_id)?))
    })
}

/// Reads the fields that a version of a disk template asks for.
/// `GET /disk_template_versions/disk_template_version/spec`
///
/// @param disk_template_version_id  The version's id.
/// @param reply  Receives the API's response with `disk_template_version` and `spec`, whose `fields`
///   is an array, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance
///   `KATAPULT_STATUS_DISK_TEMPLATE_VERSION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_spec_get(
    client: Option<&katapult_client>,
    disk_template_version_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        Ok(GetDiskTemplateVersionSpec::new(text(
            "disk_template_version_id",
            disk_template_version_id,
        )?))
    })
}
