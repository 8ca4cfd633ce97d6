//! The operations that list disks.

use katapult_disk::{ListDisks, ListVirtualMachineDisks};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::list::ListOf;
use crate::objects::{DiskSummary, VirtualMachine, VirtualMachineDisk};

#[pymethods]
impl Client {
    /// Iterates over the disks of an organization (id or sub_domain), the client's by default, as
    /// DiskSummary objects.
    ///
    /// `annotations` is a mapping of str to str: only disks with these. Pages of `page_size` disks
    /// (1 to 200) are fetched as they are needed, and one is held at a time.
    ///
    /// Disks may be created and deleted meanwhile: `for disk in client.list_disks():
    /// client.delete_disk(disk)` deletes all. When the service's count of disks changes, pages have
    /// shifted, and the list is read again from its first page; what came before does not come again.
    /// So every disk that is there all the time comes exactly once, unless one is deleted and another
    /// created between two pages, which leaves the count as it was. The same holds for every list.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated.
    #[pyo3(signature = (
        organization=None, *, annotations=None, page_size=200, timeout=CallTimeout::Client
    ))]
    fn list_disks<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<DiskSummary>> {
        let mut list = ListDisks::default();
        list.organization = read::organization(organization)?;
        list.annotations = read::annotations(annotations)?;
        list.per_page = page_size.or(Some(200));
        ListOf::new(py, &self.handle, list, timeout)
    }

    /// Iterates over the disks of a virtual machine (id or fqdn), as VirtualMachineDisk objects,
    /// each with its `disk`. Pages are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates VirtualMachineNotFound, ObjectInTrash.
    #[pyo3(signature = (virtual_machine, *, timeout=CallTimeout::Client))]
    fn list_virtual_machine_disks<'py>(
        &self,
        py: Python<'py>,
        virtual_machine: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<VirtualMachineDisk>> {
        let list = ListVirtualMachineDisks::new(read::required_named::<VirtualMachine>(
            "virtual_machine",
            virtual_machine,
        )?);
        ListOf::new(py, &self.handle, list, timeout)
    }
}
