//! An operation with what it will be sent with.

use serde_json::{Map, Value};
use ureq::http::Method;

use crate::arguments::remove_nulls;
use crate::defaults::{Defaults, argument_value};
use crate::{Error, Operation, Request, Result};

/// An operation that is ready to be sent. This is where what is the same for all operations begins, in
/// machine code too.
pub(crate) struct Call {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) arguments: Map<String, Value>,
}

impl Call {
    /// `defaults` are for what the operation does not name.
    pub(crate) fn of<S, O: Operation<S>>(operation: &O, defaults: &Defaults) -> Result<Call> {
        let mut call = Call::with_arguments(O::NAME, O::METHOD, operation.path(), {
            operation.check()?;
            argument_value(operation)?
        })?;
        call.add_defaults(defaults)?;
        operation.complete(&mut call.arguments, defaults)?;
        Ok(call)
    }

    /// What is not given is not sent; nothing was ever recorded as null.
    fn with_arguments(
        name: &'static str,
        method: Method,
        path: &'static str,
        mut given: Value,
    ) -> Result<Call> {
        remove_nulls(&mut given);
        match given {
            Value::Object(arguments) => Ok(Call { name, method, path, arguments }),
            _ => Err(Error::internal(format!("{name} is not a struct with fields"))),
        }
    }

    fn add_defaults(&mut self, defaults: &Defaults) -> Result<()> {
        if names_organization(self.path) {
            defaults.add_organization(&mut self.arguments)?;
        }
        Ok(())
    }

    pub(crate) fn request(&self) -> Result<Request> {
        Request::of(&self.method, self.path, &self.arguments)
    }

    /// What the caller gave as the id of the object that the operation is about.
    pub(crate) fn object_id(&self) -> Option<String> {
        object_id(self.path, |name| self.arguments.get(name))
    }
}

/// An error as the error of an operation that was not sent, or whose response does not decode.
pub(crate) fn in_operation<S, O: Operation<S>>(error: Error, operation: &O) -> Error {
    error.in_operation(O::NAME, object_id_of(operation))
}

/// [`Call::object_id`] of an operation that cannot be sent.
pub(crate) fn object_id_of<S, O: Operation<S>>(operation: &O) -> Option<String> {
    let arguments = serde_json::to_value(operation).ok()?;
    object_id(operation.path(), |name| arguments.get(name))
}

/// The object that a path names, as `/disks/disk/…` names `disk` and
/// `/servers/{server_id}/…/{volume_id}` the volume. A call about a whole organization is about no
/// object.
fn object_id<'a>(path: &str, argument: impl Fn(&str) -> Option<&'a Value>) -> Option<String> {
    let named = match path.rsplit_once('{') {
        Some((_, rest)) => rest.split('}').next()?,
        None if names_organization(path) => return None,
        None => path.split('/').nth(2)?,
    };
    match argument(named)? {
        Value::String(id) => Some(id.clone()),
        Value::Object(pair) => pair.values().next()?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Whether a path is about an organization, which is the client's unless the call names one.
fn names_organization(path: &str) -> bool {
    path.starts_with("/organizations/organization/")
}
