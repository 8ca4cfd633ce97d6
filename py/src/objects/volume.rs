//! Volumes of OpenStack's servers.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::json::Json;
use crate::object::{self, Object, Resource};
use crate::wait::Watched;

/// A volume that is attached to a server. Which fields there are depends on the microversion.
#[pyclass(extends = Object, frozen, module = "katapult_disk.openstack")]
pub(crate) struct VolumeAttachment(katapult_disk::openstack::VolumeAttachment);

impl Resource for VolumeAttachment {
    type Value = katapult_disk::openstack::VolumeAttachment;

    const FIELDS: &'static [&'static str] = &[
        "volume_id",
        "server_id",
        "id",
        "device",
        "tag",
        "delete_on_termination",
        "attachment_id",
        "bdm_uuid",
    ];

    fn new(value: Self::Value) -> Self {
        VolumeAttachment(value)
    }
}

impl Watched for VolumeAttachment {
    const KEY: &'static str = "volumeAttachment";
    const SHOWN_BY: &'static str = "DetachLine";
}

#[pymethods]
impl VolumeAttachment {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The volume's id.
    #[getter]
    fn volume_id(&self) -> &str {
        &self.0.volume_id
    }

    /// The server's id.
    #[getter]
    fn server_id(&self) -> Option<&str> {
        self.0.server_id.as_deref()
    }

    /// The attachment's id up to microversion 2.88: the volume's id.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.0.id.as_deref()
    }

    /// Where the server sees it, such as `/dev/vdb`.
    #[getter]
    fn device(&self) -> Option<&str> {
        self.0.device.as_deref()
    }

    /// A text of the user's (from microversion 2.70).
    #[getter]
    fn tag(&self) -> Option<&str> {
        self.0.tag.as_deref()
    }

    /// Whether the volume goes with the server (from microversion 2.79).
    #[getter]
    fn delete_on_termination(&self) -> Option<bool> {
        self.0.delete_on_termination
    }

    /// The block storage's id of the attachment (from microversion 2.89). Nothing here takes it.
    #[getter]
    fn attachment_id(&self) -> Option<&str> {
        self.0.attachment_id.as_deref()
    }

    /// The compute service's id of the mapping (from microversion 2.89).
    #[getter]
    fn bdm_uuid(&self) -> Option<&str> {
        self.0.bdm_uuid.as_deref()
    }
}

/// The service has accepted to detach a volume.
#[pyclass(extends = Object, frozen, module = "katapult_disk.openstack")]
pub(crate) struct VolumeDetach(katapult_disk::openstack::VolumeDetach);

impl Resource for VolumeDetach {
    type Value = katapult_disk::openstack::VolumeDetach;

    const FIELDS: &'static [&'static str] = &["request_id"];

    fn new(value: Self::Value) -> Self {
        VolumeDetach(value)
    }
}

impl VolumeDetach {
    /// The response has no body; its JSON is what its header said.
    pub(crate) fn of<'py>(
        py: Python<'py>,
        detach: &katapult_disk::openstack::VolumeDetach,
    ) -> PyResult<Bound<'py, Self>> {
        object::create(py, detach.clone(), Json::new(detach.to_json()))
    }
}

#[pymethods]
impl VolumeDetach {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The compute service's id of the request (`req-…`), under which it records the action; None
    /// where nothing was left to detach, another request was waited for, or the response was lost.
    #[getter]
    fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }
}
