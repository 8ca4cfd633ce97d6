//! Change a disk's I/O profile: `PUT /disks/disk/io_profile`.

use serde::Serialize;
use ureq::http::Method;

use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{Client, Config, DiskTask, Lookup, Operation, Request, Result};

/// Gives a disk other limits of speed; a task does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetDiskIoProfile {
    /// The disk, by id.
    pub disk: Lookup,
    /// The I/O profile: id or permalink.
    pub io_profile: Lookup,
}

impl SetDiskIoProfile {
    /// Reads the API's own body without its `disk`: `{"io_profile": …}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(disk: impl Into<Lookup>, request: &str) -> Result<SetDiskIoProfile> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let io_profile = arguments.lookup("io_profile")?;
        let io_profile = arguments.required("io_profile", io_profile)?;
        arguments.finish()?;
        Ok(SetDiskIoProfile { disk: disk.into(), io_profile })
    }
}

#[derive(Serialize)]
struct Body<'a> {
    disk: LookupBody<'a>,
    io_profile: LookupBody<'a>,
}

impl Operation for SetDiskIoProfile {
    type Output = DiskTask;

    const ANSWER_KEYS: &'static [&'static str] = &["disk", "task"];

    fn request(&self, _: &Config) -> Result<Request> {
        let body = Body {
            disk: self.disk.body("disk_id", None)?,
            io_profile: self.io_profile.body("io_profile", Some("permalink"))?,
        };
        Request::new(Method::PUT, "/disks/disk/io_profile").json(&body)
    }
}

impl Client {
    /// Gives a disk other limits of speed. The answer's disk has the old ones (recorded); wait for
    /// the task.
    ///
    /// # Errors
    /// `DiskIoProfileNotFound`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`,
    /// `TaskQueueingError`.
    pub fn set_disk_io_profile(
        &self,
        disk: impl Into<Lookup>,
        io_profile: impl Into<Lookup>,
    ) -> Result<DiskTask> {
        self.call(&SetDiskIoProfile { disk: disk.into(), io_profile: io_profile.into() })
    }
}
