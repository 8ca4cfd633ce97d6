//! Answers that say no: error bodies of both services, Retry-After and dates.

use crate::input::{choice, until_nul};
use crate::services::{READ, WRITE, exchange, katapult, nova};

const STATUSES: [u16; 24] = [
    400, 401, 403, 404, 406, 409, 422, 429, 500, 502, 503, 504, 300, 301, 302, 304, 307, 308, 201,
    202, 204, 405, 418, 599,
];

/// Which status, who answers, header lines, a NUL byte and the body.
pub fn run(data: &[u8]) {
    let Some((status, rest)) = choice(data) else { return };
    let Some((service, rest)) = choice(rest) else { return };
    let (headers, body) = until_nul(rest);
    let status = STATUSES[usize::from(status) % STATUSES.len()];
    let mut answer =
        format!("HTTP/1.1 {status} Reason\r\nContent-Length: {}\r\n", body.len()).into_bytes();
    for line in headers.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        answer.extend_from_slice(line);
        answer.extend_from_slice(b"\r\n");
    }
    answer.extend_from_slice(b"\r\n");
    answer.extend_from_slice(body);
    match service % 3 {
        0 => exchange(&answer, false, READ, |server| katapult(server).get_disk("disk_x")),
        1 => exchange(&answer, false, WRITE, |server| katapult(server).delete_disk("disk_x")),
        _ => exchange(&answer, false, WRITE, |server| {
            nova(server).detach_volume("server", "volume", false)
        }),
    }
}
