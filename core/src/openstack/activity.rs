//! What a server is doing with its volumes, by its records. Nova says the same of a volume that is being
//! detached, is being attached, or is reserved (captured); only the records tell these apart.

use std::time::{Duration, SystemTime};

use super::Client;
use super::instance_action::{
    GetInstanceAction, InstanceAction, InstanceActionList, InstanceActionResponse,
    ListInstanceActions,
};
use super::unknown_server::unless_interrupted;
use crate::Result;
use crate::transport::Until;

/// From 2.51 on a record has its events.
const RECORD_WITH_EVENTS: u32 = 51;

/// How many attaches and detaches are looked at. A record does not name its volume, and a server may have
/// several at a time.
const LOOKED_AT: usize = 5;

/// What began so long before the newest of them and has no end was forgotten: its host was restarted, for
/// instance.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);

/// Where the events are not seen: so long after its beginning, the newest action may go on. By this machine's
/// clock.
const MAY_GO_ON: Duration = Duration::from_secs(5 * 60);

/// What is under way on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Activity {
    /// With the id of the request that began it.
    Detaching(String),
    Attaching,
    /// No more: an attach has just ended, perhaps after Nova's refusal.
    JustAttached,
    /// No attach and no detach.
    Nothing,
    /// The records cannot be read.
    NotKnown,
}

/// The newest attach or detach of a server that has not ended. Fails only when it is interrupted.
pub(super) fn of(client: &Client, server_id: &str, until: Until) -> Result<Activity> {
    let list = ListInstanceActions { server_id: server_id.to_owned() };
    let answer = unless_interrupted(client.send_until(&list, until))?;
    let Some(list) = answer.and_then(|answer| answer.decode::<InstanceActionList>().ok()) else {
        return Ok(Activity::NotKnown);
    };
    let now = SystemTime::now();
    let about_volumes = list.actions.iter().enumerate().filter_map(|(place, action)| {
        let activity = match action.action.as_str() {
            "detach_volume" => Activity::Detaching(action.request_id.clone()),
            "attach_volume" => Activity::Attaching,
            _ => return None,
        };
        Some((place, action, activity))
    });
    let mut youngest = None;
    let mut is_known = true;
    let mut is_just_attached = false;
    for (place, action, activity) in about_volumes.take(LOOKED_AT) {
        let age = age(action, now);
        let is_forgotten =
            age.zip(youngest).is_some_and(|(age, youngest)| age > youngest + FORGOTTEN);
        youngest = youngest.or(age);
        if action.has_failed() || is_forgotten {
            continue;
        }
        let get = GetInstanceAction::new(server_id, &action.request_id);
        let answer = unless_interrupted(client.send_at_least(RECORD_WITH_EVENTS, &get, until))?;
        let Some(record) = answer.and_then(|it| it.decode::<InstanceActionResponse>().ok()) else {
            is_known = false;
            continue;
        };
        if goes_on(&record.action, age, place == 0) {
            return Ok(activity);
        }
        let is_young = place == 0 && age.is_some_and(|age| age < MAY_GO_ON);
        let is_attach = activity == Activity::Attaching && !record.action.has_failed();
        is_just_attached |= is_young && is_attach;
    }
    Ok(match is_known {
        true if is_just_attached => Activity::JustAttached,
        true => Activity::Nothing,
        false => Activity::NotKnown,
    })
}

/// Whether an action has not ended, by its record, its age, and whether it is the newest of the server.
fn goes_on(record: &InstanceAction, age: Option<Duration>, is_newest: bool) -> bool {
    match record.events.as_deref() {
        _ if record.has_failed() => false,
        Some(events @ [_, ..]) => events.iter().any(|event| event.finish_time.is_none()),
        // An action that has begun has no event yet, or they are not for this user.
        Some([]) | None => is_newest && age.is_some_and(|age| age < MAY_GO_ON),
    }
}

/// How long ago it began; nothing for what begins in the future, since clocks differ.
fn age(action: &InstanceAction, now: SystemTime) -> Option<Duration> {
    let began = humantime::parse_rfc3339_weak(action.start_time.as_deref()?).ok()?;
    Some(now.duration_since(began).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use serde_json::{Value, json};

    use super::{InstanceAction, age, goes_on};

    fn action(value: Value) -> InstanceAction {
        serde_json::from_value(value).unwrap()
    }

    fn now() -> SystemTime {
        humantime::parse_rfc3339("2026-11-20T17:50:00Z").unwrap()
    }

    #[test]
    fn an_action_goes_on_until_all_its_events_have_ended() {
        let minutes = |minutes: u64| Some(Duration::from_secs(60 * minutes));
        let open = json!({"finish_time": null});
        let done = json!({"finish_time": "2026-11-20T17:43:49.000000", "result": "Success"});
        let failed = json!({"finish_time": "2026-11-20T17:43:49.000000", "result": "Error"});
        let table = [
            // the record, its age, whether it is the newest, whether it goes on
            (json!({"events": [open]}), minutes(6), false, true),
            (json!({"events": [done, open]}), minutes(6), false, true),
            (json!({"events": [done]}), minutes(4), true, false),
            (json!({"events": [open], "message": "Error"}), minutes(6), true, false),
            (json!({"events": [open, failed]}), minutes(6), true, false),
            (json!({}), minutes(4), true, true),
            (json!({}), minutes(4), false, false),
            (json!({}), minutes(6), true, false),
            (json!({"events": []}), minutes(4), true, true),
            (json!({}), None, true, false),
            (json!({"message": "Error"}), minutes(4), true, false),
        ];
        for (record, age, is_newest, expected) in table {
            let goes_on = goes_on(&action(record.clone()), age, is_newest);
            assert_eq!(goes_on, expected, "{record} {age:?} {is_newest}");
        }
    }

    #[test]
    fn the_age_of_an_action() {
        let of = |time: Value| age(&action(json!({"start_time": time})), now());
        assert_eq!(of(json!("2026-11-20T17:43:00.000000")), Some(Duration::from_secs(420)));
        assert_eq!(of(json!("2026-11-20T17:59:00Z")), Some(Duration::ZERO), "another clock");
        assert_eq!(of(json!("yesterday")), None);
        assert_eq!(of(json!(null)), None);
    }
}
