//! The base of all results.

use std::convert::Infallible;
use std::marker::PhantomData;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    IntoPyDict, PyBool, PyDateTime, PyDict, PyMappingProxy, PyTuple, PyType, PyTzInfo,
};
use pyo3::{PyClass, PyTypeCheck};
use serde::de::DeserializeOwned;

use crate::imported::{self, Once, intern};
use crate::json::{self, Json};
use crate::restored;

/// A result of a call: frozen, comparable, hashable and picklable.
///
/// Two objects are equal if they are of one type and the API sent the same for both, fields that
/// this version does not know included. An attribute is None where the API sent null, or nothing;
/// what the API documents as always there is typed without None. Times are aware datetimes in UTC.
#[pyclass(subclass, frozen, weakref, module = "katapult_disk._katapult_disk")]
pub(crate) struct Object {
    /// What the API sent for this object.
    own: Json,
    /// What the object can be made of again, if that is more than `own`: for what stands beside it.
    /// Boxed, since it is rare and lists keep many objects.
    source: Option<Box<Json>>,
    /// Attributes that are objects themselves, once they were asked for.
    kept: Once<PyDict>,
}

/// What the API documents as always there. It is `None` only if the service leaves it out all the same.
pub(crate) type Always<T> = Option<T>;

/// An object of the class whose method was called.
pub(crate) type OfClass<'py> = Bound<'py, Object>;

/// A tuple of objects of a class.
pub(crate) struct Tuple<'py, T> {
    tuple: Bound<'py, PyTuple>,
    items: PhantomData<T>,
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
    new(py, value, Object { own, source: None, kept: Once::new() })
}

/// As [`create`], for an object that takes more than its own JSON to be made again.
pub(crate) fn create_from<T: Resource>(
    py: Python<'_>,
    value: T::Value,
    own: Json,
    source: Json,
) -> PyResult<Bound<'_, T>> {
    new(py, value, Object { own, source: Some(Box::new(source)), kept: Once::new() })
}

fn new<T: Resource>(py: Python<'_>, value: T::Value, object: Object) -> PyResult<Bound<'_, T>> {
    Bound::new(py, PyClassInitializer::from(object).add_subclass(T::new(value)))
}

/// An attribute that is made when it is first asked for: it is the same object from then on.
pub(crate) fn kept<'py, T: PyTypeCheck>(
    object: &Bound<'py, Object>,
    name: &str,
    make: impl FnOnce() -> PyResult<Bound<'py, T>>,
) -> PyResult<Bound<'py, T>> {
    let py = object.py();
    let kept = imported::once(&object.get().kept, py, || Ok(PyDict::new(py)))?;
    let value = match kept.get_item(name)? {
        Some(value) => value,
        // Of threads that make it at once, all get what the first one made.
        None => kept.call_method1(intern!(py, "setdefault"), (name, make()?))?,
    };
    Ok(value.cast_into()?)
}

/// The object in a member of another one.
pub(crate) fn member<'py, P: Resource, T: Resource>(
    parent: &Bound<'py, P>,
    key: &str,
    value: Option<&T::Value>,
) -> PyResult<Option<Bound<'py, T>>> {
    let Some(value) = value else {
        return Ok(None);
    };
    let make = || part(parent.py(), value.clone(), own(parent), key);
    kept(parent.as_super(), key, make).map(Some)
}

/// The objects of an array in a member of another one.
pub(crate) fn tuple<'py, P: Resource, T: Resource>(
    parent: &Bound<'py, P>,
    key: &str,
    values: &[T::Value],
) -> PyResult<Tuple<'py, T>> {
    let py = parent.py();
    let make = || PyTuple::new(py, items::<T>(py, values.iter().cloned(), own(parent), key)?);
    Ok(Tuple { tuple: kept(parent.as_super(), key, make)?, items: PhantomData })
}

impl<'py, T> IntoPyObject<'py> for Tuple<'py, T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = Infallible;

    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.tuple)
    }
}

/// The object in a member of a response.
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

/// A read-only mapping of str to str; in Python a mappingproxy.
pub(crate) type Annotations<'py> = Bound<'py, PyMappingProxy>;

/// The annotations of an object.
pub(crate) fn annotations<'py, T: Resource>(
    object: &Bound<'py, T>,
    annotations: Option<&katapult_disk::Annotations>,
) -> PyResult<Option<Annotations<'py>>> {
    let py = object.py();
    let make = |annotations: &katapult_disk::Annotations| {
        Ok(PyMappingProxy::new(py, annotations.iter().into_py_dict(py)?.as_mapping()))
    };
    annotations
        .map(|annotations| kept(object.as_super(), "annotations", || make(annotations)))
        .transpose()
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
    /// Calls make objects, and programs do not; but without this no class would have a signature.
    #[new]
    #[classmethod]
    fn new(cls: &Bound<'_, PyType>) -> PyResult<Object> {
        let text = format!("{} has no constructor: use from_dict", cls.name()?);
        Err(PyTypeError::new_err(text))
    }

    /// Makes an object of what `to_dict` gives, for tests of programs that get such objects: no request
    /// is made. A member that is left out is as if the service had left it out.
    ///
    /// Raises InvalidArgument for another shape, which names the class and the member.
    #[classmethod]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        mapping: &Bound<'py, PyAny>,
    ) -> PyResult<OfClass<'py>> {
        restored::from_mapping(cls, mapping)
    }

    /// Everything that the API sent for this object, as new dicts and lists.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(json::loads(py, self.own.as_str())?.cast_into()?)
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

    /// A small table, for notebooks.
    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        let row = |name: Bound<'_, PyAny>| {
            let shown = escaped(&shown(slf, &name)?);
            Ok(format!("<tr><th style=\"text-align: left\">{name}</th><td>{shown}</td></tr>"))
        };
        let rows = fields(slf)?.iter().map(row).collect::<PyResult<String>>()?;
        Ok(format!("<table><caption>{}</caption>{rows}</table>", slf.get_type().name()?))
    }

    /// Pickling, and copying.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let py = slf.py();
        let restore =
            py.import(intern!(py, "katapult_disk._katapult_disk"))?.getattr("_restore")?;
        let class = slf.get_type().name()?.into_any();
        let Object { own, source, .. } = slf.get();
        Ok((restore, (class, source.as_deref().unwrap_or(own).as_str().to_owned())))
    }
}

fn fields<'py>(object: &Bound<'py, Object>) -> PyResult<Bound<'py, PyTuple>> {
    Ok(object.get_type().getattr(intern!(object.py(), "__match_args__"))?.cast_into()?)
}

/// A text as HTML. The service decides what is in it.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// How a field looks in a `repr`. Secrets are hidden unless the API says that they are not secret.
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
