//! Assign a disk: `POST /disks/disk/assign`.

use serde::Serialize;
use ureq::http::Method;

use super::get_disk::DiskAndAnnotations;
use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{Client, Config, Disk, Lookup, Operation, Request, Result};

/// Binds a disk to a virtual machine, at once and without a task. It is not attached by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignDisk {
    /// The disk, by id.
    pub disk: Lookup,
    /// The virtual machine: id or fqdn.
    pub virtual_machine: Lookup,
}

impl AssignDisk {
    /// Reads the API's own body without its `disk`: `{"virtual_machine": …}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(disk: impl Into<Lookup>, request: &str) -> Result<AssignDisk> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let virtual_machine = arguments.lookup("virtual_machine")?;
        let virtual_machine = arguments.required("virtual_machine", virtual_machine)?;
        arguments.finish()?;
        Ok(AssignDisk { disk: disk.into(), virtual_machine })
    }
}

#[derive(Serialize)]
struct Body<'a> {
    disk: LookupBody<'a>,
    virtual_machine: LookupBody<'a>,
}

impl Operation for AssignDisk {
    type Output = DiskAndAnnotations;

    const ANSWER_KEYS: &'static [&'static str] = &["disk"];

    fn request(&self, _: &Config) -> Result<Request> {
        let body = Body {
            disk: self.disk.body("disk_id", None)?,
            virtual_machine: self.virtual_machine.body("virtual_machine", Some("fqdn"))?,
        };
        Request::new(Method::POST, "/disks/disk/assign").json(&body)
    }
}

impl Client {
    /// Binds a disk to a virtual machine. The answer shows it: `detached`, and with
    /// `attach_on_boot` (recorded), so that the next start attaches it.
    ///
    /// # Errors
    /// `UnableToAssign`, `VirtualMachineNotFound`, `DiskNotFound`, `ObjectInTrash`,
    /// `PermissionDenied`.
    pub fn assign_disk(
        &self,
        disk: impl Into<Lookup>,
        virtual_machine: impl Into<Lookup>,
    ) -> Result<Disk> {
        let assign = AssignDisk { disk: disk.into(), virtual_machine: virtual_machine.into() };
        self.call(&assign).map(DiskAndAnnotations::into_disk)
    }
}
