//! Answers as JSON: what every operation's answer decodes to.

use std::fmt::Debug;

use katapult::*;

use crate::input::choice;

type Decode = fn(&str);

/// Every kind of answer. Those of several operations stand here once.
const ANSWERS: [Decode; 27] = [
    decode::<DiskAndAnnotations>,
    decode::<DiskTask>,
    decode::<CreatedDisk>,
    decode::<DeletedDisk>,
    decode::<TaskAnswer>,
    decode::<DataCenterAnswer>,
    decode::<DataCenterList>,
    decode::<DiskBackupPolicyAnswer>,
    decode::<DiskTemplateAnswer>,
    decode::<DiskTemplateVersionAnswer>,
    decode::<DiskTemplateVersionSpec>,
    decode::<TrashObjectAnswer>,
    decode::<VirtualMachineAndAnnotations>,
    decode::<openstack::VolumeAttachmentAnswer>,
    decode::<openstack::VolumeAttachmentList>,
    decode_page::<ListDiskBackupPolicies>,
    decode_page::<ListDiskIoProfiles>,
    decode_page::<ListDiskTemplateVersions>,
    decode_page::<ListDiskTemplates>,
    decode_page::<ListDisks>,
    decode_page::<ListTrashObjects>,
    decode_page::<ListVirtualMachineDisks>,
    decode_page::<ListVirtualMachines>,
    decode::<Task>,
    decode::<Disk>,
    decode::<VirtualMachine>,
    decode::<DiskBackupPolicy>,
];

/// Which answer, then its text.
pub fn run(data: &[u8]) {
    let Some((which, body)) = choice(data) else { return };
    let Ok(body) = std::str::from_utf8(body) else { return };
    ANSWERS[usize::from(which) % ANSWERS.len()](body);
}

fn decode<T: serde::de::DeserializeOwned + Clone + PartialEq + Debug>(body: &str) {
    let Ok(answer) = serde_json::from_str::<T>(body) else { return };
    assert_eq!(answer, answer.clone());
    let _ = format!("{answer:?}");
}

/// A page, and which page it says is next.
fn decode_page<O: ListOperation<Output: Clone + PartialEq + Debug>>(body: &str) {
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
