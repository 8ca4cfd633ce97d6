//! OpenStack: a volume's detach, what may happen to its requests, and what must be true of it.

pub(crate) mod judge;
pub(crate) mod kinds;
pub(crate) mod scenarios;

/// Of the simulator: the first server, and the volume beside its root volume.
pub(crate) const SERVER: &str = "d7e1f694-09ca-4323-9cab-960297cfd9f3";
pub(crate) const VOLUME: &str = "5c8f49bf-fbb9-4f67-bbac-e4cca869b335";

/// Where the control API changes them.
pub(crate) const ABOUT_SERVER: &str = "/servers/d7e1f694-09ca-4323-9cab-960297cfd9f3";
pub(crate) const ABOUT_VOLUME: &str = "/volumes/5c8f49bf-fbb9-4f67-bbac-e4cca869b335";
