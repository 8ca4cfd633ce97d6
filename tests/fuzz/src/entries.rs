//! Every function of the C library, called from C with any texts, while the server answers with any bytes.

use std::ffi::{CStr, CString, c_char, c_double, c_int, c_long};
use std::ptr;
use std::time::Duration;

// Its functions are reached by their C names alone, so nothing else says that they must be linked.
use katapult_disk_c_rlib as _;
use serde_json::{Value, json};

use crate::check::check_error_json;
use crate::input::{choice, until_nul};
use crate::server::Server;
use crate::services::{MAX_RESPONSE_BYTES, TIMEOUT, in_time};

/// What stands between two answers of the server.
const NEXT_ANSWER: &[u8] = b"\n--\n";

/// How long a wait for a task may take.
const WAIT: Duration = Duration::from_millis(30);

/// As in calls.c.
#[repr(C)]
struct Call {
    client: *const KatapultClient,
    openstack: *const OpenstackClient,
    text: [*const c_char; 3],
    seconds: c_double,
    waits: c_int,
    stop: c_int,
}

#[repr(C)]
struct KatapultClient(u8);

#[repr(C)]
struct OpenstackClient(u8);

unsafe extern "C" {
    safe fn fuzz_functions() -> usize;
    fn fuzz_call(number: usize, call: *mut Call, reply: *mut *mut c_char) -> c_int;
    fn fuzz_read(reply: *const c_char, pointer: *const c_char) -> c_long;
    fn katapult_client_new(
        options: *const c_char,
        client: *mut *mut KatapultClient,
        reply: *mut *mut c_char,
    ) -> c_int;
    fn katapult_client_free(client: *mut KatapultClient);
    fn katapult_openstack_client_new(
        options: *const c_char,
        client: *mut *mut OpenstackClient,
        reply: *mut *mut c_char,
    ) -> c_int;
    fn katapult_openstack_client_free(client: *mut OpenstackClient);
    fn katapult_string_free(string: *mut c_char);
    safe fn katapult_status_name(status: c_int) -> *const c_char;
}

/// The number of a function, how it is called (see [`How`]), three texts, each up to a NUL byte, and
/// the server's answers. The first two texts are also read as a reply and a pointer into it.
pub fn run(data: &[u8]) {
    let Some((number, rest)) = choice(data) else { return };
    let Some((how, rest)) = choice(rest) else { return };
    let how = How(how);
    let (one, rest) = until_nul(rest);
    let (two, rest) = until_nul(rest);
    let (three, answers) = until_nul(rest);
    let server = Server::start(split(answers), how.stays_open());

    let texts =
        [one, two, three].map(|text| CString::new(text).expect("a text up to its NUL byte"));
    let text = |place: usize| {
        if how.is_null(place) { ptr::null() } else { texts[place].as_ptr() }
    };
    let clients = Clients::new(&server.url(), how.logs_in());
    let mut call = Call {
        client: if how.has_no_client() { ptr::null() } else { clients.katapult },
        openstack: if how.has_no_client() { ptr::null() } else { clients.openstack },
        text: [text(0), text(1), text(2)],
        seconds: WAIT.as_secs_f64(),
        waits: c_int::from(how.waits()),
        stop: c_int::from(how.stops()),
    };
    let mut reply = ptr::null_mut();
    let place = if how.has_no_reply() { ptr::null_mut() } else { &raw mut reply };
    let number = usize::from(number) % fuzz_functions();
    // SAFETY: the clients live longer than the call, and the texts end in NUL.
    let status = in_time(|| unsafe { fuzz_call(number, &raw mut call, place) });
    check(status, reply, how.has_no_reply());
    // SAFETY: NULL, or texts that end in NUL.
    in_time(|| unsafe { fuzz_read(text(0), text(1)) + fuzz_read(reply, text(1)) });
    // SAFETY: NULL, or what the call has handed out.
    unsafe { katapult_string_free(reply) };
}

/// The bits of the byte that says how a function is called.
#[derive(Clone, Copy)]
struct How(u8);

impl How {
    fn stays_open(self) -> bool {
        self.0 & 0x01 != 0
    }

    fn is_null(self, text: usize) -> bool {
        self.0 & (0x02 << text) != 0
    }

    fn has_no_client(self) -> bool {
        self.0 & 0x18 == 0x18
    }

    fn has_no_reply(self) -> bool {
        self.0 & 0x60 == 0x20
    }

    /// Whether it gets a `katapult_wait`: unless of its first two texts only the second is NULL.
    fn waits(self) -> bool {
        self.0 & 0x06 != 0x04
    }

    fn stops(self) -> bool {
        self.0 & 0x60 == 0x40
    }

    /// With a user and a password, instead of a token.
    fn logs_in(self) -> bool {
        self.0 & 0x80 != 0
    }
}

fn split(answers: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = answers;
    let end = |text: &[u8]| text.windows(NEXT_ANSWER.len()).position(|part| part == NEXT_ANSWER);
    while let Some(at) = end(rest) {
        found.push(rest[..at].to_vec());
        rest = &rest[at + NEXT_ANSWER.len()..];
    }
    found.push(rest.to_vec());
    found
}

/// A known status, and a reply that is nothing or JSON.
fn check(status: c_int, reply: *const c_char, has_no_reply: bool) {
    // SAFETY: names live for ever.
    let name = unsafe { CStr::from_ptr(katapult_status_name(status)) };
    assert_ne!(name, c"unknown_status", "{status}");
    assert_ne!(name, c"internal_error", "a defect");
    if reply.is_null() {
        assert!(status == 0 || has_no_reply, "an error without a text");
        return;
    }
    // SAFETY: not NULL, so a string of the library's.
    let reply = unsafe { CStr::from_ptr(reply) }.to_str().expect("a reply must be UTF-8");
    if status == 0 {
        serde_json::from_str::<&serde_json::value::RawValue>(reply).expect("a reply must be JSON");
    } else {
        check_error_json(reply);
    }
}

/// A client of each service, new for each input, so that no input meets what an earlier one left.
struct Clients {
    katapult: *mut KatapultClient,
    openstack: *mut OpenstackClient,
}

impl Clients {
    fn new(url: &str, logs_in: bool) -> Clients {
        let katapult = options(json!({
            "base_url": url,
            "api_token": "token",
            "organization": "acme",
            "data_center": "uk-lon-01",
        }));
        let openstack = options(match logs_in {
            true => json!({
                "auth_url": url,
                "username": "user",
                "password": "password",
                "project_name": "project",
            }),
            false => json!({ "endpoint": format!("{url}/v2.1"), "token": "token" }),
        });
        let mut clients = Clients { katapult: ptr::null_mut(), openstack: ptr::null_mut() };
        // SAFETY: options that end in NUL, a place for the client, and no reply.
        let made = unsafe {
            [
                katapult_client_new(katapult.as_ptr(), &raw mut clients.katapult, ptr::null_mut()),
                katapult_openstack_client_new(
                    openstack.as_ptr(),
                    &raw mut clients.openstack,
                    ptr::null_mut(),
                ),
            ]
        };
        assert_eq!(made, [0, 0], "clients of the canned server");
        clients
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        // SAFETY: made by their `_new`, and the call that used them is over.
        unsafe {
            katapult_client_free(self.katapult);
            katapult_openstack_client_free(self.openstack);
        }
    }
}

fn options(mut options: Value) -> CString {
    options["timeout"] = json!(TIMEOUT.as_secs_f64());
    options["proxy"] = json!("");
    options["max_response_bytes"] = json!(MAX_RESPONSE_BYTES);
    CString::new(options.to_string()).expect("JSON holds no NUL byte")
}
