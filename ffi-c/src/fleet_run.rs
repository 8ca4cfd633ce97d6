//! How the functions of fleets.rs run one.

use std::ffi::{c_char, c_void};
use std::ops::ControlFlow;
use std::time::Duration;

use katapult::{
    Error, FleetCounts, FleetFailures, FleetOptions, FleetResult, FleetWork, Result, Status,
    list_from_json,
};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value, json};

use crate::boundary::{self, Failure};
use crate::callback;
use crate::client::katapult_client;
use crate::fleets::katapult_result_fn;
use crate::handle;
use crate::wait::katapult_wait;

/// For a `wait` that is NULL.
pub(crate) const FLEET_WAIT: Duration = Duration::from_secs(3600);

/// What a call was given.
pub(crate) struct Call<'a> {
    pub(crate) client: Option<&'a katapult_client>,
    pub(crate) request_json: *const c_char,
    pub(crate) wait: Option<&'a katapult_wait>,
    pub(crate) timeout: Duration,
    pub(crate) result: katapult_result_fn,
    pub(crate) user_data: *mut c_void,
}

/// What every request has.
#[derive(Deserialize)]
struct Pace {
    share: Option<f64>,
    threads: Option<usize>,
    #[serde(rename = "disks")]
    _disks: Vec<IgnoredAny>,
}

/// One of the request's `disks`.
pub(crate) struct Item<'a> {
    /// How a mistake names it.
    pub(crate) place: String,
    pub(crate) json: &'a str,
}

impl Call<'_> {
    /// Runs a fleet. `work` makes it of the request's own members, with its name if it has one; `spec` reads one of
    /// its disks.
    pub(crate) fn run<O: DeserializeOwned, W: FleetWork>(
        &self,
        reply: *mut *mut c_char,
        work: impl FnOnce(O) -> Result<(W, Option<String>)>,
        spec: impl Fn(Item<'_>) -> Result<<W as FleetWork>::Spec>,
    ) -> Status {
        boundary::answer(reply, || {
            let client = handle::client("client", self.client)?;
            let request = boundary::request(self.request_json)?;
            let (own, pace, disks) = list_from_json::<O, Pace>(request, "disks")?;
            let (work, fleet) = work(own)?;
            let mut members = Map::new();
            members.extend(fleet.map(|fleet| ("fleet".to_owned(), fleet.into())));
            let mut show =
                |counts: &FleetCounts| self.wait.map_or(Ok(()), |wait| wait.show_counts(counts));
            let options = FleetOptions { progress: Some(&mut show), ..self.options(pace)? };
            let specs = disks.iter().enumerate().map(|(index, json)| {
                spec(Item { place: format!("request_json.disks[{index}]"), json: json.get() })
            });
            let mut failures = FleetFailures::default();
            let ended = client.run_fleet(work, specs, options, |result| {
                let is_stopped = self.tell(&result);
                failures.note(result);
                is_stopped
            });
            let error = match ended {
                Ok(counts) => {
                    members.insert("counts".to_owned(), json!(counts));
                    match failures.into_error::<W>(&counts) {
                        None => return Ok(Some(Value::Object(members).to_string())),
                        Some(error) => error,
                    }
                }
                Err(error) => {
                    let detail = error.detail().and_then(Value::as_object);
                    let of_fleet = ["counts", "unfinished"].map(|name| detail?.get_key_value(name));
                    let of_fleet = of_fleet.into_iter().flatten();
                    members.extend(of_fleet.map(|(name, value)| (name.clone(), value.clone())));
                    error
                }
            };
            Err(Failure { error, members })
        })
    }

    fn options(&self, pace: Pace) -> Result<FleetOptions<'static>> {
        let defaults = FleetOptions::default();
        Ok(FleetOptions {
            share: pace.share.unwrap_or(defaults.share),
            threads: pace.threads.unwrap_or(defaults.threads),
            timeout: self.wait.map_or(Ok(Some(self.timeout)), katapult_wait::timeout)?,
            ..defaults
        })
    }

    /// Hands a result to the program's function.
    fn tell(&self, result: &FleetResult) -> ControlFlow<()> {
        let Some(function) = self.result else { return ControlFlow::Continue(()) };
        let status = result.response.as_ref().map_or_else(Error::status, |_| Status::Ok);
        let reply_json = boundary::with_nul(result.to_json());
        // SAFETY: C passes a function of this signature; the string lives until it returns.
        let stop = callback::must_return("result", || unsafe {
            function(result.index, status, reply_json.as_ptr().cast(), self.user_data)
        });
        if stop == 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}
