//! The operations on the volumes of a server.

use katapult_disk::openstack::{GetVolumeAttachment, ListVolumeAttachments};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::json::Json;
use crate::object;
use crate::objects::{VolumeAttachment, VolumeDetach};
use crate::wait::{self, Wait, WaitArguments, Watched};

#[pymethods]
impl Client {
    /// Asks for a volume to be detached from a server. The service does it after its response: the
    /// volume is free only when the attachment is gone, for which `wait=True` waits.
    ///
    /// With `missing_ok=True` a volume that is not attached counts as detached, if that is proven: the
    /// server exists, its list of attachments was read, and the volume is not in it. A server that is
    /// not found and an id that is not the volume's (an attachment's, a name, one without its hyphens
    /// or cut short) are errors, whose `hint` says what the id is where that can be known. `timeout` (in
    /// seconds; None is no limit, 0 is to look once) and `progress` are for the wait: `progress` is
    /// True for a line on stderr, or a callable that gets the VolumeAttachment after each poll that
    /// still finds the volume attached; what it raises ends the wait, and the detach goes on.
    ///
    /// Sends DELETE /servers/{server_id}/os-volume_attachments/{volume_id}; the wait also GET
    /// of the same until it is not found, and GET
    /// /servers/{server_id}/os-instance-actions/{request_id} to see whether the detach has failed.
    /// After a response that was lost it looks what has become of the detach, and never sends the
    /// DELETE again. After a refusal it reads what explains it: the list of attachments, the servers,
    /// or the server's actions.
    ///
    /// Nova refuses a volume that is not in use. If the server's actions show a detach under way, the
    /// wait is for that, and ends with Nova's words if the volume is still attached after it. If they
    /// show an attach under way, and while the server is busy (409, task_state), the wait repeats the
    /// DELETE after 2 s and every 5 s within `timeout`; once, and at once, after an attach that has just
    /// ended. Else, for instance of a reserved volume, Nova's words are raised at once, as BadRequest.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises InvalidArgument for an id with anything but digits, lower-case letters and hyphens,
    /// VolumeNotAttached (proven), ServerNotFound, NotFound (of another id), AlreadyDetaching
    /// (without `wait`), RootDevice, Conflict (the server's state does not permit it), BadRequest,
    /// Forbidden, Unauthorized; with `wait` also DetachFailed, and TimedOut, after which the detach
    /// may still happen.
    #[pyo3(signature = (
        server_id, volume_id, *, missing_ok=false, wait=false, timeout=600.0, progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn detach_volume<'py>(
        &self,
        py: Python<'py>,
        server_id: &Bound<'py, PyAny>,
        volume_id: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::missing_ok)] missing_ok: bool,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, VolumeDetach>> {
        let server_id = read::required_text("server_id", server_id)?;
        let volume_id = read::required_text("volume_id", volume_id)?;
        let detach = match (WaitArguments { wait, timeout, progress }).read(py)? {
            Wait::Not(timeout) => self
                .handle
                .within(timeout)
                .call(py, |client| client.detach_volume(&server_id, &volume_id, missing_ok))?,
            Wait::For(waiting) => {
                let ids = [server_id.as_str(), &volume_id];
                wait::detach_volume(py, &self.handle, ids, missing_ok, &waiting)?
            }
        };
        VolumeDetach::of(py, &detach)
    }

    /// Reads all volumes of a server, as a list of VolumeAttachment objects.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument as `detach_volume`, ServerNotFound, Forbidden, Unauthorized.
    #[pyo3(signature = (server_id, *, timeout=CallTimeout::Client))]
    fn list_volume_attachments<'py>(
        &self,
        py: Python<'py>,
        server_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Vec<Bound<'py, VolumeAttachment>>> {
        let server_id = read::required_text("server_id", server_id)?;
        let (list, json) = self.handle.within(timeout).call(py, |client| {
            let (list, response) =
                client.call_with_response(&ListVolumeAttachments::new(server_id))?;
            Ok((list, Json::new(response.into_body())))
        })?;
        object::items(py, list.volume_attachments, &json, "volumeAttachments")
    }

    /// Reads one volume of a server.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument as `detach_volume`, ServerNotFound, VolumeNotAttached (what Nova says of
    /// any UUID that is not an attached volume's), NotFound, Forbidden, Unauthorized.
    #[pyo3(signature = (server_id, volume_id, *, timeout=CallTimeout::Client))]
    fn get_volume_attachment<'py>(
        &self,
        py: Python<'py>,
        server_id: &Bound<'py, PyAny>,
        volume_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, VolumeAttachment>> {
        let server_id = read::required_text("server_id", server_id)?;
        let volume_id = read::required_text("volume_id", volume_id)?;
        let (answer, json) = self.handle.within(timeout).call(py, |client| {
            let (answer, response) =
                client.call_with_response(&GetVolumeAttachment::new(server_id, volume_id))?;
            Ok((answer, Json::new(response.into_body())))
        })?;
        object::part(py, answer.volume_attachment, &json, VolumeAttachment::KEY)
    }
}
