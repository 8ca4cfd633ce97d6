//! Update a disk: `PATCH /disks/disk`.

use serde::Serialize;
use ureq::http::Method;

use super::annotations::Annotations;
use super::disk_arguments::Properties;
use super::get_disk::DiskAndAnnotations;
use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{Client, Config, Disk, DiskArguments, Error, Lookup, Operation, Request, Result};

/// Changes properties of a disk, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateDisk {
    /// The disk, by id.
    pub disk: Lookup,
    /// What to change; the rest stays. `size_in_gb` and `attach` are only for creating.
    pub properties: DiskArguments,
    /// The new annotations; `None` leaves them as they are.
    pub annotations: Option<Annotations>,
}

impl UpdateDisk {
    /// An update that changes nothing yet.
    pub fn new(disk: impl Into<Lookup>) -> UpdateDisk {
        UpdateDisk { disk: disk.into(), properties: DiskArguments::default(), annotations: None }
    }

    /// Reads the API's own body without its `disk`: `{"properties": {…}, "annotations": […]}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(disk: impl Into<Lookup>, request: &str) -> Result<UpdateDisk> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let update = UpdateDisk {
            disk: disk.into(),
            properties: match arguments.object("properties")? {
                Some(properties) => DiskArguments::read(properties)?,
                None => DiskArguments::default(),
            },
            annotations: arguments.annotations("annotations")?,
        };
        arguments.finish()?;
        Ok(update)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    disk: LookupBody<'a>,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotations: Option<&'a Annotations>,
}

impl Operation for UpdateDisk {
    type Output = DiskAndAnnotations;

    const ANSWER_KEYS: &'static [&'static str] = &["disk"];

    fn request(&self, _: &Config) -> Result<Request> {
        if self.properties.size_in_gb.is_some() {
            return Err(Error::invalid_argument(
                "size_in_gb can only be given when a disk is created; use resize_disk (in C \
                 katapult_disk_resize) for a disk that exists",
            ));
        }
        if self.properties.attach.is_some() {
            return Err(Error::invalid_argument(
                "attach can only be given when a disk is created; use attach_disk (in C \
                 katapult_disk_attach) for a disk that exists",
            ));
        }
        if self.properties == DiskArguments::default() && self.annotations.is_none() {
            return Err(Error::invalid_argument(
                "properties are missing: give at least one property or annotations to change",
            ));
        }
        let body = Body {
            disk: self.disk.body("disk_id", None)?,
            properties: self.properties.body()?,
            annotations: self.annotations.as_ref(),
        };
        Request::new(Method::PATCH, "/disks/disk").json(&body)
    }
}

impl Client {
    /// Changes properties of a disk; the answer shows them changed.
    ///
    /// # Errors
    /// `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `UnassignedDisk`, `ValidationError`.
    pub fn update_disk(&self, update: &UpdateDisk) -> Result<Disk> {
        self.call(update).map(DiskAndAnnotations::into_disk)
    }
}
