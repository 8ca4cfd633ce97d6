//! Resize a disk: `PUT /disks/disk/resize`.

use std::str::FromStr;

use serde::Serialize;
use ureq::http::Method;

use crate::arguments::{Arguments, one_of};
use crate::lookup::LookupBody;
use crate::{Client, Config, DiskTask, Error, Lookup, Operation, Request, Result};

/// Grows or shrinks a disk; a task does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResizeDisk {
    /// The disk, by id.
    pub disk: Lookup,
    /// The size that it shall have, in GB.
    pub size_in_gb: u64,
    /// How; the service decides when it is not given.
    pub method: Option<ResizeMethod>,
}

/// How a disk is resized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResizeMethod {
    /// While it is not attached. A supported file system grows or shrinks with it.
    Offline,
    /// While it is attached; it can only grow. The file system is left to the virtual machine.
    Online,
}

impl ResizeMethod {
    /// What the API documents.
    pub const KNOWN: [ResizeMethod; 2] = [ResizeMethod::Offline, ResizeMethod::Online];

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            ResizeMethod::Offline => "offline",
            ResizeMethod::Online => "online",
        }
    }
}

impl FromStr for ResizeMethod {
    type Err = Error;

    fn from_str(word: &str) -> Result<ResizeMethod> {
        one_of("method", word, ResizeMethod::KNOWN, |known| known.as_str())
    }
}

impl ResizeDisk {
    /// Reads the API's own body without its `disk`: `{"size_in_gb": 40, "resize_method": …}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(disk: impl Into<Lookup>, request: &str) -> Result<ResizeDisk> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let size_in_gb = arguments.whole_number("size_in_gb")?;
        let resize = ResizeDisk {
            disk: disk.into(),
            size_in_gb: arguments.required("size_in_gb", size_in_gb)?,
            method: arguments
                .text("resize_method")?
                .map(|word| {
                    one_of("resize_method", &word, ResizeMethod::KNOWN, |known| known.as_str())
                })
                .transpose()?,
        };
        arguments.finish()?;
        Ok(resize)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    disk: LookupBody<'a>,
    size_in_gb: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    resize_method: Option<ResizeMethod>,
}

impl Operation for ResizeDisk {
    type Output = DiskTask;

    const ANSWER_KEYS: &'static [&'static str] = &["disk", "task"];

    fn request(&self, _: &Config) -> Result<Request> {
        if self.size_in_gb == 0 {
            return Err(Error::invalid_argument("size_in_gb must be at least 1, not 0"));
        }
        let body = Body {
            disk: self.disk.body("disk_id", None)?,
            size_in_gb: self.size_in_gb,
            resize_method: self.method,
        };
        Request::new(Method::PUT, "/disks/disk/resize").json(&body)
    }
}

impl Client {
    /// Resizes a disk. The answer's disk has the old size (recorded); wait for the task, then read
    /// the disk: a task that completed is no proof that a blank disk has shrunk.
    ///
    /// # Errors
    /// `ValidationError`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `TaskQueueingError`.
    pub fn resize_disk(
        &self,
        disk: impl Into<Lookup>,
        size_in_gb: u64,
        method: Option<ResizeMethod>,
    ) -> Result<DiskTask> {
        self.call(&ResizeDisk { disk: disk.into(), size_in_gb, method })
    }
}
