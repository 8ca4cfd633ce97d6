//! The Python package `katapult_disk`; this is its module `katapult_disk._katapult_disk`.
//!
//! * `client/`, `openstack/`: the two clients; `handle.rs`: what they share, and how a call is
//!   made without holding the interpreter.
//! * `arguments/`: from Python's values to the core's; `errors.rs`: from the core's errors to
//!   Python's exceptions, whose classes are in `errors.py`.
//! * `fleet/`: calls for many disks, whose results are iterated over.
//! * `log.rs`: from the core's log to Python's.
//! * `imported.rs`: Python's modules that are not imported for the package's sake.
//! * `shutdown.rs`: what may run Python code while the interpreter ends; `fork.rs`, `nesting.rs`: forks,
//!   and calls within calls.
//! * `object.rs`, `objects/`: the results; `restored.rs`: those that no call gave.
#![forbid(unsafe_code)]

mod arguments;
mod client;
mod errors;
mod fleet;
mod fork;
mod handle;
mod imported;
mod interrupt;
mod json;
mod list;
mod log;
mod nesting;
mod object;
mod objects;
mod openstack;
mod rate_limit;
mod request;
mod restored;
mod shutdown;
mod wait;

#[pyo3::pymodule]
mod _katapult_disk {
    use katapult_disk::{
        BusType, FileSystem, ResizeMethod, ScheduleInterval, Status, StorageSpeed, Word,
    };
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    use crate::imported::{self, Once};

    #[pymodule_export]
    use super::client::Client;
    #[pymodule_export]
    use super::fleet::{FleetCounts, FleetResult, FleetRun};
    #[pymodule_export]
    use super::list::ListIterator;
    #[pymodule_export]
    use super::object::Object;
    #[pymodule_export]
    use super::objects::{
        Country, CreatedDisk, DataCenter, DeletedDisk, Disk, DiskBackupPolicy,
        DiskBackupPolicyTarget, DiskInstallation, DiskInstallationAttribute, DiskIoProfile,
        DiskSummary, DiskTask, DiskTemplate, DiskTemplateSpec, DiskTemplateSpecField,
        DiskTemplateVersion, DiskTemplateVersionSpec, OperatingSystem, OperatingSystemBadge,
        Schedule, Task, TrashObject, VirtualMachine, VirtualMachineDisk, VirtualMachineSummary,
        VolumeAttachment, VolumeDetach, Zone,
    };
    #[pymodule_export]
    use super::rate_limit::RateLimit;
    #[pymodule_export]
    use super::restored::restore;

    /// The package's module of exceptions: the first that was given, however often it is imported.
    #[pyfunction]
    fn _first_errors<'py>(module: &Bound<'py, PyModule>) -> PyResult<Bound<'py, PyModule>> {
        static FIRST: Once<PyModule> = Once::new();
        imported::once(&FIRST, module.py(), || Ok(module.clone())).cloned()
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::fork::watch(module)?;
        super::shutdown::register(module)?;
        super::log::install();
        // Both clients are called Client, each in its public module.
        module.add("OpenStackClient", module.py().get_type::<super::openstack::Client>())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        let names = Status::ALL.iter().map(|status| status.name());
        module.add("_STATUS_NAMES", names.collect::<Vec<_>>())?;
        // The words that an argument may be, for the stubs.
        let words = PyDict::new(module.py());
        words.set_item("bus_type", BusType::known())?;
        words.set_item("initial_file_system", FileSystem::known())?;
        words.set_item("interval", ScheduleInterval::known())?;
        words.set_item("method", ResizeMethod::known())?;
        words.set_item("storage_speed", StorageSpeed::known())?;
        module.add("_WORDS", words)?;
        // The public names are those of the package.
        module.delattr("__all__")
    }
}
