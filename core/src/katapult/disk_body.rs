//! The body of calls that say nothing but which disk.

use serde::Serialize;

use crate::lookup::LookupBody;
use crate::{Lookup, Result};

#[derive(Serialize)]
pub(super) struct DiskBody<'a> {
    disk: LookupBody<'a>,
}

impl DiskBody<'_> {
    pub(super) fn new(disk: &Lookup) -> Result<DiskBody<'_>> {
        Ok(DiskBody { disk: disk.body("disk_id", None)? })
    }
}
