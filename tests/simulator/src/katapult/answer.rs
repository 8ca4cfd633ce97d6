//! Responses of success.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::json;
use crate::state::{Annotation, Disk, TaskView, TrashObject};

pub(super) struct Success {
    status: StatusCode,
    body: Vec<u8>,
}

impl Success {
    pub(super) fn ok(body: &impl Serialize) -> Self {
        Self { status: StatusCode::OK, body: json::to_bytes(body) }
    }

    pub(super) fn created(body: &impl Serialize) -> Self {
        Self { status: StatusCode::CREATED, body: json::to_bytes(body) }
    }
}

impl IntoResponse for Success {
    fn into_response(self) -> Response {
        (self.status, self.body).into_response()
    }
}

#[derive(Serialize)]
pub(super) struct TaskAnswer {
    pub(super) task: TaskView,
}

/// The keys beside `disk` differ from call to call (recorded); None is not sent.
#[derive(Serialize)]
pub(super) struct DiskAnswer<'a> {
    #[serde(serialize_with = "visible")]
    pub(super) disk: &'a Disk,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) task: Option<TaskView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) annotations: Option<&'a [Annotation]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trash_object: Option<TrashObject>,
}

impl<'a> DiskAnswer<'a> {
    /// assign, unassign
    pub(super) fn bare(disk: &'a Disk) -> Self {
        Self { disk, task: None, annotations: None, trash_object: None }
    }

    /// attach, detach, resize, io_profile
    pub(super) fn with_task(disk: &'a Disk, task: TaskView) -> Self {
        Self { task: Some(task), ..Self::bare(disk) }
    }

    /// get, update
    pub(super) fn with_annotations(disk: &'a Disk) -> Self {
        Self { annotations: Some(&disk.annotations), ..Self::bare(disk) }
    }
}

/// The disk, without its relation if a test hides that.
pub(super) fn visible<S: Serializer>(disk: &&Disk, serializer: S) -> Result<S::Ok, S::Error> {
    if !disk.hide_relation {
        return disk.serialize(serializer);
    }
    let mut document = json!(disk);
    if let Some(members) = document.as_object_mut() {
        members.shift_remove("virtual_machine_disk");
    }
    document.serialize(serializer)
}
