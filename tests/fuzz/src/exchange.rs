//! A server that answers with any bytes: the whole exchange, the head and the body of an answer included.

use katapult::ListDisks;

use crate::check::checked;
use crate::input::choice;
use crate::server::Server;
use crate::services::{READ, WRITE, exchange, in_time, katapult, keystone, nova};

/// How many pages of a list are looked at: the service says when it ends, so it may never do.
const PAGES: usize = 3;

/// Which call and whether the connection stays open after an answer, then all that the server sends.
pub fn run(data: &[u8]) {
    let Some((how, answer)) = choice(data) else { return };
    let stays_open = how & 0x80 != 0;
    match (how & 0x7f) % 6 {
        0 => exchange(answer, stays_open, READ, |server| katapult(server).get_disk("disk_x")),
        1 => exchange(answer, stays_open, WRITE, |server| katapult(server).detach_disk("disk_x")),
        2 => exchange(answer, stays_open, READ, |server| katapult(server).list_data_centers()),
        3 => exchange(answer, stays_open, READ, |server| {
            nova(server).get_volume_attachment("server", "volume")
        }),
        4 => pages(answer, stays_open),
        _ => login(answer, stays_open),
    }
}

/// A list, each page with the same answer.
fn pages(answer: &[u8], stays_open: bool) {
    let server = Server::start(vec![answer.to_vec()], stays_open);
    let client = katapult(&server);
    let mut pages = client.pages(ListDisks::default()).take(PAGES);
    while let Some(page) = in_time(|| pages.next()) {
        let _ = checked(page);
    }
}

/// A login and what follows it, each with the same answer.
fn login(answer: &[u8], stays_open: bool) {
    let server = Server::start(vec![answer.to_vec()], stays_open);
    let client = keystone(&server);
    let _ = checked(in_time(|| client.list_volume_attachments("server")));
}
