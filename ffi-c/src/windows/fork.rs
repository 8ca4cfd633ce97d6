//! Nothing to watch: Windows has no fork.

/// Promises so.
pub(crate) fn watch() {
    katapult::fork::will_be_reported();
}
