//! The operations that list disks.

use katapult_disk::{ListDisks, ListVirtualMachineDisks};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument};
use crate::list::ListIterator;
use crate::objects::{DiskSummary, VirtualMachine, VirtualMachineDisk};

#[pymethods]
impl Client {
    /// Iterates over the disks of an organization (id or sub_domain), the client's by default, as
    /// DiskSummary objects.
    ///
    /// `annotations` is a mapping of str to str: only disks with these. Pages of `page_size` disks
    /// are fetched as they are needed, and one is held at a time.
    ///
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated.
    #[pyo3(
        signature = (organization=None, *, annotations=None, page_size=None),
        text_signature = "($self, organization=None, *, annotations=None, page_size=200)"
    )]
    fn list_disks<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
        page_size: Argument<'_, 'py>,
    ) -> PyResult<ListIterator> {
        let list = ListDisks {
            organization: read::lookup("organization", organization)?,
            annotations: read::annotations(annotations)?,
            page: None,
            per_page: read::page_size(page_size)?.or(Some(200)),
        };
        ListIterator::new::<_, DiskSummary>(py, &self.handle, list)
    }

    /// Iterates over the disks of a virtual machine (id or fqdn), as VirtualMachineDisk objects,
    /// each with its `disk`. Pages are fetched as they are needed.
    ///
    /// Raises InvalidArgument at once; while it iterates VirtualMachineNotFound, ObjectInTrash.
    fn list_virtual_machine_disks<'py>(
        &self,
        py: Python<'py>,
        virtual_machine: &Bound<'py, PyAny>,
    ) -> PyResult<ListIterator> {
        let list = ListVirtualMachineDisks {
            virtual_machine: read::required_named::<VirtualMachine>(
                "virtual_machine",
                virtual_machine,
            )?,
            page: None,
            per_page: None,
        };
        ListIterator::new::<_, VirtualMachineDisk>(py, &self.handle, list)
    }
}
