//! Deleting a volume.

use super::Call;
use super::answer::{Answer, Fault};
use crate::state::{State, VolumeStatus};

/// The sentence is that of Cinder's source, without what is not here.
pub(super) fn delete(state: &mut State, call: &Call, id: &str) -> Result<Answer, Fault> {
    let status = call.volume(state, id)?.status();
    if !call.caller.user.may_write() {
        return Err(Fault::policy("volume:delete"));
    }
    if status != VolumeStatus::Available {
        return Err(Fault::bad_request(
            "Invalid volume: Volume status must be available or error or error_restoring or \
             error_extending or error_managing and must not be migrating, attached, belong to a \
             group, have snapshots, awaiting a transfer, or be disassociated from snapshots after \
             volume transfer."
                .into(),
        ));
    }
    state.start_deleting_volume(id);
    Ok(Answer::accepted(None))
}
