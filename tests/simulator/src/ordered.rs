//! Carries out what an order of the control API says about one request.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::state::{Act, Answer, Cause, Counted, NotDone, Performed, Shared, State};
use crate::{katapult, nova};

const KATAPULT: &str = "/core/v1";

/// What came of a request.
pub(crate) struct Carried {
    pub(crate) response: Response,
    /// The number of the version that the response shows.
    pub(crate) shown: Option<usize>,
}

/// A request, in pieces that can be used again.
pub(crate) struct Asked {
    pub(crate) number: usize,
    pub(crate) request: Request,
    pub(crate) body: Bytes,
}

pub(crate) async fn carry_out(
    shared: &Shared,
    answer: &Answer,
    asked: Asked,
    next: Next,
) -> Carried {
    {
        let mut state = shared.lock();
        if let Some(handled) = state.history.handled() {
            handled.ordered();
        }
        act(&mut state, &answer.before);
        if let Some(task) = &answer.task {
            state.next_task = task.clone();
        }
    }
    let mut carried = handled(shared, &answer.performed, asked, next).await;
    if let Some(canned) = &answer.canned {
        carried = Carried { response: canned.clone().into_response(), shown: None };
    }
    act(&mut shared.lock(), &answer.after);
    carried
}

/// As if there were no order.
pub(crate) async fn perform(shared: &Shared, asked: Asked, next: Next) -> Carried {
    let Asked { number, request, body } = asked;
    shared.lock().cause = Cause::Request(number);
    let response = next.run(with_body(request, body)).await;
    let mut state = shared.lock();
    state.cause = Cause::default();
    state.note(Cause::Request(number));
    let shown = state.history.is_on().then(|| state.history.latest());
    Carried { response, shown }
}

async fn handled(shared: &Shared, performed: &Performed, asked: Asked, next: Next) -> Carried {
    let number = asked.number;
    match performed {
        Performed::No => nothing(),
        Performed::Yes => perform(shared, asked, next).await,
        Performed::Ignored => {
            let before = {
                let mut state = shared.lock();
                state.cause = Cause::Request(number);
                state.stands_still = true;
                state.version()
            };
            let response = next.run(with_body(asked.request, asked.body)).await;
            let mut state = shared.lock();
            state.exchange(before);
            // The task goes on, without an effect.
            state.forget_work(Cause::Request(number));
            state.cause = Cause::default();
            state.stands_still = false;
            Carried { response, shown: None }
        }
        Performed::Late(lag) => {
            let change = late_change(asked);
            shared.lock().caused(Cause::Request(number), |state| state.late(*lag, change));
            nothing()
        }
        Performed::Previous => previous(shared, asked, next).await,
        Performed::Of(id) => {
            let mut request = asked.request;
            if let Some(uri) = uri_of(request.uri(), id) {
                *request.uri_mut() = uri;
            }
            let response = next.run(with_body(request, asked.body)).await;
            Carried { response, shown: None }
        }
    }
}

/// What a request to Katapult is called in the counts; empty for another one.
pub(crate) fn kind(method: &str, path: &str) -> String {
    let path = path.strip_prefix(KATAPULT);
    path.map(|path| katapult::kind(method, path)).unwrap_or_default()
}

/// What is counted of a request to Katapult.
pub(crate) fn counted(state: &State, request: &Request) -> Option<Counted> {
    let path = request.uri().path().strip_prefix(KATAPULT)?;
    Some(katapult::counted(&state.api_tokens, request.method(), path, request.headers()))
}

/// What a request does, for Katapult or else for Nova.
fn late_change(asked: Asked) -> impl FnOnce(&mut State) + Send + 'static {
    let (body, bytes) = (members(&asked.body), asked.body);
    let (request, _) = asked.request.into_parts();
    move |state| match request.uri.path().strip_prefix(KATAPULT) {
        Some(path) => {
            katapult::perform(state, request.method.as_str(), path, &body);
        }
        None => nova::perform(state, &request, &bytes),
    }
}

fn nothing() -> Carried {
    Carried { response: StatusCode::OK.into_response(), shown: None }
}

/// The answer of a moment in which the objects are what they were.
async fn previous(shared: &Shared, asked: Asked, next: Next) -> Carried {
    let id = asked.request.uri().query().and_then(id_in).unwrap_or_default();
    let exchanged = {
        let mut state = shared.lock();
        let number = state.previous_of(&id);
        number.and_then(|number| {
            let past = state.past_version(number)?;
            state.stands_still = true;
            Some((number, state.exchange(past)))
        })
    };
    let Some((shown, now)) = exchanged else { return perform(shared, asked, next).await };
    let response = next.run(with_body(asked.request, asked.body)).await;
    let mut state = shared.lock();
    state.exchange(now);
    state.stands_still = false;
    Carried { response, shown: Some(shown) }
}

fn act(state: &mut State, acts: &[Act]) {
    for act in acts {
        let status = state.caused(Cause::Actor, |state| acted(state, act));
        state.finish_work();
        if let Some(handled) = state.history.handled() {
            handled.acted(status);
        }
    }
}

fn acted(state: &mut State, act: &Act) -> u16 {
    match act {
        Act::Request { method, path, body, task } => {
            state.next_task = task.clone();
            let mut body = body.clone();
            if let Some(id) = &state.latest_created {
                body.values_mut().for_each(|value| name_created(value, id));
            }
            let status = katapult::perform(state, method, path, &body);
            status.unwrap_or(StatusCode::NOT_FOUND).as_u16()
        }
        Act::Machine { id, state: to, lag, in_trash } => {
            if let Some(to) = to {
                state.set_virtual_machine_state(id, to, *lag);
            }
            if let Some(in_trash) = in_trash {
                state.set_in_trash(id, "VirtualMachine", *in_trash);
            }
            StatusCode::OK.as_u16()
        }
        Act::Cloud(act) => match state.act_in_cloud(act.clone()) {
            Ok(()) => StatusCode::OK.as_u16(),
            Err(NotDone::Unknown(_)) => StatusCode::NOT_FOUND.as_u16(),
            Err(NotDone::Wrong(_)) => StatusCode::BAD_REQUEST.as_u16(),
        },
    }
}

/// Puts the id of the disk that was made last where `{created}` stands.
fn name_created(value: &mut Value, id: &str) {
    match value {
        Value::String(text) if text == "{created}" => id.clone_into(text),
        Value::Object(members) => members.values_mut().for_each(|member| name_created(member, id)),
        _ => {}
    }
}

fn with_body(request: Request, body: Bytes) -> Request {
    request.map(|_| Body::from(body))
}

fn members(body: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(body).unwrap_or_default()
}

/// The value of the first lookup in a query.
fn id_in(query: &str) -> Option<String> {
    let (_, value) = query.split('&').next()?.split_once('=')?;
    Some(percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// The address with another id in its first lookup.
fn uri_of(uri: &Uri, id: &str) -> Option<Uri> {
    let (before, after) = uri.query()?.split_once('=')?;
    let rest = after.split_once('&').map_or_else(String::new, |(_, rest)| format!("&{rest}"));
    format!("{}?{before}={id}{rest}", uri.path()).parse().ok()
}
