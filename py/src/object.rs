//! The base of all results.

use katapult_disk::Annotations;
use pyo3::PyClass;
use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBool, PyDateTime, PyMappingProxy, PyTuple, PyTzInfo};
use serde::de::DeserializeOwned;

use crate::json::{self, Json};
use crate::objects::*;

/// A result of a call: frozen, comparable, hashable and picklable.
///
/// Two objects are equal if they are of one type and the API sent the same for both, fields that
/// this version does not know included.
#[pyclass(subclass, frozen, weakref, module = "katapult_disk._katapult_disk")]
pub(crate) struct Object {
    /// What the API sent for this object.
    own: Json,
    /// What the object can be made of again, if that is more than `own`: for what stands beside it.
    /// Boxed, since it is rare and lists keep many objects.
    source: Option<Box<Json>>,
}

/// A function and its arguments, as pickle wants it.
type Reduced<'py> = (Bound<'py, PyAny>, (Bound<'py, PyAny>, String));

/// A class of results, over the core's type of it.
pub(crate) trait Resource: PyClass<BaseType = Object> {
    type Value: Clone + DeserializeOwned;

    /// Its attributes, in the order for pattern matching and `repr`.
    const FIELDS: &'static [&'static str];

    fn new(value: Self::Value) -> Self;
}

/// What a class has as `__match_args__`.
pub(crate) fn match_args<T: Resource>(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    PyTuple::new(py, T::FIELDS)
}

/// A Python object of a value and the JSON that it was decoded from.
pub(crate) fn create<T: Resource>(
    py: Python<'_>,
    value: T::Value,
    own: Json,
) -> PyResult<Bound<'_, T>> {
    new(py, value, Object { own, source: None })
}

/// As [`create`], for an object that takes more than its own JSON to be made again.
pub(crate) fn create_from<T: Resource>(
    py: Python<'_>,
    value: T::Value,
    own: Json,
    source: Json,
) -> PyResult<Bound<'_, T>> {
    new(py, value, Object { own, source: Some(Box::new(source)) })
}

fn new<T: Resource>(py: Python<'_>, value: T::Value, object: Object) -> PyResult<Bound<'_, T>> {
    Bound::new(py, PyClassInitializer::from(object).add_subclass(T::new(value)))
}

/// The object in a member of another one.
pub(crate) fn member<'py, P: Resource, T: Resource>(
    parent: &Bound<'py, P>,
    key: &str,
    value: Option<&T::Value>,
) -> PyResult<Option<Bound<'py, T>>> {
    let own = || own(parent).member(key);
    match value.and_then(|value| Some((value, own()?))) {
        Some((value, own)) => create(parent.py(), value.clone(), own).map(Some),
        None => Ok(None),
    }
}

/// The object in a member of an answer.
pub(crate) fn part<'py, T: Resource>(
    py: Python<'py>,
    value: T::Value,
    answer: &Json,
    key: &str,
) -> PyResult<Bound<'py, T>> {
    create(py, value, answer.member(key).unwrap_or_else(|| answer.clone()))
}

/// The objects of an array in a member of something.
pub(crate) fn items<'py, T: Resource>(
    py: Python<'py>,
    values: impl IntoIterator<Item = T::Value>,
    parent: &Json,
    key: &str,
) -> PyResult<Vec<Bound<'py, T>>> {
    let items = parent.member(key).map(|array| array.items()).unwrap_or_default();
    values.into_iter().zip(items).map(|(value, own)| create(py, value, own)).collect()
}

/// What the API sent for an object.
pub(crate) fn own<'a, T: Resource>(object: &'a Bound<'_, T>) -> &'a Json {
    &object.as_super().get().own
}

/// An aware datetime of Unix seconds; `None` if no datetime can hold them.
pub(crate) fn time(
    py: Python<'_>,
    seconds: Option<i64>,
) -> PyResult<Option<Bound<'_, PyDateTime>>> {
    let utc = PyTzInfo::utc(py)?;
    Ok(seconds.and_then(|at| PyDateTime::from_timestamp(py, at as f64, Some(&utc)).ok()))
}

/// A read-only mapping of annotations.
pub(crate) fn annotations<'py>(
    py: Python<'py>,
    annotations: Option<&Annotations>,
) -> PyResult<Option<Bound<'py, PyMappingProxy>>> {
    let proxy = |annotations: &Annotations| {
        Ok(PyMappingProxy::new(py, annotations.iter().into_py_dict(py)?.as_mapping()))
    };
    annotations.map(proxy).transpose()
}

/// `__eq__` of a class whose annotations count too, although the API sends them beside the object.
pub(crate) fn eq_with_annotations<'py>(
    slf: &Bound<'py, Object>,
    other: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let annotations = intern!(slf.py(), "annotations");
    if slf.get_type().is(other.get_type())
        && !slf.getattr(annotations)?.eq(other.getattr(annotations)?)?
    {
        return Ok(PyBool::new(slf.py(), false).to_owned().into_any());
    }
    Object::__eq__(slf, other)
}

#[pymethods]
impl Object {
    /// Everything that the API sent for this object, as new dicts and lists.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, self.own.as_str())
    }

    pub(crate) fn __eq__<'py>(
        slf: &Bound<'py, Self>,
        other: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let same_type = slf.get_type().is(other.get_type());
        let Some(other) = other.cast::<Object>().ok().filter(|_| same_type) else {
            return Ok(py.NotImplemented().into_bound(py));
        };
        let (one, other) = (slf.get(), other.get());
        let equal =
            one.own.as_str() == other.own.as_str() || one.to_dict(py)?.eq(other.to_dict(py)?)?;
        Ok(PyBool::new(py, equal).to_owned().into_any())
    }

    /// By what tells objects apart best: the first of `__match_args__`, the id where there is one.
    pub(crate) fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        let name = fields(slf)?.get_item(0)?;
        (slf.get_type(), slf.getattr(name.cast()?)?).into_pyobject(slf.py())?.hash()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let shown = fields(slf)?
            .iter()
            .map(|name| Ok(format!("{name}={}", shown(slf, &name)?)))
            .collect::<PyResult<Vec<_>>>()?;
        Ok(format!("{}({})", slf.get_type().name()?, shown.join(", ")))
    }

    /// Pickling, and copying.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let py = slf.py();
        let restore =
            py.import(intern!(py, "katapult_disk._katapult_disk"))?.getattr("_restore")?;
        let class = slf.get_type().name()?.into_any();
        let Object { own, source } = slf.get();
        Ok((restore, (class, source.as_deref().unwrap_or(own).as_str().to_owned())))
    }
}

fn fields<'py>(object: &Bound<'py, Object>) -> PyResult<Bound<'py, PyTuple>> {
    Ok(object.get_type().getattr(intern!(object.py(), "__match_args__"))?.cast_into()?)
}

/// How a field looks in a `repr`. Secrets are hidden unless the API says that they are none.
fn shown(object: &Bound<'_, Object>, name: &Bound<'_, PyAny>) -> PyResult<String> {
    let value = object.getattr(name.cast()?)?;
    let secret = match name.extract::<String>()?.as_str() {
        "token" => true,
        "value" => !object.getattr("protect")?.is(PyBool::new(object.py(), false)),
        _ => false,
    };
    if secret && !value.is_none() {
        return Ok("…".to_owned());
    }
    if value.is_instance_of::<PyDateTime>() {
        return Ok(value.to_string());
    }
    if let Ok(mapping) = value.cast::<PyMappingProxy>() {
        return Ok(mapping.call_method0("copy")?.repr()?.to_string());
    }
    Ok(value.repr()?.to_string())
}

/// Makes a pickled object again.
#[pyfunction]
#[pyo3(name = "_restore")]
pub(crate) fn restore(py: Python<'_>, class: &str, source: String) -> PyResult<Py<Object>> {
    if source.len() as u64 > json::LONGEST {
        return Err(PyValueError::new_err("too large to be an object of this package"));
    }
    let source = Json::new(source);
    Ok(match class {
        "Disk" => Disk::restore(py, source)?.into_super(),
        "DiskTask" => decode::<DiskTask>(py, source)?,
        "CreatedDisk" => decode::<CreatedDisk>(py, source)?,
        "Task" => decode::<Task>(py, source)?,
        "DiskSummary" => decode::<DiskSummary>(py, source)?,
        "DeletedDisk" => decode::<DeletedDisk>(py, source)?,
        "TrashObject" => decode::<TrashObject>(py, source)?,
        "DiskIoProfile" => decode::<DiskIoProfile>(py, source)?,
        "DataCenter" => decode::<DataCenter>(py, source)?,
        "Country" => decode::<Country>(py, source)?,
        "VirtualMachineDisk" => decode::<VirtualMachineDisk>(py, source)?,
        "VirtualMachine" => VirtualMachine::restore(py, source)?.into_super(),
        "VirtualMachineSummary" => decode::<VirtualMachineSummary>(py, source)?,
        "Zone" => decode::<Zone>(py, source)?,
        "DiskInstallation" => decode::<DiskInstallation>(py, source)?,
        "DiskInstallationAttribute" => decode::<DiskInstallationAttribute>(py, source)?,
        "DiskTemplateVersion" => decode::<DiskTemplateVersion>(py, source)?,
        "DiskTemplate" => decode::<DiskTemplate>(py, source)?,
        "DiskTemplateVersionSpec" => decode::<DiskTemplateVersionSpec>(py, source)?,
        "DiskTemplateSpec" => decode::<DiskTemplateSpec>(py, source)?,
        "DiskTemplateSpecField" => decode::<DiskTemplateSpecField>(py, source)?,
        "OperatingSystem" => decode::<OperatingSystem>(py, source)?,
        "OperatingSystemBadge" => decode::<OperatingSystemBadge>(py, source)?,
        "DiskBackupPolicy" => decode::<DiskBackupPolicy>(py, source)?,
        "DiskBackupPolicyTarget" => decode::<DiskBackupPolicyTarget>(py, source)?,
        "Schedule" => decode::<Schedule>(py, source)?,
        "VolumeAttachment" => decode::<VolumeAttachment>(py, source)?,
        "VolumeDetach" => decode::<VolumeDetach>(py, source)?,
        unknown => {
            return Err(PyValueError::new_err(format!("not a class of this version: {unknown}")));
        }
    }
    .unbind())
}

fn decode<T: Resource>(py: Python<'_>, source: Json) -> PyResult<Bound<'_, Object>> {
    Ok(create::<T>(py, parse(&source)?, source)?.into_super())
}

pub(crate) fn parse<V: DeserializeOwned>(source: &Json) -> PyResult<V> {
    serde_json::from_str(source.as_str())
        .map_err(|error| PyValueError::new_err(format!("not what was pickled: {error}")))
}
