//! The one error type: what happened, and what that means for the disk.

mod texts;
mod written;

use std::any::Any;
use std::error::Error as StdError;

use serde_json::Value;

use crate::Status;
use crate::clipped::{clipped, plain};
use crate::secrets::Secrets;
use texts::{shown, without_protected};

/// What is certain about the effect of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// No change was sent: nothing happened, and the call may be repeated. A single request never left;
    /// a workflow may have read.
    NotSent,
    /// The service rejected the request: nothing happened.
    Rejected,
    /// The request was sent and its effect is unknown. After a write, read before repeating it.
    Unknown,
}

impl Outcome {
    /// `not_sent`, `rejected` or `unknown`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The result of every call of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call failed. See [`Error::status`] for the kind and [`Error::outcome`] for the effect.
pub struct Error(Box<Inner>);

struct Inner {
    status: Status,
    outcome: Outcome,
    operation: Option<&'static str>,
    object_id: Option<String>,
    code: Option<String>,
    description: String,
    hint: Option<String>,
    detail: Option<Value>,
    http_status: Option<u16>,
    request_id: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    is_about_another: bool,
    is_from_elsewhere: bool,
}

/// In characters: the limits of texts that the service has a part in.
const LONGEST_DESCRIPTION: usize = 2000;
const LONGEST_CODE: usize = 100;
const LONGEST_DETAIL: usize = 1000;

impl Error {
    pub(crate) fn new(status: Status, outcome: Outcome, description: impl Into<String>) -> Error {
        Error(Box::new(Inner {
            status,
            outcome,
            operation: None,
            object_id: None,
            code: None,
            description: shown(description.into(), LONGEST_DESCRIPTION),
            hint: None,
            detail: None,
            http_status: None,
            request_id: None,
            source: None,
            is_about_another: false,
            is_from_elsewhere: false,
        }))
    }

    /// A wrong argument. The message starts with the argument's name and says what to do.
    pub fn invalid_argument(message: impl Into<String>) -> Error {
        Error::new(Status::InvalidArgument, Outcome::NotSent, message)
    }

    pub(crate) fn invalid_configuration(message: impl Into<String>) -> Error {
        Error::new(Status::InvalidConfiguration, Outcome::NotSent, message)
    }

    /// A stop that the caller asked for, for instance through the interrupt hook or a progress
    /// function.
    pub fn interrupted(outcome: Outcome, message: impl Into<String>) -> Error {
        Error::new(Status::Interrupted, outcome, message)
    }

    /// A defect of this library, such as a caught panic.
    pub fn internal(message: impl Into<String>) -> Error {
        Error::new(Status::InternalError, Outcome::Unknown, message)
    }

    /// A panic that was caught, as [`std::panic::catch_unwind`] gives it.
    pub fn of_panic(panic: &(dyn Any + Send)) -> Error {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Error::internal(format!(
            "a defect in katapult-disk, please report it at {}/issues: {}",
            env!("CARGO_PKG_REPOSITORY"),
            text.unwrap_or("no message")
        ))
    }

    /// The answer is about another object than the one that was asked for.
    pub(crate) fn about_another(text: String) -> Error {
        let mut error = Error::new(Status::InvalidResponse, Outcome::Unknown, text);
        error.0.is_about_another = true;
        error
    }

    /// Whether the answer was about another object than the one that was asked for.
    pub(crate) fn is_about_another(&self) -> bool {
        self.0.is_about_another
    }

    /// Notes that the response is in no form of the service's: something else may have answered.
    pub(crate) fn perhaps_from_elsewhere(mut self) -> Error {
        self.0.is_from_elsewhere = true;
        self
    }

    /// Asks whether `argument`, which is `url`, is right, where something else may have answered.
    pub(crate) fn questioning(self, argument: &str, url: &str) -> Error {
        let hint = self.0.is_from_elsewhere.then(|| {
            format!("is {argument} right ({}), or does a proxy answer?", plain(&clipped(url)))
        });
        self.with_hint(hint)
    }

    /// A workflow found that acting would not be safe.
    pub(crate) fn refused(message: impl Into<String>) -> Error {
        Error::new(Status::Refused, Outcome::NotSent, message)
    }

    /// Says which operation failed: the one that the caller asked for, not a part of it.
    pub fn in_operation(mut self, name: &'static str, object_id: Option<String>) -> Error {
        self.0.operation = Some(name);
        self.0.object_id = object_id;
        self
    }

    /// Adds what helps a person, where the service's words alone do not; `None` changes nothing.
    pub(crate) fn with_hint(mut self, hint: Option<String>) -> Error {
        self.0.hint = hint.or(self.0.hint);
        self
    }

    pub(crate) fn with_code(mut self, code: Option<String>) -> Error {
        self.0.code = code.map(|code| shown(code, LONGEST_CODE));
        self
    }

    pub(crate) fn with_detail(mut self, detail: Option<Value>) -> Error {
        self.0.detail = detail.map(without_protected);
        self
    }

    /// Sets the detail unless there is one.
    pub(crate) fn or_detail(mut self, detail: impl FnOnce() -> Option<Value>) -> Error {
        self.0.detail = self.0.detail.or_else(|| detail().map(without_protected));
        self
    }

    /// Adds members to the detail, unless that is no object.
    pub(crate) fn with_more_detail(mut self, more: Value) -> Error {
        let own = self.0.detail.take();
        let detail = match (own, more) {
            (Some(Value::Object(mut own)), Value::Object(more)) => {
                own.extend(more);
                Value::Object(own)
            }
            (_, more) => more,
        };
        self.with_detail(Some(detail))
    }

    /// The same error for another object, without what only one can have.
    pub(crate) fn repeated(&self) -> Error {
        Error::new(self.0.status, self.0.outcome, self.0.description.clone())
            .with_code(self.0.code.clone())
            .with_detail(self.0.detail.clone())
            .with_hint(self.0.hint.clone())
    }

    pub(crate) fn with_answer(mut self, http_status: u16, request_id: Option<&str>) -> Error {
        self.0.http_status = Some(http_status);
        self.0.request_id = request_id.map(str::to_owned);
        self
    }

    pub(crate) fn with_source(mut self, source: Box<dyn StdError + Send + Sync>) -> Error {
        self.0.source = Some(source);
        self
    }

    /// Hides the secrets of a client in all that the service has a part in.
    pub(crate) fn without(mut self, secrets: &Secrets) -> Error {
        let sought = secrets.sought();
        let Inner { description, code, hint, request_id, detail, .. } = &mut *self.0;
        let texts = [Some(description), code.as_mut(), hint.as_mut(), request_id.as_mut()];
        for text in texts.into_iter().flatten() {
            if let Some(hidden) = sought.hide(text) {
                *text = hidden;
            }
        }
        if let Some(detail) = detail {
            sought.hide_in(detail);
        }
        self
    }

    /// Prepends `context` to the description.
    pub(crate) fn in_context(mut self, context: &str) -> Error {
        let text = format!("{context}: {}", self.0.description);
        self.0.description = shown(text, LONGEST_DESCRIPTION);
        self
    }

    /// Adds the service's reasons to the description, as the message shows them.
    pub(crate) fn with_reasons(mut self) -> Error {
        if let Some(reasons) = self.reasons() {
            let text = format!("{} ({reasons})", self.0.description);
            self.0.description = shown(text, LONGEST_DESCRIPTION);
        }
        self
    }

    /// Sets the outcome to unknown.
    pub(crate) fn unclear(mut self) -> Error {
        self.0.outcome = Outcome::Unknown;
        self
    }

    /// Keeps the earlier outcome if this attempt sent nothing.
    pub(crate) fn after_attempt(mut self, earlier: Outcome) -> Error {
        if self.0.outcome == Outcome::NotSent {
            self.0.outcome = earlier;
        }
        self
    }

    /// The same error of another kind, where more is known than its first reader knew.
    pub(crate) fn with_status(mut self, status: Status) -> Error {
        self.0.status = status;
        self
    }

    /// Sets the outcome to `rejected`.
    pub(crate) fn rejected(mut self) -> Error {
        self.0.outcome = Outcome::Rejected;
        self
    }

    /// Sets the outcome to `not_sent`.
    pub(crate) fn not_sent(mut self) -> Error {
        self.0.outcome = Outcome::NotSent;
        self
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<&str>) -> Error {
        self.0.request_id = request_id.map(str::to_owned);
        self
    }

    /// Adds what was done before the error; the outcome becomes unknown. `started` is the response that
    /// started a task, a JSON object. It becomes the detail, merged with the error's own, whose `task`
    /// is newer.
    pub(crate) fn after(mut self, done: &[String], started: Option<&Value>) -> Error {
        self.0.description = format!("{}; before that, {}", self.0.description, done.join(", "));
        if let Some(started) = started {
            let mut detail = without_protected(started.clone());
            // Nothing of the error's own detail is lost.
            match self.0.detail.take() {
                None => {}
                Some(Value::Object(own)) => {
                    for (key, value) in own {
                        if key == "task" || detail.get(&key).is_none() {
                            detail[key] = value;
                        }
                    }
                }
                Some(own) => detail["detail"] = own,
            }
            self.0.detail = Some(detail);
            for object in ["disk", "task"] {
                let id = started[object]["id"].as_str().map(|id| plain(&clipped(id)).into_owned());
                let is_said = |id: &String| {
                    self.0.object_id.as_ref() == Some(id) || self.0.description.contains(id)
                };
                if let Some(id) = id.filter(|id| !is_said(id)) {
                    self.0.description += &format!(" ({id})");
                }
            }
        }
        self.unclear()
    }

    /// The kind of failure.
    pub fn status(&self) -> Status {
        self.0.status
    }

    /// What is certain about the effect.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The operation that failed, by its name in Rust and Python: `get_disk`. `None` where no
    /// operation failed, such as for a client's settings or for arguments that cannot be read.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The id of the object that the operation was asked for, as it was given: mostly an id, but
    /// also an fqdn or a permalink. After a create that failed later, the new disk's.
    pub fn object_id(&self) -> Option<&str> {
        self.0.object_id.as_deref()
    }

    /// What may help a person, where the service's words alone do not, such as which name was looked
    /// for.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The service's own code (`disk_not_found`; OpenStack: the fault key, `itemNotFound`), if
    /// the service answered.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// One or two sentences for a person: the service's words, or this library's.
    pub fn description(&self) -> &str {
        &self.0.description
    }

    /// The service's `detail` object; for a task that failed or was not waited for to the end,
    /// `{"task": {…}}` as it was seen last.
    pub fn detail(&self) -> Option<&Value> {
        self.0.detail.as_ref()
    }

    /// The HTTP status, if there was a response.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The service's id of the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Takes the error that the interrupt hook returned, for callers that pass on their own error.
    pub fn take_source(&mut self) -> Option<Box<dyn StdError + Send + Sync>> {
        self.0.source.take()
    }

    /// True if the service has no such object: Katapult's `…_not_found`, and Nova's 404 about a server, a
    /// volume or an attachment. The 404 of a wrong URL or of a gateway is `InvalidConfiguration`.
    pub fn is_not_found(&self) -> bool {
        self.status() == Status::OpenstackVolumeNotAttached
            || self.status().name().ends_with("_not_found")
    }

    /// True if the request certainly had no effect, so that it may be sent again.
    pub fn is_without_effect(&self) -> bool {
        self.outcome() != Outcome::Unknown
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests;
