//! What the tests ask for.

use katapult_disk::{Result, WaitOptions, from_json, wait_timeout};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// `{"client": {…}, "operation": "resize_disk", "named": {"disk_id": "…"},
/// "request": {"size_in_gb": 40}, "wait": true, "timeout": 600}`: named as the C function's
/// parameters are, with the request that it takes as JSON.
pub(crate) struct Question(pub(crate) Value);

impl Question {
    pub(crate) fn client(&self) -> String {
        self.0["client"].to_string()
    }

    pub(crate) fn operation(&self) -> &str {
        self.0["operation"].as_str().unwrap_or_default()
    }

    /// The arguments, read as an operation or a workflow. An operation's own name of `disk_id` is
    /// `disk`; OpenStack's are called ids there, too.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        let is_openstack = self.operation().starts_with("openstack_");
        let named = self.0["named"].as_object().into_iter().flatten();
        let named: Vec<(&str, Value)> = named
            .map(|(name, value)| {
                let name = if is_openstack { name } else { name.trim_end_matches("_id") };
                (name, value.clone())
            })
            .collect();
        from_json(&self.0["request"].to_string(), &named)
    }

    /// Method, path and what goes with them, of a request that is none of the operations.
    pub(crate) fn own_request(&self) -> (&str, &str, String) {
        let named = |name: &str| self.0["named"][name].as_str().unwrap_or_default();
        (named("method"), named("path"), self.0["request"].to_string())
    }

    pub(crate) fn waits(&self) -> bool {
        self.0["wait"] == true
    }

    pub(crate) fn wait_options<T>(&self) -> Result<WaitOptions<'static, T>> {
        let mut options = WaitOptions::default();
        match &self.0["timeout"] {
            Value::Null => {}
            Value::String(unlimited) if unlimited == "inf" => options.timeout = None,
            seconds => {
                options.timeout = wait_timeout("timeout", seconds.as_f64().unwrap_or(f64::NAN))?;
            }
        }
        Ok(options)
    }
}
