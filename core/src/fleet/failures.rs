//! What has failed in a fleet, as one error.

use crate::{Error, FleetCounts, FleetResult, FleetWork, Outcome};

/// The disks of a fleet that are not as wished, for callers whose call has one error for all of them.
#[derive(Debug, Default)]
pub struct FleetFailures {
    first: Option<First>,
    failed: usize,
    is_any_unknown: bool,
}

#[derive(Debug)]
struct First {
    index: usize,
    name: Option<String>,
    error: Error,
}

impl FleetFailures {
    /// Notes what has come of a disk.
    pub fn note(&mut self, result: FleetResult) {
        let FleetResult { index, name, response: Err(error), .. } = result else { return };
        self.failed += 1;
        self.is_any_unknown |= error.outcome() == Outcome::Unknown;
        if self.first.as_ref().is_none_or(|first| index < first.index) {
            self.first = Some(First { index, name, error });
        }
    }

    /// The error of the failed disk that was given first, with how many have failed and the service's reasons in
    /// its description. Its outcome is unknown if the call has changed any disk, or may have.
    pub fn into_error<W: FleetWork>(self, counts: &FleetCounts) -> Option<Error> {
        let First { index, name, error } = self.first?;
        let all = counts.total();
        let disk =
            name.map_or(format!("number {index}"), |name| format!("{name:?}, number {index}"));
        let text = format!("{} of {all} disks failed, the first ({disk})", self.failed);
        let error = error.in_context(&text).with_reasons().in_operation(W::NAME, None);
        let is_clear = !self.is_any_unknown && !counts.has_changed_something();
        Some(if is_clear { error } else { error.unclear() })
    }
}

#[cfg(test)]
mod tests {
    use super::FleetFailures;
    use crate::{ApiResponse, CreateDisks, Error, FleetCounts, FleetResult, Outcome, Status};

    fn result(index: usize, error: Option<Error>) -> FleetResult {
        let response = error.map_or(Ok(ApiResponse::of("{}".to_owned())), Err);
        FleetResult { index, name: Some(format!("d{index}")), id: None, existed: false, response }
    }

    #[test]
    fn the_error_is_that_of_the_first_that_was_given() {
        let mut failures = FleetFailures::default();
        let counts = FleetCounts { created: 1, failed: 2, ..FleetCounts::default() };
        let rejected = || Error::new(Status::ValidationError, Outcome::Rejected, "Size is wrong");
        failures.note(result(2, Some(Error::internal("later"))));
        failures.note(result(0, None));
        failures.note(result(1, Some(rejected())));
        let error = failures.into_error::<CreateDisks>(&counts).unwrap();
        assert_eq!((error.status(), error.outcome()), (Status::ValidationError, Outcome::Unknown));
        let text = "2 of 3 disks failed, the first (\"d1\", number 1): Size is wrong";
        assert_eq!(error.description(), text);
        assert_eq!((error.operation(), error.object_id()), (Some("create_disks"), None));
    }

    #[test]
    fn the_outcome_is_unknown_once_anything_was_changed() {
        let rejected = || Error::new(Status::ValidationError, Outcome::Rejected, "Size is wrong");
        let outcome = |counts: FleetCounts| {
            let mut failures = FleetFailures::default();
            failures.note(result(5, Some(rejected())));
            failures.into_error::<CreateDisks>(&counts).unwrap().outcome()
        };
        let failed = FleetCounts { failed: 1, ..FleetCounts::default() };
        assert_eq!(
            outcome(FleetCounts { existed: 3, not_started: 1, ..failed }),
            Outcome::Rejected
        );
        for changed in [
            FleetCounts { created: 1, ..failed },
            FleetCounts { resized: 1, ..failed },
            FleetCounts { deleted: 1, ..failed },
            FleetCounts { unknown: 1, ..failed },
        ] {
            assert_eq!(outcome(changed), Outcome::Unknown, "{changed:?}");
        }
    }

    #[test]
    fn the_description_has_the_reasons() {
        let mut failures = FleetFailures::default();
        let detail = serde_json::json!({"errors": ["Name can't be blank", "Size is wrong"]});
        let invalid = Error::new(Status::ValidationError, Outcome::Rejected, "Invalid");
        failures.note(result(0, Some(invalid.with_detail(Some(detail)))));
        let counts = FleetCounts { failed: 1, ..FleetCounts::default() };
        let error = failures.into_error::<CreateDisks>(&counts).unwrap();
        let text = "1 of 1 disks failed, the first (\"d0\", number 0): Invalid (Name can't be blank; Size is wrong)";
        assert_eq!(error.description(), text);
        assert_eq!(error.message(), format!("create_disks: {text}"), "only once");
    }

    #[test]
    fn without_failures_there_is_no_error() {
        let mut failures = FleetFailures::default();
        failures.note(result(0, None));
        assert!(failures.into_error::<CreateDisks>(&FleetCounts::default()).is_none());
    }
}
