//! How the arguments of an endpoint are defined.

/// They are checked in the order in which they are defined: the first mistake is the answer.
#[derive(Clone, Copy)]
pub(super) struct Argument {
    pub(super) name: &'static str,
    /// As the vendor's schema has it; None if it has none, or is not known.
    pub(super) description: Option<&'static str>,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
    pub(super) is_array: bool,
    pub(super) default: Option<i64>,
}

/// Objects and lookups have the vendor's name of their kind.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Integer,
    /// An integer above 0, and not above the limit.
    Count(Option<i64>),
    /// Seconds since the Unix epoch.
    Time,
    Boolean,
    OneOf(&'static [&'static str]),
    Object(&'static str, &'static [Argument]),
    /// What identifies an object: exactly one of these keys.
    Lookup(&'static str, &'static [&'static str]),
}

impl Argument {
    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, description: None, kind, is_required: false, is_array: false, default: None }
    }

    pub(super) const fn lookup(
        name: &'static str,
        set: &'static str,
        keys: &'static [&'static str],
    ) -> Self {
        Self::new(name, Kind::Lookup(set, keys))
    }

    pub(super) const fn array(name: &'static str, kind: Kind) -> Self {
        Self { is_array: true, ..Self::new(name, kind) }
    }

    pub(super) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    pub(super) const fn optional(self) -> Self {
        Self { is_required: false, ..self }
    }

    pub(super) const fn about(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    pub(super) const fn or(self, default: i64) -> Self {
        Self { default: Some(default), ..self }
    }
}
