//! Objects that no call gave: of a pickle, or of a mapping in somebody's tests.

use std::collections::HashMap;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyType};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::arguments::{self as read, Argument, wrong};
use crate::errors::invalid_argument;
use crate::imported::intern;
use crate::json::{self, Json};
use crate::object::{Object, Resource, create};
use crate::objects::*;
use crate::shutdown;

/// Why a text is not an object of a class.
enum Mistake {
    /// There is no such class.
    Class,
    /// The text has another shape.
    Shape {
        /// Where, such as `io_profile.iops`; empty if it is the whole.
        member: String,
        /// What goes on after that, such as "must be a str, not int".
        why: String,
    },
    /// Python's own.
    Raised(PyErr),
}

impl From<PyErr> for Mistake {
    fn from(error: PyErr) -> Mistake {
        Mistake::Raised(error)
    }
}

type Restored<'py> = Result<Bound<'py, Object>, Mistake>;

/// Makes a pickled object again.
#[pyfunction]
#[pyo3(name = "_restore")]
pub(crate) fn restore<'py>(
    py: Python<'py>,
    class: &str,
    source: String,
) -> PyResult<Bound<'py, Object>> {
    of_class(py, class, source).map_err(|mistake| match mistake {
        Mistake::Class => PyValueError::new_err(format!("not a class of this version: {class}")),
        Mistake::Shape { member, why } => {
            PyValueError::new_err(format!("not what was pickled: {}", sentence(&member, &why)))
        }
        Mistake::Raised(error) => error,
    })
}

/// An object of what `to_dict` gives.
pub(crate) fn from_mapping<'py>(
    class: &Bound<'py, PyType>,
    mapping: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, Object>> {
    made(class, "", dumps(class, mapping)?)
}

/// An object of what `to_dict` gives, which is `key` in a response with annotations beside it.
pub(crate) fn with_annotations<'py>(
    class: &Bound<'py, PyType>,
    key: &str,
    mapping: &Bound<'py, PyAny>,
    annotations: Argument<'_, 'py>,
) -> PyResult<Bound<'py, Object>> {
    let own = dumps(class, mapping)?;
    if serde_json::from_str::<HashMap<String, IgnoredAny>>(&own)
        .is_ok_and(|members| members.contains_key("annotations"))
    {
        let text =
            "the mapping has annotations, which a response has beside it: give annotations=...";
        return Err(invalid_argument(class.py(), text));
    }
    let source = match read::annotations(annotations)? {
        None => format!(r#"{{"{key}":{own}}}"#),
        Some(annotations) => {
            let annotations = serde_json::to_string(&annotations)
                .map_err(|error| PyValueError::new_err(error.to_string()))?;
            format!(r#"{{"{key}":{own},"annotations":{annotations}}}"#)
        }
    };
    made(class, key, source)
}

/// An object of a text, in which it is the member `key`, or all of it.
fn made<'py>(
    class: &Bound<'py, PyType>,
    key: &str,
    source: String,
) -> PyResult<Bound<'py, Object>> {
    let (py, name) = (class.py(), class.name()?.to_string());
    of_class(py, &name, source).map_err(|mistake| match mistake {
        Mistake::Class => {
            let text = format!("{name}.from_dict makes nothing: use the class of the object");
            invalid_argument(py, text)
        }
        Mistake::Shape { member, why } => {
            let member = member.strip_prefix(key).unwrap_or(&member).trim_start_matches('.');
            invalid_argument(py, format!("{name}.from_dict: {}", sentence(member, &why)))
        }
        Mistake::Raised(error) => error,
    })
}

/// What is wrong with a member, or with the whole.
fn sentence(member: &str, why: &str) -> String {
    match (member, why.strip_prefix("missing field ")) {
        (_, Some(missing)) => {
            let dot = if member.is_empty() { "" } else { "." };
            format!("{member}{dot}{} is missing", missing.trim_matches('`'))
        }
        ("", None) => why.to_owned(),
        (_, None) => format!("{member} {why}"),
    }
}

/// The JSON text of a mapping, whose values may be mappings of any kind.
fn dumps<'py>(class: &Bound<'py, PyType>, mapping: &Bound<'py, PyAny>) -> PyResult<String> {
    let py = class.py();
    if mapping.cast::<PyMapping>().is_err() {
        return Err(wrong("mapping", "a mapping such as to_dict gives", mapping));
    }
    let options = PyDict::new(py);
    options.set_item("default", py.get_type::<PyDict>())?;
    // The mapping may be a class of the caller's.
    let dict = shutdown::visit(py, || py.get_type::<PyDict>().call1((mapping,)))?;
    let text = shutdown::visit(py, || {
        py.import("json")?.call_method(intern!(py, "dumps"), (dict,), Some(&options))
    });
    text.and_then(|text| text.extract()).map_err(|error| {
        if error.is_instance_of::<PyTypeError>(py) || error.is_instance_of::<PyValueError>(py) {
            let name = class.name().map(|name| name.to_string()).unwrap_or_default();
            let text = format!("{name}.from_dict: not what JSON can hold: {}", error.value(py));
            return invalid_argument(py, text);
        }
        error
    })
}

fn of_class<'py>(py: Python<'py>, class: &str, source: String) -> Restored<'py> {
    if source.len() as u64 > json::LONGEST {
        return Err(Mistake::Shape { member: String::new(), why: "too large".to_owned() });
    }
    let source = Json::new(source);
    match class {
        "Disk" => {
            let disk = parse::<katapult_disk::DiskAndAnnotations>(&source)?.into_disk();
            Ok(Disk::of_answer(py, disk, source)?.into_super())
        }
        "VirtualMachine" => {
            let machine = parse::<katapult_disk::VirtualMachineAndAnnotations>(&source)?;
            let machine = machine.into_virtual_machine();
            Ok(VirtualMachine::of_answer(py, machine, source)?.into_super())
        }
        "DiskTask" => decode::<DiskTask>(py, source),
        "CreatedDisk" => decode::<CreatedDisk>(py, source),
        "Task" => decode::<Task>(py, source),
        "DiskSummary" => decode::<DiskSummary>(py, source),
        "DeletedDisk" => decode::<DeletedDisk>(py, source),
        "TrashObject" => decode::<TrashObject>(py, source),
        "DiskIoProfile" => decode::<DiskIoProfile>(py, source),
        "DataCenter" => decode::<DataCenter>(py, source),
        "Country" => decode::<Country>(py, source),
        "VirtualMachineDisk" => decode::<VirtualMachineDisk>(py, source),
        "VirtualMachineSummary" => decode::<VirtualMachineSummary>(py, source),
        "Zone" => decode::<Zone>(py, source),
        "DiskInstallation" => decode::<DiskInstallation>(py, source),
        "DiskInstallationAttribute" => decode::<DiskInstallationAttribute>(py, source),
        "DiskTemplateVersion" => decode::<DiskTemplateVersion>(py, source),
        "DiskTemplate" => decode::<DiskTemplate>(py, source),
        "DiskTemplateVersionSpec" => decode::<DiskTemplateVersionSpec>(py, source),
        "DiskTemplateSpec" => decode::<DiskTemplateSpec>(py, source),
        "DiskTemplateSpecField" => decode::<DiskTemplateSpecField>(py, source),
        "OperatingSystem" => decode::<OperatingSystem>(py, source),
        "OperatingSystemBadge" => decode::<OperatingSystemBadge>(py, source),
        "DiskBackupPolicy" => decode::<DiskBackupPolicy>(py, source),
        "DiskBackupPolicyTarget" => decode::<DiskBackupPolicyTarget>(py, source),
        "Schedule" => decode::<Schedule>(py, source),
        "VolumeAttachment" => decode::<VolumeAttachment>(py, source),
        "VolumeDetach" => decode::<VolumeDetach>(py, source),
        _ => Err(Mistake::Class),
    }
}

fn decode<T: Resource>(py: Python<'_>, source: Json) -> Restored<'_> {
    Ok(create::<T>(py, parse(&source)?, source)?.into_super())
}

fn parse<V: DeserializeOwned>(source: &Json) -> Result<V, Mistake> {
    let mut deserializer = serde_json::Deserializer::from_str(source.as_str());
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let text = error.inner().to_string();
        // Where in the text says nothing to whoever has no text.
        let why = in_words(text.split(" at line ").next().unwrap_or_default());
        Mistake::Shape { member: error.path().to_string().trim_matches('.').to_owned(), why }
    })
}

/// What serde says of a wrong type, with Python's names of types. Its words are those of `serde::de::Error`; the
/// tests hold them.
fn in_words(problem: &str) -> String {
    let part = |beginning| problem.strip_prefix(beginning)?.rsplit_once(", expected ");
    let Some((given, expected)) = part("invalid type: ").or_else(|| part("invalid value: ")) else {
        return problem.to_owned();
    };
    let expected = match expected {
        "a string" | "a borrowed string" => "a str",
        "a boolean" => "a bool",
        "u64" | "u32" | "usize" => "an int of at least 0",
        "i64" | "i32" => "an int",
        "f64" => "a number",
        "a sequence" => "a list",
        _ if expected.starts_with("struct ") || expected.starts_with("a map") => "a mapping",
        _ => expected,
    };
    let given = match given.split([' ', '`']).next().unwrap_or_default() {
        "integer" if problem.starts_with("invalid value") => {
            given.trim_start_matches("integer ").trim_matches('`')
        }
        "integer" => "int",
        "floating" => "float",
        "string" => "str",
        "boolean" => "bool",
        "sequence" => "list",
        "map" => "dict",
        "null" | "unit" => "None",
        _ => given,
    };
    format!("must be {expected}, not {given}")
}
