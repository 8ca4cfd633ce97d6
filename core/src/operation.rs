//! What an operation is: plain data that says which request it is. No I/O happens here.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use ureq::http::Method;

use crate::{Defaults, Result};

/// The Katapult Core API, as the service that performs an [`Operation`].
#[derive(Clone, Copy, Debug)]
pub struct Katapult;

/// One operation of a service: an instance is one call of it. This is its only description: the
/// request, the C function, the Python method and the tests follow from it.
///
/// Its fields are its arguments, named as the API names them. Those that [`PATH`](Operation::PATH)
/// has in braces go there, all others go into the query of a GET and into the JSON body of any
/// other request. `docs/adding-an-operation.md` shows how to add one.
pub trait Operation<Service = Katapult>: Serialize {
    /// What the response decodes to.
    type Output: Response;

    /// Its name in Rust and Python, such as `get_disk`.
    const NAME: &'static str;

    /// The request's method.
    const METHOD: Method;

    /// The request's path, below the service's base URL.
    const PATH: &'static str;

    /// The path of this call, where arguments decide that.
    fn path(&self) -> &'static str {
        Self::PATH
    }

    /// Finds mistakes that types do not exclude.
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the argument.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// Whether a disk, as a response shows it after the operation's task, has its effect. A task that has
    /// completed is no proof.
    fn shows(&self, _disk: &Value) -> bool {
        true
    }

    /// Completes the arguments as they will be sent.
    ///
    /// # Errors
    /// As [`Operation::check`].
    fn complete(&self, _arguments: &mut Map<String, Value>, _defaults: &Defaults) -> Result<()> {
        Ok(())
    }
}

/// What a response decodes to.
pub trait Response: DeserializeOwned + Debug {
    /// The top-level keys that every such response has.
    const KEYS: &'static [&'static str];
}

/// A response that names the task which the operation has started.
pub trait StartsTask: Response {}

/// An operation that starts a task, which goes on after the response: every one whose response says so.
pub trait TaskOperation: Operation<Output: StartsTask> {}

impl<O: Operation<Output: StartsTask>> TaskOperation for O {}

impl<S, O: Operation<S>> Operation<S> for &O {
    type Output = O::Output;
    const NAME: &'static str = O::NAME;
    const METHOD: Method = O::METHOD;
    const PATH: &'static str = O::PATH;

    fn path(&self) -> &'static str {
        O::path(self)
    }

    fn check(&self) -> Result<()> {
        O::check(self)
    }

    fn shows(&self, disk: &Value) -> bool {
        O::shows(self, disk)
    }

    fn complete(&self, arguments: &mut Map<String, Value>, defaults: &Defaults) -> Result<()> {
        O::complete(self, arguments, defaults)
    }
}
