//! What both clients are made of: a core client that can be closed, and how to call it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use katapult_disk::{Client, Error, Result, openstack};
use pyo3::prelude::*;

use crate::arguments::CallTimeout;
use crate::{errors, interrupt, log, nesting};

/// A core client until it is closed.
///
/// The lock is only ever held for a moment by a thread that is attached to the interpreter, so
/// that no fork can happen meanwhile.
pub(crate) struct Handle<C> {
    client: Arc<Mutex<Option<C>>>,
    timeout: CallTimeout,
}

/// A client of either service, of which clones are the same client.
pub(crate) trait CoreClient: Clone + Send + Sync {
    fn with_timeout(&self, timeout: Option<Duration>) -> Result<Self>;

    fn interrupt(&self);
}

impl CoreClient for Client {
    fn with_timeout(&self, timeout: Option<Duration>) -> Result<Client> {
        Client::with_timeout(self, timeout)
    }

    fn interrupt(&self) {
        Client::interrupt(self);
    }
}

impl CoreClient for openstack::Client {
    fn with_timeout(&self, timeout: Option<Duration>) -> Result<openstack::Client> {
        openstack::Client::with_timeout(self, timeout)
    }

    fn interrupt(&self) {
        openstack::Client::interrupt(self);
    }
}

impl<C: CoreClient> Handle<C> {
    /// Makes the core client, which may read files.
    pub(crate) fn new(py: Python<'_>, make: impl FnOnce() -> Result<C> + Send) -> PyResult<Self> {
        let client = detached(py, make)?;
        Ok(Handle { client: Arc::new(Mutex::new(Some(client))), timeout: CallTimeout::Client })
    }

    /// The same client, closed when it is closed, for calls that have a timeout of their own.
    pub(crate) fn within(&self, timeout: CallTimeout) -> Handle<C> {
        Handle { client: Arc::clone(&self.client), timeout }
    }

    /// Calls the core without the interpreter, so that other threads run meanwhile.
    pub(crate) fn call<T: Send>(
        &self,
        py: Python<'_>,
        call: impl FnOnce(&C) -> Result<T> + Send,
    ) -> PyResult<T> {
        let client = self.open(py)?;
        detached(py, || call(&client))
    }

    pub(crate) fn open(&self, py: Python<'_>) -> PyResult<C> {
        let client = self.client.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let client = client.ok_or_else(|| errors::invalid_argument(py, "the client is closed"))?;
        match self.timeout {
            CallTimeout::Client => Ok(client),
            CallTimeout::Own(timeout) => {
                client.with_timeout(timeout).map_err(|error| errors::exception(py, error))
            }
        }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// What `repr` shows of a client, of which `about` are the arguments.
    pub(crate) fn shown(&self, about: &str) -> String {
        let closed = if self.is_closed() { "closed, " } else { "" };
        format!("Client({})", format!("{closed}{about}").trim_end_matches(", "))
    }

    /// Ends the calls that run, whose connections go with the last of them.
    pub(crate) fn close(&self) {
        let client = self.client.lock().unwrap_or_else(PoisonError::into_inner).take();
        client.iter().for_each(C::interrupt);
    }

    /// Ends the calls that run. Of a closed client there are none.
    pub(crate) fn interrupt(&self) {
        self.client.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(C::interrupt);
    }
}

/// Runs without the interpreter, so that other threads run meanwhile.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    call: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    let _nested = nesting::enter()?;
    interrupt::note_thread(py)?;
    log::ask(py)?;
    // Caught here: pyo3's PanicException passes by `except Exception`.
    let result = py.detach(|| {
        catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| Err(Error::of_panic(&*panic)))
    });
    let result = result.map_err(|error| errors::exception(py, error));
    match log::take_raised() {
        None => result,
        Some(raised) => {
            raised.set_context(py, result.err());
            Err(raised)
        }
    }
}
