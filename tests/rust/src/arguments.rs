//! The arguments of a case as the crate's types. What has another type cannot be written in Rust
//! at all; here it is an argument error like in the other languages.

use katapult_disk::{Annotations, DiskArguments, Error, Lookup, Result, ScheduleArguments};
use serde_json::Value;

pub(crate) struct Arguments<'a>(pub(crate) &'a Value);

impl Arguments<'_> {
    fn optional<T>(&self, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Result<Option<T>> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| {
                Error::invalid_argument(format!("{name} cannot be {value} in Rust"))
            }),
        }
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<String>> {
        self.optional(name, |value| value.as_str().map(str::to_owned))
    }

    fn present<T>(&self, name: &str, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| Error::invalid_argument(format!("{name} cannot be absent in Rust")))
    }

    pub(crate) fn word<T: std::str::FromStr<Err = Error>>(&self, name: &str) -> Result<Option<T>> {
        self.optional_text(name)?.map(|word| word.parse()).transpose()
    }

    pub(crate) fn text(&self, name: &str) -> Result<String> {
        self.present(name, self.optional_text(name)?)
    }

    pub(crate) fn optional_lookup(&self, name: &str) -> Result<Option<Lookup>> {
        self.optional(name, |value| match value {
            Value::String(text) => Some(Lookup::from(text)),
            Value::Object(members) if members.len() == 1 => {
                let (key, value) = members.iter().next()?;
                Some(Lookup::by(key, value.as_str()?))
            }
            _ => None,
        })
    }

    pub(crate) fn lookup(&self, name: &str) -> Result<Lookup> {
        self.present(name, self.optional_lookup(name)?)
    }

    pub(crate) fn optional_whole_number(&self, name: &str) -> Result<Option<u64>> {
        self.optional(name, Value::as_u64)
    }

    pub(crate) fn whole_number(&self, name: &str) -> Result<u64> {
        self.present(name, self.optional_whole_number(name)?)
    }

    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>> {
        self.optional(name, Value::as_bool)
    }

    pub(crate) fn schedule(&self) -> Result<Option<ScheduleArguments>> {
        let given = self.optional("schedule", |value| value.is_object().then(|| value.to_string()));
        given?.map(|text| ScheduleArguments::from_json(&text)).transpose()
    }

    pub(crate) fn annotations(&self) -> Result<Option<Annotations>> {
        self.optional("annotations", |value| {
            let text =
                |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
            value.as_object()?.iter().map(text).collect()
        })
    }

    pub(crate) fn properties(&self) -> Result<DiskArguments> {
        Ok(DiskArguments {
            name: self.optional_text("name")?,
            size_in_gb: self.optional_whole_number("size_in_gb")?,
            bus_type: self.word("bus_type")?,
            data_center: self.optional_lookup("data_center")?,
            io_profile: self.optional_lookup("io_profile")?,
            initial_file_system: self.word("initial_file_system")?,
            storage_speed: self.word("storage_speed")?,
            virtual_machine: self.optional_lookup("virtual_machine")?,
            boot: self.flag("boot")?,
            attach_on_boot: self.flag("attach_on_boot")?,
            attach: self.flag("attach")?,
        })
    }
}
