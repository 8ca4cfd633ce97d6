//! Get a virtual machine: `GET /virtual_machines/virtual_machine`.

use serde::Deserialize;

use super::annotations::Annotations;
use crate::{Client, Config, Lookup, Operation, Request, Result, VirtualMachine};

/// Reads a virtual machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetVirtualMachine {
    /// The virtual machine: id or fqdn.
    pub virtual_machine: Lookup,
}

/// The answer to [`GetVirtualMachine`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
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

impl Operation for GetVirtualMachine {
    type Output = VirtualMachineAndAnnotations;

    const ANSWER_KEYS: &'static [&'static str] = &["virtual_machine"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.virtual_machine.pair("virtual_machine", Some("fqdn"))?;
        Ok(Request::get("/virtual_machines/virtual_machine").lookup("virtual_machine", pair))
    }
}

impl Client {
    /// Reads a virtual machine.
    ///
    /// # Errors
    /// `VirtualMachineNotFound`, `ObjectInTrash`.
    pub fn get_virtual_machine(
        &self,
        virtual_machine: impl Into<Lookup>,
    ) -> Result<VirtualMachine> {
        self.call(&GetVirtualMachine { virtual_machine: virtual_machine.into() })
            .map(VirtualMachineAndAnnotations::into_virtual_machine)
    }
}
