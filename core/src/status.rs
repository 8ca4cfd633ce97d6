//! The kinds of failure, each with a number that is final. A status is declared once, as a variant.

use strum::VariantArray;

/// What a call came to. The numbers are the C library's status codes: explicit, grouped, never reused.
///
/// 1 to 99 are this library's own findings, 100 to 899 are codes of the Katapult Core API (named
/// as the API names them), 900 and up are OpenStack's.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// The call succeeded.
    Ok = 0,

    /// An argument is missing, of the wrong type or out of range. Nothing was sent.
    InvalidArgument = 1,
    /// The client cannot be made from what was configured (token, URL, certificate file, proxy), or there is
    /// nothing at the URL of the service (404).
    InvalidConfiguration = 2,
    /// No connection, or it broke.
    ConnectionFailed = 3,
    /// The TLS handshake failed, for instance because the certificate is not trusted.
    TlsFailed = 4,
    /// The time limit was reached.
    TimedOut = 5,
    /// The caller stopped the call: Ctrl-C or a signal handler in Python, a function of the program's that
    /// asked to stop.
    Interrupted = 6,
    /// The response is not what the API sends: not JSON, another shape, a proxy's page.
    InvalidResponse = 7,
    /// The response is larger than the limit (`max_response_bytes`) or than the memory that is left, or
    /// has far more values than any that the service sends.
    ResponseTooLarge = 8,
    /// The API rejected the request with a code that this version does not know.
    ApiError = 9,
    /// The task that was waited for has failed.
    TaskFailed = 10,
    /// A defect in this library. Please report it: <https://github.com/katapult-disk/katapult-disk/issues>.
    InternalError = 11,
    /// A workflow found that going on would not be safe, and stopped. The description says why, and what to
    /// do; the outcome whether it had changed something before.
    Refused = 12,
    /// A change was accepted, or its task completed, but the effect does not show, or somebody undid it.
    NoEffect = 13,

    /// No API token was sent (400).
    MissingApiToken = 100,
    /// The API token does not exist or has expired (403).
    InvalidApiToken = 101,
    /// The caller's network may not use this API token (403).
    UnauthorizedNetworkForApiToken = 102,
    /// The capabilities token is not valid (403).
    InvalidCapabilitiesToken = 103,
    /// The token lacks the scope that this operation needs (403).
    ScopeNotGranted = 104,
    /// The identity may not do this (403).
    PermissionDenied = 105,
    /// Too many requests in this minute (429).
    RateLimitReached = 106,
    /// The API is unavailable at the moment (503).
    ServiceUnavailable = 107,
    /// The API found the properties invalid; `detail.errors` says why (422).
    ValidationError = 108,
    /// The object is in the trash: restore it first (406).
    ObjectInTrash = 109,
    /// The background task could not be queued; it may be tried again (406).
    TaskQueueingError = 110,
    /// A timestamp is out of its range (400).
    InvalidTimestamp = 111,

    /// No such organization (404).
    OrganizationNotFound = 200,
    /// The organization is suspended (403).
    OrganizationSuspended = 201,
    /// The organization is not activated yet (403).
    OrganizationNotActivated = 202,
    /// No such data center (404).
    DataCenterNotFound = 203,

    /// No such disk (404).
    DiskNotFound = 300,
    /// The disk is not assigned to a virtual machine (422).
    UnassignedDisk = 301,
    /// The disk cannot be assigned (422).
    UnableToAssign = 302,
    /// The disk cannot be unassigned (422).
    UnableToUnassign = 303,
    /// No such I/O profile (404).
    DiskIoProfileNotFound = 304,
    /// No such disk template (404).
    DiskTemplateNotFound = 305,
    /// No such disk template version (404).
    DiskTemplateVersionNotFound = 306,
    /// No such operating system (404).
    OperatingSystemNotFound = 307,
    /// No such backup policy (404).
    DiskBackupPolicyNotFound = 308,

    /// No such virtual machine (404).
    VirtualMachineNotFound = 400,

    /// No such task (404).
    TaskNotFound = 500,
    /// No such trash object (404).
    TrashObjectNotFound = 501,

    /// OpenStack answered 400.
    OpenstackBadRequest = 900,
    /// OpenStack answered 401.
    OpenstackUnauthorized = 901,
    /// OpenStack answered 403.
    OpenstackForbidden = 902,
    /// OpenStack has no such server, volume or attachment (404), or has none under an id that was given like
    /// that.
    OpenstackNotFound = 903,
    /// OpenStack answered 409.
    OpenstackConflict = 904,
    /// OpenStack answered with any other failure.
    OpenstackError = 905,
    /// The volume is the server's root device (400, in older clouds 403).
    OpenstackRootDevice = 906,
    /// A detach of the volume is under way already, by the server's actions (400).
    OpenstackAlreadyDetaching = 907,
    /// The detach was accepted and has failed.
    OpenstackDetachFailed = 908,
    /// No such server (404), at least not in this project and region.
    OpenstackServerNotFound = 909,
    /// The server exists and the volume is not attached to it (404).
    OpenstackVolumeNotAttached = 910,
}

impl Status {
    /// Every status, in the order of the numbers.
    pub const ALL: &'static [Status] = Status::VARIANTS;

    /// The name in lower case, for the API's codes the code itself: `disk_not_found`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The number that the C library returns.
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The status with this number.
    pub fn from_number(number: i32) -> Option<Status> {
        Status::ALL.iter().copied().find(|status| status.number() == number)
    }

    /// The status of an error code that the Katapult API sent; [`Status::ApiError`] for a code
    /// that is unknown or happens to be spelled like one of this library's own findings.
    pub fn from_api_code(code: &str) -> Status {
        Status::ALL
            .iter()
            .copied()
            .filter(|status| status.is_api_code())
            .find(|status| status.name() == code)
            .unwrap_or(Status::ApiError)
    }

    /// True for the codes of the Katapult API.
    pub const fn is_api_code(self) -> bool {
        matches!(self.number(), 100..900)
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn numbers_and_names_lead_back_to_their_status() {
        for pair in Status::ALL.windows(2) {
            assert!(pair[0].number() < pair[1].number(), "{pair:?} out of order");
        }
        for status in Status::ALL.iter().copied() {
            assert_eq!(Status::from_number(status.number()), Some(status));
            let expected = if status.is_api_code() { status } else { Status::ApiError };
            assert_eq!(Status::from_api_code(status.name()), expected);
        }
        assert_eq!(Status::from_number(99), None);
    }
}
