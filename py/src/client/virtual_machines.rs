//! The operations on virtual machines, which only read.

use katapult_disk::{GetVirtualMachine, ListVirtualMachines};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::list::ListOf;
use crate::objects::{VirtualMachine, VirtualMachineSummary};

#[pymethods]
impl Client {
    /// Reads a virtual machine, by its id or fqdn.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises VirtualMachineNotFound, ObjectInTrash.
    #[pyo3(signature = (virtual_machine, *, timeout=CallTimeout::Client))]
    fn get_virtual_machine<'py>(
        &self,
        py: Python<'py>,
        virtual_machine: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, VirtualMachine>> {
        let virtual_machine =
            read::required_named::<VirtualMachine>("virtual_machine", virtual_machine)?;
        let (answer, json) = self.call(py, &GetVirtualMachine::new(virtual_machine), timeout)?;
        VirtualMachine::of_answer(py, answer.into_virtual_machine(), json)
    }

    /// Iterates over the virtual machines of an organization (id or sub_domain), the client's by
    /// default, as VirtualMachineSummary objects.
    ///
    /// `annotations` is a mapping of str to str: only virtual machines with these. Pages of
    /// `page_size` are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated.
    #[pyo3(signature = (
        organization=None, *, annotations=None, page_size=200, timeout=CallTimeout::Client
    ))]
    fn list_virtual_machines<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<VirtualMachineSummary>> {
        let mut list = ListVirtualMachines::default();
        list.organization = read::organization(organization)?;
        list.annotations = read::annotations(annotations)?;
        list.per_page = page_size.or(Some(200));
        ListOf::new(py, &self.handle, list, timeout)
    }
}
