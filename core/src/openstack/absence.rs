//! Whether a volume that Nova does not find is proven not to be attached. A 404 alone proves little: Nova
//! gives it for every id that it does not know, and the volume may be attached under its right one.

use super::about_error::{is_uuid, no_volume_id};
use super::volume_attachment::{ListVolumeAttachments, VolumeAttachment, VolumeAttachmentList};
use super::{Client, DetachVolume, unknown_server};
use crate::about::is_same_uuid;
use crate::transport::Until;
use crate::{Error, Result, Status};

/// From 2.89 on the list has the ids that are mistaken for the volume's.
const LIST_WITH_OTHER_IDS: u32 = 89;

/// What is known about the id that was given, before the list of attachments is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Nova has found an attached volume by it.
    IsAttachedVolume,
    /// Nova has answered the DELETE with 404, for which it looks for the volume by its id.
    Refused,
    /// Nova has only answered a GET, which finds nothing by a wrong id, either.
    Unknown,
}

/// Whether Nova says that a server, a volume or an attachment does not exist.
pub(super) fn is_not_found(error: &Error) -> bool {
    matches!(
        error.status(),
        Status::OpenstackNotFound
            | Status::OpenstackServerNotFound
            | Status::OpenstackVolumeNotAttached
    )
}

/// The error that is true after Nova's 404 `error`: `OpenstackVolumeNotAttached` only if the server exists,
/// its list of attachments was read, and the volume is not in it under any of its ids.
pub(super) fn judged(
    client: &Client,
    detach: &DetachVolume,
    error: Error,
    given: Given,
    until: Until,
) -> Error {
    if error.status() == Status::OpenstackServerNotFound {
        return match unknown_server::hint(client, detach, until) {
            Ok(hint) => error.with_hint(Some(hint)),
            Err(interrupted) => interrupted.rejected(),
        };
    }
    let words = error.description().to_owned();
    match attachments(client, detach, until) {
        Ok(attached) => verdict(detach, &attached, given, &words).applied_to(error),
        Err(failure) => unreadable(failure, detach, &words),
    }
}

fn attachments(
    client: &Client,
    detach: &DetachVolume,
    until: Until,
) -> Result<Vec<VolumeAttachment>> {
    let list = ListVolumeAttachments::new(&detach.server_id);
    let response = client.send_at_least(LIST_WITH_OTHER_IDS, &list, until)?;
    let list: VolumeAttachmentList = response.decode()?;
    Ok(list.volume_attachments)
}

fn unreadable(failure: Error, detach: &DetachVolume, words: &str) -> Error {
    let failure =
        if is_not_found(&failure) { failure.with_status(Status::InvalidResponse) } else { failure };
    let context = format!(
        "Nova says {words:?}, but whether volume {} is attached is not known, since the server's list of \
         attachments cannot be read",
        detach.volume_id
    );
    failure.in_context(&context).rejected()
}

/// What a list of attachments says about the id that was given.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Absent,
    /// The id is not that of a volume, or not written as Nova writes it; with what it is.
    WrongId(String),
    /// Nova has the volume in its list, and does not find it.
    Contradiction(String),
}

impl Verdict {
    fn applied_to(self, error: Error) -> Error {
        match self {
            Verdict::Absent => error.with_status(Status::OpenstackVolumeNotAttached),
            Verdict::WrongId(what) => {
                error.with_status(Status::OpenstackNotFound).with_hint(Some(what))
            }
            Verdict::Contradiction(what) => {
                error.with_status(Status::InvalidResponse).in_context(&what)
            }
        }
    }
}

/// `words` are what Nova said.
fn verdict(
    detach: &DetachVolume,
    attached: &[VolumeAttachment],
    given: Given,
    words: &str,
) -> Verdict {
    let DetachVolume { server_id, volume_id } = detach;
    if let Some(wrong) = attached.iter().find_map(|it| what_it_is(volume_id, it)) {
        return wrong;
    }
    if is_same_uuid(volume_id, server_id) {
        return Verdict::WrongId(format!("{volume_id} is the server's id, not a volume's"));
    }
    let words = words.trim_end_matches('.');
    let is_named = words.ends_with(&format!("is not attached to volume {volume_id}"));
    let says_so = given == Given::Refused && is_named;
    let has_other_ids = attached.iter().all(|it| it.attachment_id.is_some());
    match (is_uuid(volume_id), given) {
        (_, Given::IsAttachedVolume) => Verdict::Absent,
        _ if says_so => Verdict::Absent,
        (false, _) => Verdict::WrongId(no_volume_id(volume_id)),
        (true, _) if has_other_ids => Verdict::Absent,
        // Before 2.89 it may be the id of one of the server's attachments.
        (true, _) => Verdict::WrongId(format!(
            "{volume_id} may be an attachment's id, which this cloud does not tell (Nova before 2.89, or an \
             endpoint that does not end in /v2.1): compare it with list_volume_attachments"
        )),
    }
}

/// What the id that was given is, if it has to do with an attached volume.
fn what_it_is(given: &str, attached: &VolumeAttachment) -> Option<Verdict> {
    let volume_id = &attached.volume_id;
    let is = |id: &Option<String>| id.as_deref().is_some_and(|id| is_same_uuid(id, given));
    let digits = |id: &str| id.replace('-', "").to_ascii_lowercase();
    if given == volume_id {
        return Some(Verdict::Contradiction(format!(
            "Nova's list has volume {volume_id} attached to the server, but its answer denies that"
        )));
    }
    let what = if is_same_uuid(volume_id, given) {
        format!("{given} is the volume {volume_id}, written otherwise: use {volume_id}")
    } else if is(&attached.attachment_id) || is(&attached.id) {
        format!("that is the attachment's id (attachment_id); its volume is {volume_id}")
    } else if is(&attached.bdm_uuid) {
        format!("that is the mapping's id (bdm_uuid); its volume is {volume_id}")
    } else if digits(volume_id).starts_with(&digits(given)) {
        format!("{given} is cut short; {volume_id} begins with it")
    } else {
        return None;
    };
    Some(Verdict::WrongId(what))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Given, Verdict, verdict};
    use crate::openstack::{DetachVolume, VolumeAttachment};

    const SERVER: &str = "e8f4e841-ebef-44c8-8bdd-c14931bb440a";
    const VOLUME: &str = "90cd4bee-2063-4145-8d2b-571197d91d6f";
    const ATTACHMENT: &str = "1ebd4ed3-0a61-4785-9d5d-9e8879afd9c1";
    const MAPPING: &str = "0b439148-1206-4f40-9d0e-fa1c0b4f6d27";
    const OTHER: &str = "2711021f-c575-4cd6-b807-c1827809d792";

    fn attached(with_other_ids: bool) -> Vec<VolumeAttachment> {
        let item = match with_other_ids {
            true => {
                json!({"volumeId": VOLUME, "attachment_id": ATTACHMENT, "bdm_uuid": MAPPING})
            }
            false => json!({"volumeId": VOLUME, "id": VOLUME}),
        };
        vec![serde_json::from_value(item).unwrap()]
    }

    fn is_absent(volume_id: &str, list: &[VolumeAttachment], given: Given, words: &str) -> bool {
        verdict(&DetachVolume::new(SERVER, volume_id), list, given, words) == Verdict::Absent
    }

    #[test]
    fn a_wrong_id_is_told_apart_from_a_volume_that_is_absent() {
        let bare = VOLUME.replace('-', "");
        let table = [
            (ATTACHMENT, "attachment_id"),
            (MAPPING, "bdm_uuid"),
            (bare.as_str(), "use 90cd4bee-2063"),
            (&VOLUME[..20], "cut short"),
            (&VOLUME[..35], "cut short"),
            (SERVER, "the server's id"),
            ("data-1", "UUID"),
        ];
        for (id, what) in table {
            // A GET says that of every id, so the words prove nothing.
            let words = format!("Instance {SERVER} is not attached to volume {id}");
            let verdict =
                verdict(&DetachVolume::new(SERVER, id), &attached(true), Given::Unknown, &words);
            let Verdict::WrongId(hint) = &verdict else { panic!("{id}: {verdict:?}") };
            assert!(hint.contains(what), "{id}: {hint}");
        }
        let detach = DetachVolume::new(SERVER, VOLUME);
        let contradicted = verdict(&detach, &attached(true), Given::IsAttachedVolume, "");
        assert!(matches!(contradicted, Verdict::Contradiction(_)), "{contradicted:?}");
    }

    #[test]
    fn absence_is_proven_by_the_list_and_by_an_id_that_can_only_be_a_volumes() {
        let not_attached = |id: &str| format!("Instance {SERVER} is not attached to volume {id}");
        let unknown = |id: &str| format!("Volume {id} could not be found.");
        let (new, old) = (attached(true), attached(false));
        let table = [
            // id, list, what is known of it, Nova's words, whether that is proof
            (OTHER, &new[..], Given::Refused, not_attached(OTHER), true),
            (OTHER, &new[..], Given::Refused, unknown(OTHER), true),
            (OTHER, &new[..], Given::Unknown, not_attached(OTHER), true),
            (OTHER, &old[..], Given::Refused, not_attached(OTHER), true),
            // It may be an attachment's id.
            (OTHER, &old[..], Given::Refused, unknown(OTHER), false),
            (OTHER, &old[..], Given::Unknown, not_attached(OTHER), false),
            (OTHER, &old[..], Given::IsAttachedVolume, unknown(OTHER), true),
            (OTHER, &[], Given::Refused, unknown(OTHER), true),
            (OTHER, &[], Given::Unknown, not_attached(OTHER), true),
            ("abc", &[], Given::Refused, unknown("abc"), false),
            ("abc", &[], Given::Refused, not_attached("abc"), true),
            ("abc", &[], Given::Refused, not_attached("abcd"), false),
            ("abc", &[], Given::Unknown, not_attached("abc"), false),
            ("abc", &[], Given::IsAttachedVolume, unknown("abc"), true),
        ];
        for (id, list, given, words, expected) in table {
            assert_eq!(is_absent(id, list, given, &words), expected, "{id} {given:?} {words}");
        }
    }
}
