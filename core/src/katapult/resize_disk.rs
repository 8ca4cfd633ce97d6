//! Resize a disk: `PUT /disks/disk/resize`.

use std::str::FromStr;

use derive_new::new;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ureq::http::Method;

use crate::arguments::{Bounds, disk_size};
use crate::word::{self, Word};
use crate::{Client, DiskRef, DiskTask, Error, Operation, Result};

/// Grows or shrinks a disk; a task does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct ResizeDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The size that it shall have, in GB, as [`DiskArguments::size_in_gb`](crate::DiskArguments::size_in_gb).
    #[serde(deserialize_with = "disk_size")]
    pub size_in_gb: u64,
    /// How; the service decides when it is not given.
    #[serde(default, rename(serialize = "resize_method"), alias = "resize_method")]
    #[serde(deserialize_with = "word::argument")]
    #[new(default)]
    pub method: Option<ResizeMethod>,
}

/// How a disk is resized.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum ResizeMethod {
    /// While it is not attached. A supported file system grows or shrinks with it.
    Offline,
    /// While it is attached; it can only grow. The file system is left to the virtual machine.
    Online,
}

impl ResizeMethod {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}

impl Word for ResizeMethod {
    const ARGUMENT: &'static str = "method";
}

impl FromStr for ResizeMethod {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<ResizeMethod> {
        Word::parse(word)
    }
}

impl Operation for ResizeDisk {
    type Output = DiskTask;
    const NAME: &'static str = "resize_disk";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/disks/disk/resize";

    fn shows(&self, disk: &Value) -> bool {
        disk["size_in_gb"] == self.size_in_gb
    }

    fn check(&self) -> Result<()> {
        Bounds::DISK_SIZE.check("size_in_gb", Some(self.size_in_gb))
    }
}

impl Client {
    /// Resizes a disk. The response's disk has the old size (recorded); wait for the task, then read
    /// the disk: a task that completed does not prove that a blank disk has shrunk.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let started = client.resize_disk("disk_Ot5Ne8Dk2Sw7Vh1R", 40, None)?;
    /// client.wait_task(&started, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ValidationError`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `TaskQueueingError`.
    pub fn resize_disk(
        &self,
        disk: impl Into<DiskRef>,
        size_in_gb: u64,
        method: Option<ResizeMethod>,
    ) -> Result<DiskTask> {
        self.call(&ResizeDisk { disk: disk.into(), size_in_gb, method })
    }
}
