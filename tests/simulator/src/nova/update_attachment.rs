//! Changing an attachment. Of Nova's source: putting another volume in its place is Cinder's business,
//! and so nobody here may; the rest is there from 2.85 on.

use serde_json::Value;

use super::Call;
use super::answer::{Answer, Fault};
use super::refusal::not_attached;
use super::request_body::Schema;
use crate::state::State;

pub(super) fn update(
    state: &mut State,
    call: &Call<'_>,
    wanted: &str,
    body: &Value,
) -> Result<Answer, Fault> {
    let is_new = call.minor() >= 85;
    let members: &[&str] =
        if is_new { &["device", "tag", "delete_on_termination", "serverId", "id"] } else { &[] };
    let body = Schema { members, is_lax: call.version.is_none() }.attachment(body)?;
    let server = call.server(state)?.id.clone();
    if !is_new || body.volume_id != wanted {
        return Err(Fault::policy("os-volumes-attachments:swap"));
    }
    if !call.caller.user.may_write() {
        return Err(Fault::policy("os-volumes-attachments:update"));
    }
    let attachment = state.attachment_mut(&server, wanted);
    let attachment = attachment.ok_or_else(|| not_attached(&server, wanted))?;
    if body.device.is_some_and(|letters| attachment.device != format!("/dev/sd{letters}")) {
        return Err(Fault::bad_request("The device property is not mutable".into()));
    }
    if body.tag.is_some() && body.tag != attachment.tag {
        return Err(Fault::bad_request("The tag property is not mutable".into()));
    }
    attachment.delete_on_termination =
        body.delete_on_termination.unwrap_or(attachment.delete_on_termination);
    Ok(Answer::Accepted)
}
