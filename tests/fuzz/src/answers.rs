//! Responses as JSON: what every operation's response decodes to.

use std::fmt::Debug;
use std::sync::LazyLock;

use katapult::*;
use serde::de::DeserializeOwned;

use crate::input::choice;

type Decode = fn(&str);

/// Decodes the responses of all operations, in the order of `each_operation`, and of some more.
static DECODE: LazyLock<Vec<Decode>> = LazyLock::new(|| {
    let mut responses = Responses(Vec::new());
    each_operation(&mut responses);
    responses.0.extend([
        decode::<CreatedDisk> as Decode,
        decode::<openstack::VolumeAttachmentResponse>,
        decode::<openstack::VolumeAttachmentList>,
        decode::<Task>,
        decode::<Disk>,
        decode::<VirtualMachine>,
        decode::<DiskBackupPolicy>,
    ]);
    responses.0
});

struct Responses(Vec<Decode>);

impl OperationVisitor for Responses {
    fn operation<O: Operation + DeserializeOwned>(&mut self) {
        self.0.push(decode::<O::Output>);
    }

    fn list<O: ListOperation + DeserializeOwned>(&mut self) {
        self.0.push(decode_page::<O>);
    }
}

/// Which response, then its text.
pub fn run(data: &[u8]) {
    let Some((which, body)) = choice(data) else { return };
    let Ok(body) = std::str::from_utf8(body) else { return };
    DECODE[usize::from(which) % DECODE.len()](body);
}

fn decode<T: DeserializeOwned + Debug>(body: &str) {
    let Ok(response) = serde_json::from_str::<T>(body) else { return };
    let _ = format!("{response:?}");
}

/// A page, and which page it says is next.
fn decode_page<O: ListOperation>(body: &str) {
    decode::<O::Output>(body);
    let Ok(Place { pagination }) = serde_json::from_str(body) else { return };
    for items in [0, 1, 30, usize::MAX] {
        if let Some(next) = pagination.next(items) {
            assert!(next > pagination.current_page, "a list that never ends");
        }
    }
}

#[derive(serde::Deserialize)]
struct Place {
    pagination: Pagination,
}
