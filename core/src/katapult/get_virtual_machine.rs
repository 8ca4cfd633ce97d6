//! Get a virtual machine: `GET /virtual_machines/virtual_machine`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Annotations, Client, Operation, Response, Result, VirtualMachine, VirtualMachineRef};

/// Reads a virtual machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetVirtualMachine {
    /// The virtual machine: id or fqdn.
    #[new(into)]
    pub virtual_machine: VirtualMachineRef,
}

/// The response to [`GetVirtualMachine`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct VirtualMachineAndAnnotations {
    virtual_machine: VirtualMachine,
    annotations: Option<Annotations>,
}

impl VirtualMachineAndAnnotations {
    /// The virtual machine, with its annotations in it.
    pub fn into_virtual_machine(self) -> VirtualMachine {
        VirtualMachine { annotations: self.annotations, ..self.virtual_machine }
    }
}

impl Response for VirtualMachineAndAnnotations {
    const KEYS: &'static [&'static str] = &["virtual_machine"];
}

impl Operation for GetVirtualMachine {
    type Output = VirtualMachineAndAnnotations;
    const NAME: &'static str = "get_virtual_machine";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/virtual_machines/virtual_machine";
}

impl Client {
    /// Reads a virtual machine.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let virtual_machine = client.get_virtual_machine("web-1.acme.example")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `VirtualMachineNotFound`, `ObjectInTrash`.
    pub fn get_virtual_machine(
        &self,
        virtual_machine: impl Into<VirtualMachineRef>,
    ) -> Result<VirtualMachine> {
        self.call(&GetVirtualMachine::new(virtual_machine))
            .map(VirtualMachineAndAnnotations::into_virtual_machine)
    }
}
